"""Which days differ from the plain week, why, and what may be entered about them."""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

from .terms import SATURDAY, ensure_year

MOST_APART = 60
"""Days between the two days of a swap; more is a slip of the hand, such as a wrong year."""


class DayKind(TextChoices):
    """Why a day is not what its weekday says."""

    HOLIDAY = "holiday", _("Nghỉ lễ, tết")
    COMPENSATORY = "compensatory", _("Nghỉ bù")
    SWAPPED = "swapped", _("Nghỉ hoán đổi")
    WORKED = "worked", _("Làm bù")
    PLAIN = "plain", _("Như tuần thường")


OFF: tuple[str, ...] = (DayKind.HOLIDAY, DayKind.COMPENSATORY, DayKind.SWAPPED)


class DaySource(TextChoices):
    """Where a day comes from."""

    LIBRARY = "library", _("Thư viện lịch")
    HAND = "hand", _("Nhập tay")


def ensure_day_off(day: date, kind: str) -> None:
    """A day off is entered as a holiday or as what makes up for one; a swap has two days and an act of its own."""
    ensure_year(day.year, field="day")
    if kind not in (DayKind.HOLIDAY, DayKind.COMPENSATORY):
        said = "Hãy chọn «Nghỉ lễ, tết» hoặc «Nghỉ bù»; hoán đổi ngày nghỉ thì ghi ở mục «Ghi hoán đổi»."
        raise _fault("kind", said, "Choose a holiday or a compensatory day; a swap is written down as a swap.")


def ensure_free(day: date, held: str, *, field: str) -> None:
    """Nothing else is said of the day. `held`: what the calendar says of it, or nothing."""
    if held:
        said = f"Ngày {day:%d/%m/%Y} đã có trong lịch: {held}. Hãy bỏ dòng đó trước rồi ghi lại."
        raise _fault(field, said, f"{day:%d/%m/%Y} is in the calendar already: {held}. Remove that line first.")


def ensure_swap(off: date, worked: date) -> None:
    """A day from Monday to Friday becomes free, and a near Saturday or Sunday is worked for it."""
    ensure_year(off.year, field="off")
    ensure_year(worked.year, field="worked")
    if off.weekday() >= SATURDAY:
        said = f"Ngày {off:%d/%m/%Y} là thứ Bảy hoặc Chủ nhật, vốn đã nghỉ; hãy chọn một ngày từ thứ Hai đến thứ Sáu."
        raise _fault("off", said, "The day off must be one from Monday to Friday.")
    if worked.weekday() < SATURDAY:
        said = f"Ngày {worked:%d/%m/%Y} vốn là ngày làm việc; ngày làm bù phải là thứ Bảy hoặc Chủ nhật."
        raise _fault("worked", said, "The day that is worked must be a Saturday or a Sunday.")
    if abs((off - worked).days) > MOST_APART:
        said = f"Hai ngày cách nhau hơn {MOST_APART} ngày; hãy xem lại năm của từng ngày."
        raise _fault("worked", said, f"The two days are more than {MOST_APART} days apart; look at their years.")


def ensure_there_is_something_to_remove(kind: str, day: date) -> None:
    """A day that was taken away already has nothing left to take."""
    if kind == DayKind.PLAIN:
        raise RuleBroken(
            f"Ngày {day:%d/%m/%Y} đã được bỏ khỏi lịch nghỉ rồi. Muốn nghỉ lại ngày này, hãy dùng «Thêm ngày nghỉ».",
            en=f"{day:%d/%m/%Y} has been taken out of the calendar already. To have it off again, add it.",
        )


def ensure_announcement(announcement: str) -> None:
    """Whoever confirms says what the days were compared with."""
    if not announcement.strip():
        said = "Hãy ghi văn bản đã đối chiếu, ví dụ: Thông báo của Bộ Nội vụ về lịch nghỉ Tết và Quốc khánh."
        raise _fault("announcement", said, "Say which announcement the days were compared with.")


def ensure_can_be_confirmed(year: int, *, days: int, confirmed: bool) -> None:
    """An empty year holds nothing to compare, and one look is enough."""
    if confirmed:
        raise RuleBroken(
            f"Lịch nghỉ năm {year} đã được xác nhận. Hãy tải lại trang để xem ai xác nhận, theo văn bản nào.",
            en=f"The days off of {year} have been confirmed already. Reload the page to see by what.",
        )
    if not days:
        raise RuleBroken(
            f"Năm {year} chưa có ngày nghỉ nào để đối chiếu; hãy bấm «Điền từ thư viện» hoặc nhập ngày nghỉ trước.",
            en=f"There is no day off in {year} to compare; fill the year or enter its days first.",
        )


def _fault(field: str, said: str, en: str) -> BadInput:
    return BadInput(said, en=en, errors=[{"field": field, "vi": said, "en": en}])
