"""What several acts on plans share: the next version, the next state, the step noted, the order of the content."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F

from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.core.problems import RuleBroken, Stale
from kycuong.orgs.models import Person
from kycuong.plans import rules
from kycuong.plans.models import InspectionPlan, PlanStep
from kycuong.plans.rules import STEPS, StepKind


def claim(plan: InspectionPlan, version: int | None) -> None:
    """Take the next version for this act; whoever comes second is told so."""
    read = plan.version if version is None else version
    if not InspectionPlan.objects.filter(pk=plan.pk, version=read).update(version=F("version") + 1):
        raise stale()
    plan.refresh_from_db()


def move(plan: InspectionPlan, kind: StepKind, *, version: int | None, **values: Any) -> None:
    """Take the step in one statement: of two people who hold the same version, one wins; the other learns why not."""
    sources, state = STEPS[kind]
    read = plan.version if version is None else version
    standing = InspectionPlan.objects.filter(pk=plan.pk, version=read, state__in=sources)
    moved = standing.update(version=F("version") + 1, state=state, **values)
    plan.refresh_from_db()
    if not moved:
        rules.ensure_may_follow(plan, kind)
        raise stale()


def stale() -> Stale:
    return Stale(
        "Kế hoạch vừa được người khác sửa. Hãy xem bản mới rồi thực hiện lại.",
        en="Somebody else has just changed this plan. Look at the new text, then try again.",
    )


def note_step(
    plan: InspectionPlan,
    kind: StepKind,
    *,
    by: Person | None,
    document_number: str = "",
    document_on: date | None = None,
    note: str = "",
) -> PlanStep:
    """Write the step into the plan's history."""
    step = PlanStep(plan=plan, kind=kind, taken_by=by, document_number=document_number.strip(), note=note.strip())
    step.document_on = document_on
    ensure_clean(step)
    step.save(force_insert=True)
    return step


def ensure_in_order(plan: InspectionPlan) -> None:
    rules.ensure_year_is_near(plan.year, today=today())
    rules.ensure_window(plan.year, plan.window_from, plan.window_to)
    rules.ensure_one_target(plan.target_units, plan.target_percent)


def ensure_first_of_the_year(plan: InspectionPlan) -> None:
    if InspectionPlan.objects.filter(agency=plan.agency, year=plan.year).exists():
        raise RuleBroken(
            f"{plan.agency} đã có kế hoạch năm {plan.year}. Hãy mở kế hoạch đó để sửa.",
            en=f"{plan.agency} already has a plan for {plan.year}. Open that one and change it.",
        )
