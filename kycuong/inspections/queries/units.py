"""When units lived, and under what name and kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kycuong.orgs.models import UnitVersion

AT_ONCE = 500
"""Rows in one IN list: SQLite and PostgreSQL both take it gladly."""


@dataclass(frozen=True, slots=True)
class Life:
    """A unit through time: (from, to, name, kind), in order."""

    spans: tuple[tuple[date, date, str, str], ...]

    def on(self, day: date) -> tuple[str, str] | None:
        """Name and kind on a day; None when the unit did not exist."""
        return next(((name, kind) for begins, ends, name, kind in self.spans if begins <= day < ends), None)

    @property
    def last_name(self) -> str:
        return self.spans[-1][2] if self.spans else ""


def lives_of(unit_ids: Iterable[int]) -> dict[int, Life]:
    """The life of each unit."""
    wanted, spans = list(dict.fromkeys(unit_ids)), dict[int, list[tuple[date, date, str, str]]]()
    for start in range(0, len(wanted), AT_ONCE):
        versions = UnitVersion.objects.filter(unit_id__in=wanted[start : start + AT_ONCE]).order_by("valid_from")
        for unit, begins, ends, name, kind in versions.values_list("unit_id", "valid_from", "valid_to", "name", "kind"):
            spans.setdefault(unit, []).append((begins, ends, name, kind))
    return {unit: Life(tuple(spans.get(unit, ()))) for unit in wanted}
