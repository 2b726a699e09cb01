"""Where plans of different agencies meet in one unit, for those who plan; and units that would be visited too often.

What is read is plans only. A plan names no surprise target, so nothing sealed can show here. Of a plan that is still a
draft others learn nothing: it takes part once it has been submitted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from kycuong.core.vietnamese import sort_key
from kycuong.orgs.authority import Someone
from kycuong.orgs.queries import full_names
from kycuong.plans.models import BurdenLimit, InspectionPlan, PlanItem
from kycuong.plans.rules import SPAN_DAYS, VISITS_A_YEAR, ItemForm, PlanState, is_near, is_possible, least_days_between

from .duties import cut_off


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds on a day."""

    span_days: int = SPAN_DAYS
    visits_a_year: int = VISITS_A_YEAR


@dataclass(frozen=True, slots=True)
class Side:
    """One of the plans that meet: whose, when, and the way to it for whoever may see it."""

    agency: str
    when: str
    form: str
    url: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two items about one unit. `possible` when a month is open; `days` the fewest that can lie between."""

    unit: str
    unit_url: str
    sides: tuple[Side, Side]
    possible: bool
    days: int


@dataclass(frozen=True, slots=True)
class Burden:
    """A unit for which more visits are planned in the year than it should bear."""

    unit: str
    unit_url: str
    planned: int
    agencies: Sequence[str]


@dataclass(frozen=True, slots=True)
class Meetings:
    """All that a page says of a year, by the limits that hold."""

    limits: Limits
    near: Sequence[Overlap]
    possible: Sequence[Overlap]
    burdens: Sequence[Burden]

    def __bool__(self) -> bool:
        return bool(self.near or self.possible or self.burdens)


def limits_on(day: date) -> Limits:
    """The latest limits that hold on the day, or those that hold until somebody sets others."""
    found = BurdenLimit.objects.filter(valid_from__lte=day).last()
    return Limits(found.span_days, found.visits_a_year) if found else Limits()


def meetings(person: Someone, year: int, *, today: date, plan: InspectionPlan | None = None) -> Meetings:
    """What concerns plans that the person may see; with `plan`, what concerns that plan."""
    limits = limits_on(today)
    around = InspectionPlan.objects.visible_to(person).filter(year__range=(year - 1, year + 1))
    seen = set(around.values_list("pk", flat=True))
    mine = {plan.pk} & seen if plan else seen
    items = [item for item in _items(year) if item.plan_id in seen or item.plan.state != PlanState.DRAFT]
    words = _Words(items, seen, cut_off(year, today=today))
    near, possible = [], []
    for one, other in _pairs(items, year, mine):
        when = ((one.plan.year, one.month), (other.plan.year, other.month))
        if is_near(*when, span_days=limits.span_days):
            near.append(words.overlap(one, other, possible=False, days=least_days_between(*when)))
        elif is_possible(*when):
            possible.append(words.overlap(one, other, possible=True, days=0))
    heavy = _heavy([item for item in items if item.plan.year == year], mine, limits.visits_a_year)
    burdens = sorted(map(words.burden, heavy), key=_by_name)
    return Meetings(limits, sorted(near, key=_by_name), sorted(possible, key=_by_name), burdens)


def _by_name(found: Overlap | Burden) -> str:
    return sort_key(found.unit)


def _pairs(items: Iterable[PlanItem], year: int, mine: set[int]) -> Iterator[tuple[PlanItem, PlanItem]]:
    """Items of different agencies about one unit, one of them in a plan of the person's, one of them of the year."""
    for group in _by_unit(items):
        for one, other in combinations(group, 2):
            concerns = bool({one.plan_id, other.plan_id} & mine) and year in (one.plan.year, other.plan.year)
            if concerns and one.plan.agency_id != other.plan.agency_id:
                yield one, other


def _heavy(items: Iterable[PlanItem], mine: set[int], cap: int) -> list[list[PlanItem]]:
    """The items of each unit that is planned more often than it should be, if one of them is the person's."""
    return [group for group in _by_unit(items) if len(group) > cap and {item.plan_id for item in group} & mine]


def _by_unit(items: Iterable[PlanItem]) -> list[list[PlanItem]]:
    groups: dict[int, list[PlanItem]] = defaultdict(list)
    for item in items:
        groups[item.unit_id or 0].append(item)
    return list(groups.values())


def _items(year: int) -> list[PlanItem]:
    """Items that name a unit, of the year and its neighbours. A self-check burdens nobody but oneself."""
    found = PlanItem.objects.standing().filter(unit__isnull=False, plan__year__range=(year - 1, year + 1))
    return list(found.exclude(form=ItemForm.SELF_CHECK).select_related("plan", "unit").order_by("month", "pk"))


class _Words:
    """Names of units and agencies, asked for once."""

    def __init__(self, items: Iterable[PlanItem], seen: set[int], day: date) -> None:
        units = {unit for item in items for unit in (item.unit_id, item.plan.agency_id) if unit}
        self.names = full_names(units, day)
        self.seen = seen

    def side(self, item: PlanItem) -> Side:
        url = item.plan.get_absolute_url() if item.plan_id in self.seen else ""
        return Side(self.names[item.plan.agency_id], f"{item.when}, {item.plan.year}", item.get_form_display(), url)

    def overlap(self, one: PlanItem, other: PlanItem, *, possible: bool, days: int) -> Overlap:
        return Overlap(*self.unit(one), (self.side(one), self.side(other)), possible, days)

    def burden(self, items: Sequence[PlanItem]) -> Burden:
        agencies = {self.names[item.plan.agency_id] for item in items}
        return Burden(*self.unit(items[0]), len(items), sorted(agencies, key=sort_key))

    def unit(self, item: PlanItem) -> tuple[str, str]:
        assert item.unit is not None
        return self.names[item.unit.pk], item.unit.get_absolute_url()
