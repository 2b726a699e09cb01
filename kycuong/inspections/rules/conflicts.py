"""Conflicts of interest: what kinds there are, how long a posting counts, and what may not be done against one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, NotAllowed, RuleBroken

POSTING_YEARS: tuple[tuple[date, int], ...] = ((date(2000, 1, 1), 3),)
"""(from the day on, years): how long after a posting at a unit nobody inspects it.

To be reviewed by a practitioner: no text found fixes it for these inspections. A later rule is a line more, never a change.
"""

BLOCKED = frozenset({"visit.record", "visit.sign"})
"""What a conflict forbids at the visit of the unit."""


class ConflictKind(TextChoices):
    """What ties somebody to a unit."""

    NONE = "none", _("Không có xung đột")
    KINSHIP = "kinship", _("Quan hệ gia đình, thân thuộc")
    FORMER_UNIT = "former_unit", _("Đơn vị cũ")
    OTHER = "other", _("Lợi ích khác")


TIES = [kind for kind in ConflictKind if kind != ConflictKind.NONE]


def posting_years(on: date) -> int:
    """How many years a posting counts at a visit of the day."""
    return [years for begins, years in POSTING_YEARS if begins <= on][-1]


def since(day: date) -> date:
    """The first day whose postings still count at a visit of the day."""
    year = day.year - posting_years(day)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def ensure_declared(nothing: bool, kinds: Sequence[str], units: Sequence[int | None]) -> None:
    """Either nothing, or at least one tie, each with its unit, each once."""
    ties = list(zip(kinds, units, strict=True))
    if nothing == bool(ties):
        raise BadInput(
            "Hãy chọn «Không có xung đột», hoặc ghi ít nhất một dòng xung đột; không chọn cả hai.",
            en="Choose «no conflict», or write at least one conflict; not both.",
        )
    if any(kind not in TIES or unit is None for kind, unit in ties):
        raise BadInput("Mỗi dòng xung đột cần loại quan hệ và đơn vị.", en="Each conflict needs its kind and its unit.")
    if len(set(ties)) < len(ties):
        raise BadInput(
            "Có hai dòng cùng đơn vị, cùng loại. Hãy bỏ một dòng.", en="Two rows name the same unit and kind."
        )


def ensure_not_taken_back(gone: Sequence[str]) -> None:
    """Nobody frees himself: what was declared stays, and the leader's side may accept it."""
    if gone:
        raise RuleBroken(
            f"Điều đã khai không tự rút lại được ({'; '.join(gone)}). Hãy giữ dòng ấy; nếu khai nhầm, đề nghị lãnh đạo cơ quan chủ trì "
            "chấp nhận kèm lý do.",
            en="What was declared is not taken back. Keep the row; if it was a mistake, ask the leader to accept it with a reason.",
        )


def ensure_free_of(conflict: str) -> None:
    """Nobody records or signs at a unit that he is tied to, unless the leader's side has accepted it."""
    if conflict:
        raise NotAllowed(
            f"Bạn có xung đột lợi ích với đơn vị này ({conflict}) nên không ghi, không ký lượt này. Hãy để người khác trong "
            "đoàn làm, hoặc đề nghị lãnh đạo cơ quan chủ trì chấp nhận và ghi lý do.",
            en="You have a conflict of interest with this unit, so you neither record nor sign its visit. Let somebody else on "
            "the team do it, or ask the leader of the lead authority to waive it with a reason.",
        )


def ensure_not_in_its_group(found: Sequence[tuple[str, str, str]]) -> None:
    """(who, unit, why) of members whose group is to visit a unit that they are tied to."""
    for who, unit, why in found:
        raise RuleBroken(
            f"{who} có xung đột lợi ích với {unit} ({why}) nên không vào tổ kiểm tra đơn vị này. Hãy xếp sang tổ khác, "
            "hoặc đề nghị lãnh đạo chấp nhận.",
            en=f"{who} has a conflict of interest with {unit} and cannot be in the group that visits it. "
            "Choose another group, or ask the leader to waive it.",
        )


def ensure_waivable(*, there: bool, own: bool) -> None:
    """What is waived is there, and nobody waives his own."""
    if not there:
        raise RuleBroken(
            "Người này không có xung đột lợi ích nào chưa được chấp nhận với đơn vị đó trong cuộc kiểm tra này.",
            en="This person has no open conflict of interest with that unit in this inspection.",
        )
    if own:
        raise RuleBroken(
            "Không ai tự chấp nhận xung đột lợi ích của chính mình. Hãy để lãnh đạo khác quyết định.",
            en="Nobody waives a conflict of his own; let another leader decide.",
        )


def ensure_recusal_in_order(valid_from: date, valid_to: date, kind: str) -> None:
    """A standing recusal has a kind and begins before it ends."""
    if kind not in TIES:
        raise BadInput(
            "Hãy chọn loại quan hệ.",
            en="Choose the kind of tie.",
            errors=[{"field": "kind", "vi": "Hãy chọn loại quan hệ.", "en": "Choose the kind."}],
        )
    if valid_from >= valid_to:
        raise BadInput(
            f"Ngày hết hiệu lực phải sau ngày {valid_from:%d/%m/%Y}.",
            en=f"The end must come after {valid_from}.",
            errors=[{"field": "valid_to", "vi": "Phải sau ngày bắt đầu.", "en": "Must come after the beginning."}],
        )
