"""States of a recommendation and which follows which; what its draft needs."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken
from kycuong.inspections.rules.conclusions import ConclusionState

if TYPE_CHECKING:
    from kycuong.followup.models import Recommendation
    from kycuong.inspections.models import Conclusion


class RecommendationState(TextChoices):
    """A recommendation is drafted with the conclusion, issued with it, answered by the unit, and settled."""

    DRAFT = "draft", _("Dự thảo")
    ISSUED = "issued", _("Đã ban hành")
    ACKNOWLEDGED = "acknowledged", _("Đơn vị đã nhận")
    CLAIMED = "remedied_claimed", _("Đơn vị đã báo cáo")
    VERIFIED = "verified", _("Đã khắc phục")
    CLOSED = "closed", _("Kết thúc có lý do")


OPEN = (RecommendationState.ISSUED, RecommendationState.ACKNOWLEDGED, RecommendationState.CLAIMED)
"""Issued, and somebody still owes something."""
SETTLED = (RecommendationState.VERIFIED, RecommendationState.CLOSED)
LIVE = (*OPEN, *SETTLED)
"""Everything that was issued."""

TRANSITIONS: dict[RecommendationState, frozenset[RecommendationState]] = {
    RecommendationState.DRAFT: frozenset({RecommendationState.ISSUED}),
    RecommendationState.ISSUED: frozenset(
        {RecommendationState.ACKNOWLEDGED, RecommendationState.CLAIMED, RecommendationState.CLOSED}
    ),
    RecommendationState.ACKNOWLEDGED: frozenset({RecommendationState.CLAIMED, RecommendationState.CLOSED}),
    RecommendationState.CLAIMED: frozenset(
        {RecommendationState.ACKNOWLEDGED, RecommendationState.VERIFIED, RecommendationState.CLOSED}
    ),
    RecommendationState.VERIFIED: frozenset(),
    RecommendationState.CLOSED: frozenset(),
}


class TermKind(TextChoices):
    """Why the term of a recommendation is what it is; each change is a row of its own, none is written over."""

    ISSUED = "issued", _("Hạn ban đầu")
    EXTENDED = "extended", _("Gia hạn")
    RETURNED = "returned", _("Báo cáo bị trả lại")
    PARTLY = "partly", _("Chấp nhận một phần")
    ANSWERED_LATE = "answered_late", _("Đề nghị gia hạn được trả lời muộn")
    DAYS_OFF = "days_off", _("Lịch nghỉ thay đổi")


LONGEST = 250
"""Working days: about a year. Longer terms mean that nobody follows them."""
LEAST_REASON = 10


def before(state: RecommendationState) -> list[RecommendationState]:
    """The states from which one comes to this one."""
    return [one for one, following in TRANSITIONS.items() if state in following]


def ensure_in(recommendation: Recommendation, states: Collection[str]) -> None:
    """What is asked fits the state that the recommendation is in."""
    if recommendation.state not in states:
        wanted = ", ".join(f"«{RecommendationState(state).label}»" for state in states)
        raise RuleBroken(
            f"Kiến nghị đang ở trạng thái «{recommendation.get_state_display()}»; việc này chỉ làm khi {wanted}. "
            "Hãy tải lại trang.",
            en=f"The recommendation is {recommendation.state}; this is done only when it is {', '.join(states)}. Reload the page.",
        )


def ensure_drafting(conclusion: Conclusion | None) -> None:
    """Recommendations are written into a draft conclusion: what the unit was shown does not change behind its back."""
    if conclusion is None or conclusion.state != ConclusionState.DRAFT:
        raise RuleBroken(
            "Kiến nghị chỉ soạn, sửa khi kết luận còn là dự thảo. Hãy soạn kết luận trước, hoặc trả lại dự thảo rồi sửa.",
            en="Recommendations are written while the conclusion is a draft. Draft it first, or return it, then change them.",
        )


def ensure_text(text: str, *, field: str = "text") -> None:
    if not text.strip():
        raise BadInput(
            "Hãy ghi rõ kiến nghị: đơn vị cần làm gì.",
            en="Say what the unit is asked to do.",
            errors=[{"field": field, "vi": "Hãy ghi nội dung.", "en": "Write something here."}],
        )


def ensure_answers_something(findings: int, *, any_there: bool) -> None:
    """A recommendation says which findings it answers, so that each finding can be followed to its end."""
    if any_there and not findings:
        raise BadInput(
            "Hãy chọn ít nhất một tồn tại mà kiến nghị này trả lời.",
            en="Choose at least one finding that this recommendation answers.",
            errors=[{"field": "findings", "vi": "Hãy chọn ít nhất một tồn tại.", "en": "Choose a finding."}],
        )


def ensure_days(days: int | None, *, field: str = "days") -> None:
    """A term in working days that means something."""
    if days is None or not 1 <= days <= LONGEST:
        raise BadInput(
            f"Hạn phải từ 1 đến {LONGEST} ngày làm việc.",
            en=f"The term is between 1 and {LONGEST} working days.",
            errors=[{"field": field, "vi": "Số ngày chưa đúng.", "en": "Not a possible number of days."}],
        )


def ensure_reason(text: str, *, field: str = "reason") -> None:
    if len(text.strip()) < LEAST_REASON:
        raise BadInput(
            f"Hãy nêu lý do, ít nhất {LEAST_REASON} ký tự, để người khác đọc lại vẫn hiểu.",
            en=f"Give a reason of at least {LEAST_REASON} characters that others will understand later.",
            errors=[{"field": field, "vi": "Lý do quá ngắn.", "en": "Too short a reason."}],
        )
