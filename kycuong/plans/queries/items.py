"""Items as a page lists them: by month, with names, and with what became of units that ended."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Closure, Lineage
from kycuong.orgs.queries import full_names
from kycuong.plans.models import InspectionPlan, PlanItem
from kycuong.plans.rules import span_of, span_that_needs_the_unit

from .duties import cut_off


@dataclass(frozen=True, slots=True)
class Heir:
    """A unit that carries on one that ended."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with the name of its unit; `ceased` when the unit will not be there, with those that carry it on."""

    item: PlanItem
    name: str
    topics: Sequence[str]
    ceased: bool
    heirs: Sequence[Heir]


def standing_items(person: Someone, plan: InspectionPlan) -> list[PlanItem]:
    """The items of a plan by month, those throughout the year last; what amendments took out is left out."""
    seen = PlanItem.objects.visible_to(person).standing().filter(plan=plan)
    items = seen.select_related("plan", "unit").prefetch_related("topics")
    return sorted(items, key=lambda item: (item.month or 13, item.pk))


def item_lines(person: Someone, plan: InspectionPlan, *, today: date) -> list[ItemLine]:
    """The same with the names of their units, and what has become of these."""
    return lines_of(standing_items(person, plan), plan, today=today)


def dropped_lines(person: Someone, plan: InspectionPlan, *, today: date) -> list[ItemLine]:
    """What amendments took out, with the document."""
    items = PlanItem.objects.visible_to(person).filter(plan=plan, dropped_under__isnull=False)
    found = items.select_related("plan", "unit", "dropped_under").prefetch_related("topics")
    return lines_of(list(found), plan, today=today)


def lines_of(items: Sequence[PlanItem], plan: InspectionPlan, *, today: date) -> list[ItemLine]:
    gone = {item.pk for item in needs_units(items, today=today)}
    day = cut_off(plan.year, today=today)
    names = full_names({item.unit_id for item in items if item.unit_id}, day)
    heirs = heirs_of({item.unit_id for item in items if item.unit_id and item.pk in gone}, plan.year, today=today)
    return [
        ItemLine(
            item,
            names.get(item.unit_id or 0, ""),
            [topic.title for topic in item.topics.all()],
            item.pk in gone,
            heirs.get(item.unit_id or 0, []) if item.pk in gone else [],
        )
        for item in items
    ]


def needs_units(items: Iterable[PlanItem], *, today: date) -> list[PlanItem]:
    """Items whose unit does not exist at any time when they could be carried out: somebody must decide."""
    named = [item for item in items if item.unit_id]
    lives: dict[int, list[tuple[date, date]]] = {}
    rows = Closure.objects.filter(descendant_id__in={item.unit_id for item in named}, depth=0)
    for unit, first, end in rows.values_list("descendant_id", "valid_from", "valid_to"):
        lives.setdefault(unit, []).append((first, end))
    found = []
    for item in named:
        begin, last = span_that_needs_the_unit(item.plan.year, item.month, today=today)
        if not any(first <= last and end > begin for first, end in lives.get(item.unit_id or 0, [])):
            found.append(item)
    return found


def heirs_of(unit_ids: Collection[int], year: int, *, today: date) -> dict[int, list[Heir]]:
    """Who carries on each unit, on the day on which the plan's year is looked at."""
    day = cut_off(year, today=today)
    rows = Lineage.objects.filter(origin_id__in=unit_ids, valid_from__lte=day, valid_to__gt=day)
    pairs = [(row.origin_id, row.heir) for row in rows.select_related("heir") if row.heir_id != row.origin_id]
    names = full_names({heir.pk for _, heir in pairs}, day)
    found: dict[int, list[Heir]] = {}
    for origin, heir in pairs:
        found.setdefault(origin, []).append(Heir(heir.slug, names[heir.pk]))
    return found


def ceased_names(plan: InspectionPlan, *, today: date) -> list[str]:
    """The names of units in the plan that somebody must decide on."""
    gone = needs_units(PlanItem.objects.filter(plan=plan).standing().select_related("plan"), today=today)
    names = full_names({item.unit_id for item in gone if item.unit_id}, span_of(plan.year, None)[1])
    return sorted(names.values())


def units_planned(items: Iterable[PlanItem]) -> int:
    """How many units the items foresee: one for each that is named, and those to be chosen."""
    return sum(item.units_count or 1 for item in items)
