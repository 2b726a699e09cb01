"""The tree of units on any day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

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


def tree_on(day: date, *, root: Unit | None = None) -> list[TreeNode]:
    """Every unit of the day (under `root`, if given), each before its children, brothers by kind and name. Two queries."""
    versions = UnitVersion.objects.filter(valid_from__lte=day, valid_to__gt=day).select_related("unit")
    edges = Edge.objects.filter(valid_from__lte=day, valid_to__gt=day)
    if root is not None:
        under = Closure.objects.filter(ancestor=root, valid_from__lte=day, valid_to__gt=day).values("descendant_id")
        versions = versions.filter(unit_id__in=under)
        edges = edges.filter(child_id__in=under)
    by_unit = {version.unit_id: version for version in versions}
    parents = dict(edges.values_list("child_id", "parent_id"))
    children: dict[int | None, list[UnitVersion]] = {}
    for version in sorted(by_unit.values(), key=lambda version: in_order(version.kind, version.sort_key)):
        parent = parents.get(version.unit_id)
        children.setdefault(parent if parent in by_unit else None, []).append(version)
    sizes: dict[int, int] = {}
    return [_node(version, parent, depth, sizes) for version, parent, depth in _walk(children, None, 0, sizes)]


def _walk(
    children: dict[int | None, list[UnitVersion]], parent: int | None, depth: int, sizes: dict[int, int]
) -> Iterator[tuple[UnitVersion, int | None, int]]:
    """Top down; sizes are known when the walk is over, so nodes are made after it."""
    walked: list[tuple[UnitVersion, int | None, int]] = []
    for version in children.get(parent, []):
        below = list(_walk(children, version.unit_id, depth + 1, sizes))
        sizes[version.unit_id] = len(below)
        walked += [(version, parent, depth), *below]
    yield from walked


def _node(version: UnitVersion, parent: int | None, depth: int, sizes: dict[int, int]) -> TreeNode:
    return TreeNode(
        version.unit_id, version.unit.slug, version.name, version.kind, parent, depth, sizes[version.unit_id]
    )
