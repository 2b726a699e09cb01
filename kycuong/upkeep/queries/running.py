"""What runs by itself and what it needs: the tick, mail, days off, the face of PDF files."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from kycuong.core.clock import is_lately, now, today
from kycuong.deadlines.queries import is_confirmed
from kycuong.notices.queries import last_run, last_run_far_away
from kycuong.notices.rules import ASLEEP
from kycuong.papers.faces import face
from kycuong.upkeep.rules import Finding, fault, good, warning


def tick() -> Iterator[Finding]:
    """Reminders, terms, erasures, checkpoints: nothing of it happens while the tick sleeps."""
    last = last_run()
    if last_run_far_away() is not None:
        yield fault(
            "tick",
            "giờ máy chủ cách lần chạy trước nhiều ngày: việc không rút lại được đang chờ",
            "the clock is days away from the last run: what cannot be undone waits",
            "xem giờ máy; sai thì sửa, đúng thì chạy ./run tick --hour-is-right một lần",
            "look at the clock; set it right, or if it is, run ./run tick --hour-is-right once",
        )
    elif last is None or not is_lately(last, ASLEEP):
        yield fault(
            "tick",
            "việc chạy nền không xong lần nào trong 26 giờ",
            "what runs by itself did not come to its end within 26 hours",
            "đặt KYCUONG_TICK_MINUTES khác 0, hoặc hẹn giờ ./run tick",
            "set KYCUONG_TICK_MINUTES above 0, or let a timer call ./run tick",
        )
    else:
        minutes = max(0, int((now() - last).total_seconds() // 60))
        yield good("tick", f"{minutes} phút trước", f"{minutes} minutes ago")


def mail() -> Iterator[Finding]:
    if settings.EMAIL_HOST:
        yield good("mail", settings.EMAIL_HOST, settings.EMAIL_HOST)
    else:
        yield warning(
            "mail",
            "chưa đặt máy chủ thư: người dùng chỉ thấy nhắc việc khi đăng nhập",
            "no mail server: people see reminders only when they sign in",
            "đặt KYCUONG_SMTP, KYCUONG_MAIL_FROM, KYCUONG_BASE_URL rồi ./run mail --test ĐỊA_CHỈ",
            "set KYCUONG_SMTP, KYCUONG_MAIL_FROM, KYCUONG_BASE_URL, then ./run mail --test ADDRESS",
        )


def days_off() -> Iterator[Finding]:
    """Terms are counted in working days."""
    year = today().year
    if not is_confirmed(year):
        yield warning(
            "days-off",
            f"lịch nghỉ năm {year} chưa có người xác nhận: hạn tính theo ngày làm việc có thể sai",
            f"nobody has confirmed the days off of {year}: terms in working days may be wrong",
            "mở trang Lịch nghỉ, so với quyết định của tỉnh rồi xác nhận",
            "open the page of days off, compare with the decision of the province, confirm",
        )
    else:
        yield good("days-off", f"năm {year} đã xác nhận", f"{year} is confirmed")


def pdf() -> Iterator[Finding]:
    found = face(settings.FONTS_FOLDER)
    if found is None:
        yield warning(
            "pdf",
            "thiếu phông chữ kiểu Times đủ chữ Việt: không xuất được PDF",
            "no face like Times with every Vietnamese letter: no PDF can be made",
            "sudo apt-get install fonts-liberation2",
            "sudo apt-get install fonts-liberation2",
        )
    else:
        yield good("pdf", found.family, found.family)
