"""Last year's plan as the draft of the next: everything is carried over, also what somebody must decide on."""

from __future__ import annotations

from calendar import isleap
from datetime import date

from django.db.models import Model

from kycuong.audit.log import act, record_many
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import today
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Closure, Person
from kycuong.orgs.queries import full_names
from kycuong.plans import rules
from kycuong.plans.models import InspectionPlan, PlanItem
from kycuong.plans.queries import cut_off, heirs_of
from kycuong.plans.rules import StepKind

from ._items import Item, write_item
from ._plans import ensure_first_of_the_year, ensure_in_order, note_step


@act
def copy_plan(source: InspectionPlan, *, by: Person, year: int | None = None) -> InspectionPlan:
    """A draft for the next year (or the one given) with the content and every standing item of `source`.

    Units that have ended are copied, too: the page marks them, and the draft is not submitted before each is decided.
    """
    authorize(by, "plan.draft", at=source.agency)
    wanted = year or source.year + 1
    plan = InspectionPlan(agency=source.agency, year=wanted, created_by=by)
    plan.title = source.title.replace(str(source.year), str(wanted))
    plan.window_from, plan.window_to = _in(wanted, source.window_from), _in(wanted, source.window_to)
    plan.target_units, plan.target_percent = source.target_units, source.target_percent
    _ensure_agency_goes_on(source, wanted)
    ensure_in_order(plan)
    ensure_first_of_the_year(plan)
    ensure_clean(plan)
    plan.save(force_insert=True)
    rows: list[Model] = [plan, note_step(plan, StepKind.DRAFT, by=by, note=f"Chép từ kế hoạch năm {source.year}.")]
    for item in PlanItem.objects.filter(plan=source).standing().select_related("unit").prefetch_related("topics"):
        said = Item(item.form, item.unit, item.units_count, item.month, list(item.topics.all()), item.note)
        rows += write_item(plan, said, by=by, amendment=None, follows=item, even_if_ceased=True)
    record_many("plan.copy", rows, by=by)
    return plan


def _in(year: int, day: date | None) -> date | None:
    """The same day of another year; 29 February becomes the 28th."""
    if day is None:
        return None
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) and not isleap(year) else day.day)


def _ensure_agency_goes_on(source: InspectionPlan, year: int) -> None:
    day = cut_off(year, today=today())
    lives = Closure.objects.filter(descendant=source.agency, depth=0, valid_from__lte=day, valid_to__gt=day)
    heirs = heirs_of([source.agency.pk], year, today=today()).get(source.agency.pk, [])
    name = full_names([source.agency.pk], day)[source.agency.pk]
    rules.ensure_agency_goes_on(name, lives.exists(), year=year, heirs=[heir.name for heir in heirs])
