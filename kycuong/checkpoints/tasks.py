"""What runs by itself: the log is signed as it grows, an authority outside says when, and the latest checkpoint goes out by mail to whoever is to keep it elsewhere."""

from __future__ import annotations

import logging
from datetime import date
from smtplib import SMTPException
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import get_connection
from django.utils.timezone import localtime

from kycuong.audit.models import CheckpointMail, CheckpointStamp, LogCheckpoint
from kycuong.audit.proving import APART, BadStamp, Stamped, are_apart, keep_certificates, named, question, stamped
from kycuong.audit.queries import is_signed, log_keys, stamps_of
from kycuong.audit.signer import take_checkpoint
from kycuong.core.clock import now
from kycuong.core.problems import RuleBroken
from kycuong.notices.rules import StepFailed
from kycuong.notices.tasks.delivery import explained
from kycuong.notices.tasks.letters import domain, letter
from kycuong.notices.tasks.running import at_any_hour, in_pieces

from .proving import reply_to


@at_any_hour
def take_due_checkpoint(today: date) -> str:
    """An hour after the last checkpoint, or at once after a signature. Where the private key is elsewhere nothing is done here."""
    if log_keys()[0].private is None:
        return ""
    try:
        made = take_checkpoint(due=True)
    except RuleBroken as refused:
        raise StepFailed(str(refused)) from None
    return f"Đã ký mốc kiểm chứng của nhật ký ở {made.size} mục." if made else ""


@at_any_hour
@in_pieces
def stamp_checkpoint(today: date) -> str:
    """A time-stamp for the latest checkpoint, once. What does not come, or proves nothing, is asked for again at the next run."""
    latest = LogCheckpoint.objects.first()
    if not settings.TSA or latest is None or isinstance(stamps_of([latest]).get(latest.size), Stamped):
        return ""
    if not is_signed(latest):  # what this log did not sign, nobody shall be able to show as stamped
        raise StepFailed(f"Mốc {latest.size} không mang chữ ký của nhật ký này: hãy chạy ./run audit verify.")
    try:
        trusted, asked = named(), question(latest.note)
        reply = reply_to(asked.as_bytes())
        found = stamped(reply, latest.note, trusted, nonce=asked.nonce)
    except BadStamp as bad:
        raise StepFailed(f"Chưa có dấu thời gian cho mốc kiểm chứng: {bad.vi}.") from None
    received = now()
    CheckpointStamp.objects.create(size=latest.size, reply=reply, received_at=received)
    keep_certificates()
    told = f"Đã nhận dấu thời gian cho mốc {latest.size} mục"
    if are_apart(found.at, received):
        raise StepFailed(
            f"{told}, nhưng đồng hồ của máy chủ và của cơ quan cấp dấu lệch quá {APART.seconds // 60} phút; hãy chỉnh đồng hồ máy chủ."
        )
    return f"{told}."


def mail_checkpoint(today: date) -> str:
    """From the hour of mail on, to each address that has not had that of today. One that the log did not outgrow is not sent again."""
    latest = LogCheckpoint.objects.first()
    if not settings.CHECKPOINT_MAIL or latest is None or localtime(now()).hour < settings.MAIL_HOUR:
        return ""
    if not settings.EMAIL_HOST:
        raise StepFailed("Chưa gửi được mốc kiểm chứng: KYCUONG_CHECKPOINT_MAIL cần KYCUONG_SMTP. Hãy đặt cả hai.")
    waiting = [one for one in settings.CHECKPOINT_MAIL if _waits(one, latest, today)]
    failed = [error for one in waiting if (error := _sent(one, latest, today))]
    if failed:
        raise StepFailed(f"{len(failed)} địa chỉ chưa nhận được mốc kiểm chứng. {explained(failed[0]).vi}")
    return f"Đã gửi mốc kiểm chứng tới {len(waiting)} địa chỉ." if waiting else ""


def _waits(address: str, latest: LogCheckpoint, today: date) -> bool:
    last = CheckpointMail.objects.filter(address=address).order_by("-day").first()
    return last is None or (last.day != today and last.size != latest.size)


def _sent(address: str, latest: LogCheckpoint, today: date) -> Exception | None:
    """Why the server did not take it; an address that is refused stops no other."""
    name = uuid5(NAMESPACE_URL, f"{address}/{latest.note}").hex
    message = letter(
        address,
        f"Kỷ Cương: mốc kiểm chứng {latest.size} mục, {today:%d/%m/%Y}",
        WORDS.format(note=latest.note.strip(), key=log_keys()[0].vkey, page=f"{settings.BASE_URL}/checkpoints/"),
        message_id=f"<checkpoint.{name}@{domain()}>",
    )
    message.connection = get_connection()
    try:
        message.send()
    except (SMTPException, OSError, ValueError) as error:
        logging.getLogger(__name__).warning("mail: %s", error)
        return error
    CheckpointMail.objects.get_or_create(address=address, day=today, defaults={"size": latest.size})
    return None


WORDS = """Hãy giữ thư này. Các dòng dưới đây là chữ ký lên toàn bộ nhật ký của hệ thống tính đến lúc ấy: sau này dán chúng vào trang “Mốc kiểm chứng”
thì biết từ đó về trước có gì bị sửa, bị bỏ hay không. Trong thư không có nội dung hồ sơ nào.
(Keep this mail: with the lines below it can be told later whether anything before them was changed.)

{note}

Khóa công khai của nhật ký: {key}
Trang so: {page}
Thư do hệ thống tự gửi, xin không trả lời."""
