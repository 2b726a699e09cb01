"""Who can be inspected in one province on a day, by whom, and what everybody was called: read once for a year."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from kycuong.inspections.queries import Life, lives_of
from kycuong.orgs.models import Closure, Edge, UnitVersion
from kycuong.orgs.rules import INSPECTABLE, Kind


@dataclass
class Pool:
    """One province as it stands between two reforms: departments that lead, units that are inspected, with their kinds."""

    leads: list[int] = field(default_factory=list)
    subjects: list[tuple[int, str]] = field(default_factory=list)


class Roster:
    """The provinces whose addresses begin with one code, from `first` to `last`."""

    def __init__(self, code: int, first: date, last: date) -> None:
        self.first, self.last = first, last
        under = Q(ancestor__slug__startswith=f"{code:02d}-", depth__gt=0, valid_from__lte=last, valid_to__gt=first)
        provinces = UnitVersion.objects.filter(kind=Kind.PROVINCE).values("unit_id")
        rows = Closure.objects.filter(under, ancestor__in=provinces)
        self.places = list(rows.values_list("ancestor_id", "descendant_id", "valid_from", "valid_to").order_by("pk"))
        members = {unit for _, unit, _, _ in self.places}
        self.lives: dict[int, Life] = lives_of(members)
        self.kinds = {unit: life.spans for unit, life in self.lives.items()}
        self.parents = _parents(members)
        self.names: dict[tuple[int, int], str] = {}
        self.cuts = self._cuts()
        self.pools = [self._pools_on(day) for day in self.cuts]

    def _cuts(self) -> list[date]:
        """The first day, and every day of the year on which something begins or ends."""
        days = {day for _, _, begins, ends in self.places for day in (begins, ends)}
        days |= {day for spans in self.kinds.values() for begins, ends, _, _ in spans for day in (begins, ends)}
        return [self.first, *sorted(day for day in days if self.first < day <= self.last)]

    def _pools_on(self, day: date) -> list[Pool]:
        pools: dict[int, Pool] = {}
        for province, unit, begins, ends in self.places:
            if begins <= day < ends:
                known = self.lives[unit].on(day)
                kind = known[1] if known else ""
                pool = pools.setdefault(province, Pool())
                if kind in INSPECTABLE:
                    pool.subjects.append((unit, kind))
                if kind == Kind.PROVINCIAL_DEPARTMENT:
                    pool.leads.append(unit)
        return [pool for _, pool in sorted(pools.items()) if pool.leads and len(pool.subjects) > 1]

    def epoch(self, day: date) -> int:
        """Which stretch between reforms the day lies in."""
        return bisect_right(self.cuts, day) - 1

    def on(self, day: date) -> list[Pool]:
        return self.pools[self.epoch(day)]

    def name(self, unit: int, day: date) -> str:
        """The full name of the day."""
        key = (unit, self.epoch(day))
        if key not in self.names:
            self.names[key] = self.lives[unit].full_name_on(day)
        return self.names[key]

    def end(self, unit: int) -> date:
        """The first day on which the unit is no more."""
        return self.kinds[unit][-1][1]

    def parent(self, unit: int, day: date) -> int:
        return next(parent for parent, begins, ends in self.parents[unit] if begins <= day < ends)

    def agencies(self, kinds: Iterable[tuple[str, date, date]]) -> list[tuple[int, date]]:
        """Units of kinds that owe a plan, with the first day of the year on which they do."""
        owing = list(kinds)
        found = []
        for unit, spans in sorted(self.kinds.items()):
            days = [
                max(begins, since, self.first)
                for begins, ends, _, kind in spans
                for owed, since, until in owing
                if kind == owed and max(begins, since, self.first) < min(ends, until, self.last)
            ]
            if days:
                found.append((unit, min(days)))
        return found


def _parents(units: set[int]) -> dict[int, list[tuple[int, date, date]]]:
    found: dict[int, list[tuple[int, date, date]]] = {}
    wanted = sorted(units)
    for start in range(0, len(wanted), 500):
        rows = Edge.objects.filter(child_id__in=wanted[start : start + 500])
        for child, parent, begins, ends in rows.values_list("child_id", "parent_id", "valid_from", "valid_to"):
            found.setdefault(child, []).append((parent, begins, ends))
    return found
