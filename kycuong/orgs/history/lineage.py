"""Derives who carries on a unit on each day from successions and lives. Pure: plain values in, rows out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kycuong.orgs.rules import FOREVER

from .closure import Life

Forward = Sequence[tuple[date, int | None, bool]]
"""What follows one unit: (day, successor or None, whole). A unit's succession to itself is left out."""
LineageRow = tuple[int, int, date, date, bool]
"""(origin, heir, valid_from, valid_to, whole)"""


@dataclass(frozen=True)
class World:
    """What the walk needs to know."""

    lives: Mapping[int, Life]
    forward: Mapping[int, Forward]

    def exists(self, unit: int, day: date) -> bool:
        return any(start <= day < end for start, end in self.lives.get(unit, ()))

    def days(self, unit: int) -> set[date]:
        """The days on which something happens to the unit as an heir: it ends, or gives a part away."""
        ends = {end for _, end in self.lives.get(unit, ()) if end != FOREVER}
        return ends | {day for day, _, _ in self.forward.get(unit, ())}


def lineage_rows(origins: Iterable[int], world: World) -> set[LineageRow]:
    """Every row of the origins: themselves while they exist, then their successors, however far."""
    return {row for origin in origins for row in _rows_of(origin, world)}


def _rows_of(origin: int, world: World) -> Iterable[LineageRow]:
    life = world.lives.get(origin)
    if not life:
        return
    heirs, divided, since = {origin}, False, life[0][0]
    open_rows: dict[tuple[int, bool], date] = {(origin, True): since}
    while heirs:
        later = [day for heir in heirs for day in world.days(heir) if day > since]
        day = min(later, default=FOREVER)
        if day == FOREVER:
            break
        heirs, lost = _after(heirs, day, world)
        divided = divided or lost
        whole = len(heirs) == 1 and not divided
        now = {(heir, whole) for heir in heirs}
        for heir, was_whole in open_rows.keys() - now:
            yield origin, heir, open_rows.pop((heir, was_whole)), day, was_whole
        for key in now - open_rows.keys():
            open_rows[key] = day
        since = day
    for (heir, whole), start in open_rows.items():
        yield origin, heir, start, FOREVER, whole


def _after(heirs: set[int], day: date, world: World) -> tuple[set[int], bool]:
    """The heirs on the day, after what happens on it; and whether a part went where nobody carries it on.

    A unit that came to be an heir only today keeps what it got, unless it does not exist at the end of the day.
    """
    result: set[int] = set()
    lost = False
    seen: set[int] = set()
    front = [(heir, True) for heir in heirs]
    while front:
        unit, was_heir = front.pop()
        if unit in seen:
            continue
        seen.add(unit)
        exists = world.exists(unit, day)
        if exists:
            result.add(unit)
        if exists and not was_heir:
            continue
        parts = [(to, whole) for when, to, whole in world.forward.get(unit, ()) if when == day]
        front += [(to, False) for to, _ in parts if to is not None]
        takers = len({to for to, _ in parts if to is not None})
        lost = lost or (not exists and takers == 0) or (takers == 1 and not exists and not parts[0][1])
    return result, lost
