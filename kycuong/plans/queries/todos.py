"""What waits for a person in plans: those of the units at which the person holds the role that takes the next step, or below where nobody
nearer does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import BigIntegerField, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.orgs.authority import of_others, units_where, waits_for
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.queries import full_names
from kycuong.plans.models import InspectionPlan, PlanStep
from kycuong.plans.rules import PlanState, StepKind
from kycuong.ui.todo import Todo

from .duties import cut_off, units_that_owe

MOST = 50
SUBMITTED_BY = Coalesce(
    PlanStep.objects.filter(plan=OuterRef("pk"), kind=StepKind.SUBMIT).order_by("-pk").values("taken_by")[:1],
    Value(0),
    output_field=BigIntegerField(),
)
"""Who submitted the plan last: it is for somebody else to judge."""


def todos(person: Person, *, today: date) -> Iterator[Todo]:
    """From the plan of the year that is not there yet to the number that the clerk has to add."""
    yield from _owed(person, today)
    steps = [
        (_("Trình, hoặc ghi nhận ban hành kế hoạch"), "plan.submit", [PlanState.DRAFT], False),
        (_("Duyệt kế hoạch"), "plan.approve", [PlanState.SUBMITTED], False),
        (_("Ghi nhận ban hành kế hoạch"), "plan.issue", [PlanState.APPROVED], False),
        (_("Ghi số kế hoạch"), "plan.number", [PlanState.ISSUED, PlanState.AMENDED], True),
    ]
    for what, verb, states, unnumbered in steps:
        judged = verb == "plan.approve"
        if (mine := waits_for(person, verb, "agency", maker="submitted_by" if judged else "")) is None:
            continue
        plans: QuerySet[InspectionPlan] = (
            InspectionPlan.objects.visible_to(person).annotate(submitted_by=SUBMITTED_BY).filter(mine, state__in=states)
        )
        if judged:
            plans = of_others(plans, by=person, verb=verb, at="agency", maker="submitted_by")
        if unnumbered:
            plans = plans.filter(number="")
        yield from _lines(what, plans.order_by("year", "pk")[:MOST], today)


def _owed(person: Person, today: date) -> Iterator[Todo]:
    """The plan of this year, where the unit must issue one and nobody has begun it."""
    own = set(units_where(person, "plan.draft"))
    owing = own & units_that_owe(person, cut_off(today.year, today=today)) if own else set()
    if not owing:
        return
    there = InspectionPlan.objects.visible_to(person).filter(agency__in=owing, year=today.year)
    missing = Unit.objects.in_bulk(owing - set(there.values_list("agency_id", flat=True)))
    names = full_names(missing, today)
    for pk, unit in missing.items():
        address = f"{reverse('plans:new')}?agency={unit.slug}&year={today.year}"
        yield Todo(_("Lập kế hoạch kiểm tra năm %d") % today.year, names[pk], address)


def _lines(what: str, plans: QuerySet[InspectionPlan], today: date) -> Iterator[Todo]:
    found = list(plans)
    names = full_names({plan.agency_id for plan in found}, today)
    for plan in found:
        about = _("%(agency)s, năm %(year)s") % {"agency": names[plan.agency_id], "year": plan.year}
        yield Todo(what, about, plan.get_absolute_url())
