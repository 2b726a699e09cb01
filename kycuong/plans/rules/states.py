"""States of a plan, the steps that lead from one to another, and when each step may be taken."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

if TYPE_CHECKING:
    from kycuong.plans.models import InspectionPlan


class PlanState(TextChoices):
    """Where a plan stands on its way from the desk to the archive."""

    DRAFT = "draft", _("Dự thảo")
    SUBMITTED = "submitted", _("Đã trình duyệt")
    APPROVED = "approved", _("Đã duyệt, chờ ban hành")
    ISSUED = "issued", _("Đã ban hành")
    AMENDED = "amended", _("Đã ban hành, có điều chỉnh")
    CLOSED = "closed", _("Đã kết thúc")


PLAN_TRANSITIONS: dict[PlanState, frozenset[PlanState]] = {
    PlanState.DRAFT: frozenset({PlanState.SUBMITTED, PlanState.ISSUED}),
    PlanState.SUBMITTED: frozenset({PlanState.APPROVED, PlanState.DRAFT}),
    PlanState.APPROVED: frozenset({PlanState.ISSUED, PlanState.DRAFT}),
    PlanState.ISSUED: frozenset({PlanState.AMENDED, PlanState.CLOSED}),
    PlanState.AMENDED: frozenset({PlanState.AMENDED, PlanState.CLOSED}),
    PlanState.CLOSED: frozenset(),
}

NOT_YET_ISSUED = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.APPROVED)
"""States without a day of issue; in all others the plan counts as issued."""
IN_FORCE = (PlanState.ISSUED, PlanState.AMENDED)


class StepKind(TextChoices):
    """What somebody did to a plan."""

    DRAFT = "draft", _("Lập dự thảo")
    SUBMIT = "submit", _("Trình duyệt")
    WITHDRAW = "withdraw", _("Rút lại để sửa")
    RETURN = "return", _("Trả lại để sửa")
    APPROVE = "approve", _("Duyệt")
    ISSUE = "issue", _("Ban hành")
    NUMBER = "number", _("Ghi số")
    AMEND = "amend", _("Điều chỉnh, bổ sung")
    CLOSE = "close", _("Kết thúc")


STEPS: dict[StepKind, tuple[frozenset[PlanState], PlanState]] = {
    StepKind.SUBMIT: (frozenset({PlanState.DRAFT}), PlanState.SUBMITTED),
    StepKind.WITHDRAW: (frozenset({PlanState.SUBMITTED, PlanState.APPROVED}), PlanState.DRAFT),
    StepKind.RETURN: (frozenset({PlanState.SUBMITTED, PlanState.APPROVED}), PlanState.DRAFT),
    StepKind.APPROVE: (frozenset({PlanState.SUBMITTED}), PlanState.APPROVED),
    # An agency that works on paper has its plan signed there and records only the issue.
    StepKind.ISSUE: (frozenset({PlanState.DRAFT, PlanState.APPROVED}), PlanState.ISSUED),
    StepKind.AMEND: (frozenset(IN_FORCE), PlanState.AMENDED),
    StepKind.CLOSE: (frozenset(IN_FORCE), PlanState.CLOSED),
}
"""Step → the states it may be taken in, and the state it leads to."""

LEAST_REASON = 10


def may_follow(state: str, kind: StepKind) -> bool:
    """Whether the step may be taken in this state."""
    return state in STEPS[kind][0]


def ensure_may_follow(plan: InspectionPlan, kind: StepKind) -> None:
    """A step is taken only from where it leads on."""
    if not may_follow(plan.state, kind):
        stands, wanted = (
            plan.get_state_display().lower(),
            [str(state.label) for state in PlanState if may_follow(state, kind)],
        )
        raise RuleBroken(
            f"Kế hoạch đang ở trạng thái «{stands}» nên chưa làm được việc «{kind.label}». "
            f"Việc này làm khi kế hoạch ở trạng thái: {'; '.join(wanted)}.",
            en=f"The plan is in the state “{plan.state}”: the step “{kind.value}” is taken in "
            f"{', '.join(state.value for state in PlanState if may_follow(state, kind))} only.",
        )


def ensure_draft(plan: InspectionPlan) -> None:
    """Only a draft is rewritten: what was submitted is being read, what was issued is a document."""
    if plan.issued_on is not None:
        raise RuleBroken(
            f"Kế hoạch đã ban hành ngày {plan.issued_on:%d/%m/%Y} nên không sửa được nội dung. "
            "Hãy ghi văn bản điều chỉnh, bổ sung.",
            en=f"The plan was issued on {plan.issued_on:%Y-%m-%d}; its content changes by an amendment only.",
        )
    if plan.state != PlanState.DRAFT:
        raise RuleBroken(
            "Kế hoạch đang trình duyệt nên không sửa được. Hãy rút lại, sửa rồi trình lại.",
            en="The plan has been submitted and is not changed meanwhile. Withdraw it, change it, submit it again.",
        )


def ensure_issued(plan: InspectionPlan) -> None:
    """Only what has been issued bears a number."""
    if plan.issued_on is None:
        raise RuleBroken(
            "Kế hoạch chưa ban hành. Hãy ghi ngày ban hành trước, rồi mới ghi số.",
            en="The plan has not been issued. Record the day of issue first, then the number.",
        )


def ensure_issued_by_today(issued_on: date, *, today: date) -> None:
    """Nobody records a document that is not signed yet."""
    if issued_on > today:
        raise RuleBroken(
            f"Ngày ban hành {issued_on:%d/%m/%Y} chưa tới. Hãy ghi khi văn bản đã được ký.",
            en=f"The day of issue {issued_on:%Y-%m-%d} has not come yet. Record it once the document is signed.",
        )


def ensure_amended_after_issue(document_on: date, issued_on: date | None) -> None:
    """An amendment follows what it amends."""
    if issued_on is not None and document_on < issued_on:
        raise RuleBroken(
            f"Văn bản điều chỉnh ngày {document_on:%d/%m/%Y} không thể trước ngày ban hành kế hoạch "
            f"{issued_on:%d/%m/%Y}. Hãy xem lại ngày.",
            en=f"The amendment of {document_on:%Y-%m-%d} cannot precede the plan of {issued_on:%Y-%m-%d}. Check the day.",
        )


def ensure_reason(reason: str) -> None:
    """A plan that comes back without a reason comes back the same."""
    if len(reason.strip()) < LEAST_REASON:
        raise BadInput(
            f"Hãy nêu lý do, ít nhất {LEAST_REASON} ký tự.",
            en=f"Give the reason, in {LEAST_REASON} characters or more.",
            errors=[{"field": "note", "vi": f"Hãy nêu lý do, ít nhất {LEAST_REASON} ký tự.", "en": "too short"}],
        )


def ensure_numbered(number: str) -> None:
    """An amendment is a document with a number of its own."""
    if not number.strip():
        raise BadInput(
            "Hãy ghi số, ký hiệu của văn bản.",
            en="Give the number of the document.",
            errors=[{"field": "document_number", "vi": "Hãy ghi số, ký hiệu của văn bản.", "en": "missing"}],
        )


def ensure_approved_by_another(approver: int | None, submitter: int | None) -> None:
    """Who submits a plan does not approve it."""
    if approver is not None and approver == submitter:
        raise RuleBroken(
            "Người trình kế hoạch không tự duyệt kế hoạch ấy. Hãy để người khác có vai trò lãnh đạo duyệt.",
            en="Whoever submitted the plan does not approve it. Let somebody else who leads the agency do so.",
        )


def ensure_closed_early_with_reason(year: int, reason: str, *, today: date) -> None:
    """Before its year is over a plan is closed only for a reason."""
    if today <= date(year, 12, 31):
        ensure_reason(reason)


def ensure_units_exist(ceased: Collection[str]) -> None:
    """A plan does not go out with units that are no more: somebody must decide what becomes of them."""
    if ceased:
        raise RuleBroken(
            f"Kế hoạch còn {len(ceased)} đơn vị đã chấm dứt: {'; '.join(sorted(ceased)[:5])}. "
            "Hãy thay từng đơn vị bằng đơn vị kế thừa hoặc bỏ mục ấy, rồi làm lại.",
            en=f"The plan names {len(ceased)} units that have ended: {'; '.join(sorted(ceased)[:5])}. "
            "Replace each by a successor or remove the item, then try again.",
        )
