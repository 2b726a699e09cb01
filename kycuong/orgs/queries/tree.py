"""The tree of units on any day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kycuong.orgs.models import Closure, Edge, Unit, UnitVersion
from kycuong.orgs.rules import Kind

from .names import in_order


@dataclass(frozen=True)
class TreeNode:
    """One unit in the tree of a day. `below` counts every unit under it, at any depth."""

    unit_id: int
    slug: str
    name: str
    kind: str
    parent_id: int | None
    depth: int
    below: int

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)


class Version(NamedTuple):
    """What the tree says of a unit: thousands of whole objects would cost more than everything else here."""

    unit_id: int
    slug: str
    name: str
    kind: str
    sort_key: str


Placed = tuple[Version, int | None, int]


def tree_on(day: date, *, root: Unit | None = None) -> list[TreeNode]:
    """Every unit of the day (under `root`, if given), each before its children, brothers by kind and name. Two queries."""
    versions = UnitVersion.objects.filter(valid_from__lte=day, valid_to__gt=day)
    edges = Edge.objects.filter(valid_from__lte=day, valid_to__gt=day)
    if root is not None:
        under = Closure.objects.filter(ancestor=root, valid_from__lte=day, valid_to__gt=day).values("descendant_id")
        versions = versions.filter(unit_id__in=under)
        edges = edges.filter(child_id__in=under)
    rows = versions.values_list("unit_id", "unit__slug", "name", "kind", "sort_key")
    by_unit = {row[0]: Version(*row) for row in rows}
    parents = dict(edges.values_list("child_id", "parent_id"))
    children: dict[int | None, list[Version]] = {}
    for version in sorted(by_unit.values(), key=lambda version: in_order(version.kind, version.sort_key)):
        parent = parents.get(version.unit_id)
        children.setdefault(parent if parent in by_unit else None, []).append(version)
    sizes: dict[int, int] = {}
    walked = _walk(children, None, 0, sizes)
    return [TreeNode(*one[:4], parent, depth, sizes[one.unit_id]) for one, parent, depth in walked]


def _walk(
    children: dict[int | None, list[Version]], parent: int | None, depth: int, sizes: dict[int, int]
) -> Iterator[Placed]:
    """Top down; sizes are known when the walk is over, so nodes are made after it."""
    walked: list[Placed] = []
    for version in children.get(parent, []):
        below = list(_walk(children, version.unit_id, depth + 1, sizes))
        sizes[version.unit_id] = len(below)
        walked += [(version, parent, depth), *below]
    yield from walked
