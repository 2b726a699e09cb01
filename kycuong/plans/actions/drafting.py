"""Writing the draft of a plan, and rewriting it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean
from kycuong.core.ids import uuid7
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.plans import rules
from kycuong.plans.models import InspectionPlan
from kycuong.plans.rules import StepKind

from ._plans import claim, ensure_first_of_the_year, ensure_in_order, note_step


@act
def draft_plan(
    *,
    by: Person,
    agency: Unit,
    year: int,
    title: str = "",
    window_from: date | None = None,
    window_to: date | None = None,
    target_units: int | None = None,
    target_percent: int | None = None,
    uid: UUID | None = None,
) -> InspectionPlan:
    """Write the draft of an agency's plan for a year. Repeating the call with the same uid returns the first draft."""
    authorize(by, "plan.draft", at=agency)
    if uid and (already := InspectionPlan.objects.filter(uid=uid, agency=agency, year=year).first()):
        return already
    plan = InspectionPlan(uid=uid or uuid7(), agency=agency, year=year, title=title.strip(), created_by=by)
    plan.window_from, plan.window_to = window_from, window_to
    plan.target_units, plan.target_percent = target_units, target_percent
    ensure_in_order(plan)
    ensure_first_of_the_year(plan)
    ensure_clean(plan)
    plan.save(force_insert=True)
    record_many("plan.draft", [plan, note_step(plan, StepKind.DRAFT, by=by)], by=by)
    return plan


@act
def change_plan(
    plan: InspectionPlan,
    *,
    by: Person,
    version: int,
    title: str,
    window_from: date | None,
    window_to: date | None,
    target_units: int | None,
    target_percent: int | None,
) -> InspectionPlan:
    """Rewrite a draft that nobody else has rewritten since `version` was read."""
    authorize(by, "plan.draft", at=plan.agency)
    claim(plan, version)
    rules.ensure_draft(plan)
    plan.title, plan.window_from, plan.window_to = title.strip(), window_from, window_to
    plan.target_units, plan.target_percent = target_units, target_percent
    ensure_in_order(plan)
    ensure_clean(plan)
    plan.save()
    record("plan.change", plan, by=by)
    return plan
