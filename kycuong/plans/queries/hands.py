"""Who submitted a plan, where whoever approves it must be another."""

from __future__ import annotations

from kycuong.orgs.authority import hand_behind
from kycuong.orgs.models import Person
from kycuong.plans.models import InspectionPlan, PlanStep
from kycuong.plans.rules import StepKind


def submitter_of(plan: InspectionPlan, *, by: Person) -> int | None:
    """Whose hand submitted it last: `by` where one of those as whom `by` would approve did; none before it is submitted."""
    submitted = PlanStep.objects.filter(plan=plan, kind=StepKind.SUBMIT).last()
    made = submitted.taken_by_id if submitted else None
    return hand_behind(submitted, made, by=by, verb="plan.approve", at=plan.agency)
