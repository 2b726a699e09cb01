"""What an item of a plan may say: which form, a unit or only a number of units, which month or throughout the year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

from .states import IN_FORCE, PlanState, StepKind, ensure_draft

if TYPE_CHECKING:
    from kycuong.plans.models import InspectionPlan, PlanStep


class ItemForm(TextChoices):
    """Forms of inspection that a plan may foresee, by the names that inspections give them."""

    PLANNED = "planned", _("Theo kế hoạch")
    SURPRISE = "surprise", _("Đột xuất")
    COMBINED = "combined", _("Kết hợp")
    CROSS_CHECK = "cross_check", _("Kiểm tra chéo")
    RECHECK = "recheck", _("Phúc tra")
    REMOTE = "remote", _("Từ xa")
    SELF_CHECK = "self_check", _("Tự kiểm tra")


THROUGHOUT = _("Xuyên suốt trong năm")
"""What is said of an item without a month."""
MOST_UNITS = 1_000


def month_words(month: int | None) -> str:
    return gettext("Tháng %s") % month if month else str(THROUGHOUT)


def about_words(title: str, year: int) -> str:
    """The subject under the word «KẾ HOẠCH», which it does not say again."""
    text = title.strip() or f"Kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính năm {year}"
    rest = text[len("kế hoạch ") :] if text.lower().startswith("kế hoạch ") else text
    return f"{rest[:1].upper()}{rest[1:]}"


def units_words(named: int, later: int) -> str:
    """How many units a plan foresees, as its document says it."""
    parts = [f"Có {named} mục nêu tên đơn vị, theo Phụ lục kèm theo"] if named else []
    parts += [f"{'có' if named else 'Có'} {later} đơn vị chọn sau (kiểm tra đột xuất hoặc bốc thăm)"] if later else []
    return f"{'; '.join(parts)}." if parts else "Theo quyết định của từng cuộc kiểm tra."


def span_of(year: int, month: int | None) -> tuple[date, date]:
    """The days on which an item may be carried out."""
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def span_that_needs_the_unit(year: int, month: int | None, *, today: date) -> tuple[date, date]:
    """When the unit must exist for the item to be possible: its month, or what is left of its year."""
    first, last = span_of(year, month)
    return (first, last) if month else (min(last, max(first, today)), last)


def ensure_item(form: str, *, has_unit: bool, units_count: int | None, month: int | None) -> None:
    """An item names a unit or says how many. A surprise never names one: a plan is read by many."""
    if month is not None and not 1 <= month <= 12:
        raise _fault(
            "month", f"Không có tháng {month}. Hãy chọn tháng 1 đến 12, hoặc xuyên suốt trong năm.", "month 1–12"
        )
    if form == ItemForm.SURPRISE and has_unit:
        raise _fault(
            "unit",
            "Mục đột xuất không ghi tên đơn vị: kế hoạch có nhiều người đọc. Hãy để trống đơn vị và ghi số đơn vị; "
            "đơn vị được chọn sau, bằng bốc thăm hoặc quyết định niêm phong.",
            "A surprise item names no unit: say how many units; they are chosen later, by draw or under seal.",
        )
    if has_unit == (units_count is not None):
        raise _fault(
            "units_count" if not has_unit else "unit",
            "Hãy ghi một đơn vị, hoặc số đơn vị sẽ chọn sau; không ghi cả hai, không để trống cả hai.",
            "Give one unit, or the number of units to be chosen later: one of the two.",
        )
    if units_count is not None and not 1 <= units_count <= MOST_UNITS:
        raise _fault("units_count", f"Hãy ghi từ 1 đến {MOST_UNITS} đơn vị.", f"1 to {MOST_UNITS} units")


def ensure_items_open(plan: InspectionPlan, amendment: PlanStep | None) -> None:
    """Items are written in a draft; after the issue, by a document that amends the plan."""
    if plan.state not in IN_FORCE:
        if plan.state == PlanState.CLOSED:
            raise RuleBroken(
                "Kế hoạch đã kết thúc nên không sửa được mục nào.", en="The plan is closed; its items stay as they are."
            )
        ensure_draft(plan)
    elif amendment is None or amendment.plan_id != plan.pk or amendment.kind != StepKind.AMEND:
        raise RuleBroken(
            "Kế hoạch đã ban hành: mỗi thay đổi phải theo một văn bản điều chỉnh. "
            "Hãy ghi văn bản ấy bằng nút «Điều chỉnh, bổ sung», rồi chọn nó ở đây.",
            en="The plan has been issued: each change follows a document. Record the amendment first, then choose it here.",
        )


def ensure_item_stands(dropped: bool) -> None:
    """What an amendment took out is not changed any more."""
    if dropped:
        raise RuleBroken(
            "Mục này đã bỏ theo văn bản điều chỉnh. Hãy thêm mục mới nếu cần.",
            en="An amendment took this item out. Add a new one if it is needed.",
        )


def ensure_unit_in_year(name: str, exists: bool, *, year: int, heirs: Iterable[str]) -> None:
    """Nobody plans to inspect a unit that is not there."""
    if not exists:
        instead = "; ".join(heirs)
        hint = f" Đơn vị kế thừa: {instead}." if instead else " Hãy chọn đơn vị khác."
        raise _fault(
            "unit",
            f"{name} không còn hoặc chưa có trong thời gian này của năm {year}.{hint}",
            f"The unit does not exist then in {year}." + (f" It is carried on by: {instead}." if instead else ""),
        )


def _fault(field: str, vi: str, en: str) -> BadInput:
    return BadInput(vi, en=en, errors=[{"field": field, "vi": vi, "en": en}])
