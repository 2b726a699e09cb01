"""Plans by the sheet: many issued plans at once, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kycuong.audit.log import act, record_many
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, Problem
from kycuong.core.standing_in import alone
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.plans import rules
from kycuong.plans.models import InspectionPlan, PlanStep
from kycuong.plans.rules import PlanState, StepKind

from ._plans import ensure_in_order


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan as a sheet or the demonstration gives it."""

    agency: Unit
    year: int
    number: str = ""
    issued_on: date | None = None
    title: str = ""
    window_from: date | None = None
    window_to: date | None = None
    target_units: int | None = None
    target_percent: int | None = None


@act
def record_issued_plans(rows: Sequence[PlanRow], *, by: Person | None, source: str) -> list[InspectionPlan]:
    """Write many plans at once, all or none; every fault is told, by row."""
    for agency in {row.agency.pk: row.agency for row in rows}.values():
        authorize(by, "plan.issue", at=agency)
    plans, faults = [], []
    for place, row in enumerate(rows, start=1):
        try:
            plans.append(_plan_of(row, by, source))
        except Problem as problem:
            faults.append({"row": str(place), "vi": problem.vi, "en": problem.en})
    if faults:
        raise BadInput("Có dòng chưa đúng, chưa ghi gì.", en="Some rows are wrong; nothing was written.", errors=faults)
    InspectionPlan.objects.bulk_create(plans)
    steps = PlanStep.objects.bulk_create(_first_step(plan, by) for plan in plans)
    for agency in {plan.agency_id: plan.agency for plan in plans}.values():
        rows_of = [
            row for plan, step in zip(plans, steps, strict=True) if plan.agency_id == agency.pk for row in (plan, step)
        ]
        with alone():
            authorize(by, "plan.issue", at=agency)
            record_many("plan.issue", rows_of, by=by, source=source)
    return plans


def _plan_of(row: PlanRow, by: Person | None, source: str) -> InspectionPlan:
    values: dict[str, Any] = {name: getattr(row, name) for name in PlanRow.__slots__}
    plan = InspectionPlan(**values, source=source, created_by=by)
    ensure_in_order(plan)
    if row.issued_on:
        rules.ensure_issued_by_today(row.issued_on, today=today())
        plan.state = PlanState.ISSUED
    return plan


def _first_step(plan: InspectionPlan, by: Person | None) -> PlanStep:
    """What is known of a plan that came from a sheet: that it was issued, or that it is a draft."""
    kind = StepKind.ISSUE if plan.issued_on else StepKind.DRAFT
    return PlanStep(plan=plan, kind=kind, taken_by=by, document_number=plan.number, document_on=plan.issued_on)
