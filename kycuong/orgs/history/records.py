"""The rows of units' histories as they stand, read fresh, and what they say of a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from kycuong.audit.log import take_turns
from kycuong.orgs.models import Edge, Unit, UnitCode, UnitVersion
from kycuong.orgs.rules import FOREVER

AT_ONCE = 500
"""Keys in one IN list: within every database's limit."""


@dataclass
class History:
    """The rows of one unit, oldest first."""

    unit: Unit
    versions: list[UnitVersion] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    codes: list[UnitCode] = field(default_factory=list)

    @property
    def began(self) -> date:
        return self.versions[0].valid_from

    @property
    def ends(self) -> date:
        return self.versions[-1].valid_to

    @property
    def name(self) -> str:
        return self.versions[-1].name if self.versions else self.unit.slug

    @property
    def last_change(self) -> date:
        """The latest day on which anything of the unit begins or ends."""
        rows: list[UnitVersion | Edge | UnitCode] = [*self.versions, *self.edges, *self.codes]
        days = [day for row in rows for day in (row.valid_from, row.valid_to) if day != FOREVER]
        return max(days)

    def open_code(self, scheme: str) -> UnitCode | None:
        return next((code for code in self.codes if code.scheme == scheme and code.valid_to == FOREVER), None)


def lock_organisation() -> None:
    """One act at a time: what was checked is still true when it is written."""
    take_turns()


def chunks(keys: Iterable[int]) -> Iterable[list[int]]:
    """Keys in lists short enough for a query."""
    every = sorted(set(keys))
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def histories(units: Collection[Unit]) -> dict[int, History]:
    """The history of each unit by primary key: three queries, and never what an object remembers from before."""
    found = {unit.pk: History(unit) for unit in units}
    for part in chunks(found):
        for version in UnitVersion.objects.filter(unit_id__in=part).order_by("valid_from"):
            found[version.unit_id].versions.append(version)
        for edge in Edge.objects.filter(child_id__in=part).order_by("valid_from"):
            found[edge.child_id].edges.append(edge)
        for code in UnitCode.objects.filter(unit_id__in=part).order_by("valid_from"):
            found[code.unit_id].codes.append(code)
    return found


def children_from(parents: Collection[int], on: date) -> list[Edge]:
    """Edges to these parents that hold on the day or later."""
    edges: list[Edge] = []
    for part in chunks(parents):
        edges += Edge.objects.filter(parent_id__in=part, valid_to__gt=on).select_related("child").order_by("pk")
    return edges


def ancestors_from(unit: Unit, on: date) -> set[int]:
    """The unit and everything above it on the day or any day after."""
    seen: set[int] = {unit.pk}
    front: set[int] = {unit.pk}
    while front:
        edges = Edge.objects.filter(child_id__in=front, valid_to__gt=on)
        front = set(edges.values_list("parent_id", flat=True)) - seen
        seen |= front
    return seen
