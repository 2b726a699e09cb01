"""Which visits carry out which items of a plan: every visit serves one item, an item takes no more than it foresees."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Wanted:
    """An item: its unit (with whoever carries it on), or how many units of a form; its month, or none."""

    key: Hashable
    units: frozenset[str]
    form: str
    count: int
    month: int | None


@dataclass(frozen=True)
class Done:
    """A visit that counts."""

    key: Hashable
    unit: str
    form: str
    on: date


def fulfilled(items: Sequence[Wanted], visits: Iterable[Done]) -> dict[Hashable, list[Done]]:
    """Item → the visits that carry it out, earliest first.

    Named items come first, those within their month before the others; what is left serves the items that only say how
    many, by form. A named item is carried out by a visit in any form: the unit has been inspected.
    """
    free = sorted(visits, key=lambda visit: (visit.on, str(visit.key)))
    taken: dict[Hashable, list[Done]] = {item.key: [] for item in items}
    named = [item for item in items if item.units]
    counted = [item for item in items if not item.units]
    for group, fits in ((named, _of_unit), (counted, _of_form)):
        for in_month in (True, False):
            for item in group:
                if item.month or not in_month:
                    _take(item, free, taken[item.key], fits, in_month=in_month)
    return taken


def _take(
    item: Wanted, free: list[Done], taken: list[Done], fits: Callable[[Wanted, Done], bool], *, in_month: bool
) -> None:
    for visit in list(free):
        if len(taken) >= item.count:
            return
        again = visit.unit in {one.unit for one in taken}
        if not again and fits(item, visit) and (not in_month or visit.on.month == item.month):
            taken.append(visit)
            free.remove(visit)


def _of_unit(item: Wanted, visit: Done) -> bool:
    return visit.unit in item.units


def _of_form(item: Wanted, visit: Done) -> bool:
    return visit.form == item.form
