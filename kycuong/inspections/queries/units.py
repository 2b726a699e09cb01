"""When units lived, under what name and kind, and what they belonged to: read once for many units and days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kycuong.orgs.models import Edge, UnitVersion
from kycuong.orgs.rules import TOPS

AT_ONCE = 2_000
"""Rows in one IN list: SQLite and PostgreSQL both take it gladly."""

Span = tuple[date, date, str, str]


@dataclass(frozen=True, slots=True)
class Life:
    """A unit through time: (from, to, name, kind) in order, and (from, to, its parent's name) where that is worth saying."""

    spans: tuple[Span, ...]
    parents: tuple[tuple[date, date, str], ...] = ()

    def on(self, day: date) -> tuple[str, str] | None:
        """Name and kind on a day; None when the unit did not exist."""
        return next(((name, kind) for begins, ends, name, kind in self.spans if begins <= day < ends), None)

    def full_name_on(self, day: date) -> str:
        """«Văn phòng, Phường Đông Kinh»: the name of the day with the parent's; the last name when it did not exist."""
        known = self.on(day)
        parent = next((name for begins, ends, name in self.parents if begins <= day < ends), "")
        return ", ".join(part for part in (known[0] if known else self.last_name, parent) if part)

    @property
    def last_name(self) -> str:
        return self.spans[-1][2] if self.spans else ""


def lives_of(unit_ids: Iterable[int]) -> dict[int, Life]:
    """The life of each unit. Three queries for up to AT_ONCE units."""
    wanted = list(dict.fromkeys(unit_ids))
    edges: dict[int, list[tuple[int, date, date]]] = {}
    for part in _parts(wanted):
        rows = Edge.objects.filter(child_id__in=part).order_by("valid_from")
        for child, parent, begins, ends in rows.values_list("child_id", "parent_id", "valid_from", "valid_to"):
            edges.setdefault(child, []).append((parent, begins, ends))
    spans = _spans({*wanted, *(parent for rows in edges.values() for parent, _, _ in rows)})
    return {unit: Life(tuple(spans.get(unit, ())), tuple(_above(edges.get(unit, ()), spans))) for unit in wanted}


def _spans(unit_ids: Iterable[int]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for part in _parts(sorted(unit_ids)):
        versions = UnitVersion.objects.filter(unit_id__in=part).order_by("valid_from")
        for unit, begins, ends, name, kind in versions.values_list("unit_id", "valid_from", "valid_to", "name", "kind"):
            found.setdefault(unit, []).append((begins, ends, name, kind))
    return found


def _above(edges: Iterable[tuple[int, date, date]], spans: dict[int, list[Span]]) -> Iterable[tuple[date, date, str]]:
    """Names of the parents, each for as long as it was one; a province, and what is above it, go without saying."""
    for parent, begins, ends in edges:
        for start, end, name, kind in spans.get(parent, ()):
            if kind not in TOPS and max(begins, start) < min(ends, end):
                yield max(begins, start), min(ends, end), name


def _parts(keys: list[int]) -> Iterable[list[int]]:
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
