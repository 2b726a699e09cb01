"""What a file of a list may be, when it is made in the background, and the sentences that refuse. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, Missing, NotAllowed, RuleBroken

AT_ONCE, DAYS_KEPT = 5_000, 7
"""Without a row of the office's own: rows that are written while one waits, days that a file is kept."""
MOST_AT_ONCE, MOST_DAYS = 50_000, 90
MOST_WAITING = 5
"""Files that one person may have waiting or running."""
MOST_TRIES = 5
DEAD = timedelta(minutes=5)
"""A run that has said nothing for so long has died with its process; another one begins anew."""
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
LONGEST_QUERY = 2000
"""Of the filters as an address writes them: nine signs for one letter with two marks."""
LOST = (
    "Tệp đã làm xong nhưng không còn trên máy chủ. Hãy bấm «Làm lại».",
    "The file was made, but it is no longer on the server. Try again.",
)


class State(TextChoices):
    """Where a file stands."""

    WAITING = "waiting", _("Đang chờ")
    RUNNING = "running", _("Đang làm")
    READY = "ready", _("Đã xong")
    FAILED = "failed", _("Không xong")
    GONE = "gone", _("Đã bỏ")


UNDER_WAY = (State.WAITING, State.RUNNING)
TONES = {
    State.WAITING: "planned",
    State.RUNNING: "planned",
    State.READY: "good",
    State.FAILED: "late",
    State.GONE: "none",
}


@dataclass(frozen=True)
class Limits:
    """What holds on a day."""

    at_once: int = AT_ONCE
    days_kept: int = DAYS_KEPT


def ensure_type(form: str) -> None:
    if form not in TYPES:
        raise Missing(
            f"Không có tệp kiểu «{form}»; hãy chọn xlsx hoặc csv.", en=f"No file of type “{form}”; csv or xlsx."
        )


def ensure_limits(at_once: int, days_kept: int, *, valid_from: date, today: date) -> None:
    """Limits that mean something, and that do not rewrite the past."""
    if not 1 <= at_once <= MOST_AT_ONCE or not 1 <= days_kept <= MOST_DAYS:
        raise BadInput(
            f"Số dòng từ 1 đến {MOST_AT_ONCE}, số ngày giữ tệp từ 1 đến {MOST_DAYS}.",
            en=f"Rows are 1 to {MOST_AT_ONCE}, days 1 to {MOST_DAYS}.",
        )
    if valid_from < today:
        raise BadInput(
            f"Quy định mới áp dụng từ hôm nay ({today:%d/%m/%Y}) trở đi.",
            en="A new rule holds from today on.",
            errors=[{"field": "valid_from", "vi": "Hãy chọn hôm nay hoặc ngày sau.", "en": "today or later"}],
        )


def ensure_kept(query: str) -> None:
    """What a list is narrowed to must be kept with its file to the letter."""
    if len(query) > LONGEST_QUERY:
        raise BadInput(
            f"Điều kiện lọc dài {len(query)} ký tự, nhiều hơn {LONGEST_QUERY} ký tự mà tệp ở chế độ nền giữ được. Hãy quay lại danh sách, bớt "
            "chữ trong ô tìm rồi tải lại.",
            en=f"The filters are {len(query)} characters long, more than the {LONGEST_QUERY} that are kept with a file. Go back and search for less.",
        )


def ensure_may_wait(*, at_once: bool) -> None:
    """Some lists follow from more than roles and rows: what was made of them earlier could not be asked about when it is fetched."""
    if at_once:
        raise RuleBroken(
            "Danh sách này thay đổi theo từng việc của bạn nên chỉ tải ngay, không làm ở chế độ nền. Hãy mở danh sách rồi bấm «Tải Excel».",
            en="This list is given at once only, never made in the background. Open it and take its file.",
        )


def ensure_room(waiting: int) -> None:
    if waiting >= MOST_WAITING:
        raise RuleBroken(
            f"Bạn đang có {waiting} tệp chờ làm. Hãy đợi một tệp xong rồi yêu cầu tiếp.",
            en=f"{waiting} of your files are still being made. Wait until one is done.",
        )


def ensure_failed(state: str) -> None:
    if state != State.FAILED:
        raise RuleBroken(
            "Chỉ làm lại được tệp chưa xong. Hãy mở trang của tệp để xem tệp đang ở đâu.",
            en="Only a file that failed is made again.",
        )


def ensure_ready(state: str) -> None:
    if state == State.GONE:
        raise Missing(
            "Tệp này đã hết hạn giữ hoặc đã được bỏ. Hãy mở danh sách và tải lại.",
            en="This file is no longer kept. Open the list and ask for it again.",
        )
    if state != State.READY:
        raise RuleBroken(
            "Tệp này chưa làm xong nên chưa tải được. Hãy đợi thông báo.", en="This file is not ready yet."
        )


def ensure_same_rights(same: bool) -> None:
    """A file holds what its owner could see when it was made; who may see less now gets a new one instead."""
    if not same:
        raise NotAllowed(
            "Từ khi tệp này được làm, quyền xem của bạn đã thay đổi, hoặc có dòng trong tệp không còn được xem. "
            "Hãy mở danh sách và tải lại theo quyền hiện nay.",
            en="You may no longer see all that stands in this file. Open the list and ask for a new one.",
        )


def ensure_fits(rows: int, most: int) -> None:
    if rows > most:
        raise BadInput(
            f"Danh sách có {rows} dòng, nhiều hơn một trang tính chứa được ({most}). Hãy tải CSV, hoặc lọc bớt.",
            en=f"{rows} rows are more than a sheet holds ({most}). Ask for CSV, or narrow the list.",
        )
