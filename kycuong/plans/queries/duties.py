"""Questions about plans that span nouns: who must issue one in a year and has not, what a person is responsible for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from kycuong.core.vietnamese import fold, sort_key
from kycuong.orgs.authority import Someone, units_where
from kycuong.orgs.models import Closure, Person, Unit
from kycuong.orgs.queries import full_names, versions_on
from kycuong.orgs.rules import Duty
from kycuong.plans.models import InspectionPlan, PlanDuty, PlanReminder


@dataclass(frozen=True, slots=True)
class PlanLine:
    """An agency and its plan of a year; `owed` when the agency must issue one."""

    unit_id: int
    slug: str
    name: str
    owed: bool
    plan: InspectionPlan | None
    reminder: PlanReminder | None = None
    """The newest, while the plan is missing."""

    @property
    def is_issued(self) -> bool:
        return self.plan is not None and self.plan.issued_on is not None


def cut_off(year: int, *, today: date) -> date:
    """The day on which a year's duty is looked at: today in the running year, else its last day."""
    return min(date(year, 12, 31), max(today, date(year, 1, 1)))


def plan_lines(person: Someone, year: int, *, today: date, text: str = "") -> list[PlanLine]:
    """Agencies the person looks after that must issue a plan for the year, or have one: what is missing first."""
    day = cut_off(year, today=today)
    plans = {plan.agency_id: plan for plan in InspectionPlan.objects.visible_to(person).filter(year=year)}
    owing = units_that_owe(person, day)
    units = Unit.objects.in_bulk({*owing, *plans})
    names = full_names(units.keys(), day)
    issued = {pk for pk, plan in plans.items() if plan.issued_on is not None}
    reminded = last_reminders(person, year, units.keys() - issued)
    lines = [
        PlanLine(pk, unit.slug, names[pk], pk in owing, plans.get(pk), reminded.get(pk)) for pk, unit in units.items()
    ]
    wanted = fold(text)
    found = [line for line in lines if wanted in fold(line.name)]
    return sorted(found, key=lambda line: (line.is_issued, line.plan is not None, sort_key(line.name)))


def units_that_owe(person: Someone, day: date) -> set[int]:
    """Units under the person's care that must issue a plan, by their kind on the day."""
    kinds = PlanDuty.objects.filter(valid_from__lte=day, valid_to__gt=day).values("kind")
    under = Closure.objects.filter(
        ancestor_id__in=units_where(person, "plan.see"),
        valid_from__lte=day,
        valid_to__gt=day,
        descendant__versions__kind__in=kinds,
        descendant__versions__valid_from__lte=day,
        descendant__versions__valid_to__gt=day,
    )
    return set(under.values_list("descendant_id", flat=True))


def last_reminders(person: Someone, year: int, agencies: Collection[int]) -> dict[int, PlanReminder]:
    """The newest reminder of each agency."""
    found = PlanReminder.objects.visible_to(person).filter(year=year, agency_id__in=agencies)
    return {
        reminder.agency_id: reminder for reminder in found.select_related("reminded_by").order_by("reminded_at", "pk")
    }


def agency_name(plan: InspectionPlan) -> str:
    """The agency as it was called when the plan was issued, or at the end of the plan's year."""
    versions = versions_on([plan.agency_id], plan.issued_on or date(plan.year, 12, 31))
    return versions[plan.agency_id].name


def open_duties(person: Person, unit_ids: Collection[int], *, on: date) -> Iterable[Duty]:
    """Plans of units that are about to end: somebody must carry them on."""
    plans = InspectionPlan.objects.visible_to(person).filter(agency_id__in=unit_ids, year__gte=on.year)
    for plan in plans.order_by("year").annotate(unit=F("agency_id")):
        yield Duty(plan.agency_id, f"kế hoạch năm {plan.year}", 1, plan.get_absolute_url())
