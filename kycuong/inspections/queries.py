"""Questions about inspections that span nouns: when units lived and under what name, what a form asks, what is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kycuong.catalog.models import Checklist, Criterion
from kycuong.orgs.models import Unit, UnitVersion

from .models import Visit
from .rules import VisitState

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


def latest_checklist() -> Checklist | None:
    """The checklist that new visits use."""
    return Checklist.objects.all().published().first()


def criteria_of(checklist: Checklist | None, form: str) -> dict[str, Criterion]:
    """What a form of a checklist asks, by code, in order."""
    if checklist is None or not form:
        return {}
    return {criterion.code: criterion for criterion in checklist.criteria.in_form(form).select_related("group")}


def unanswered(criteria: Mapping[str, Criterion], answers: Collection[str]) -> list[str]:
    """Codes that must be answered before signing. The open slot is free."""
    return [code for code, criterion in criteria.items() if criterion.counted and code not in answers]


class VisitLike(Protocol):
    """What is needed of a row to know it again."""

    @property
    def lead(self) -> Unit: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def visited_on(self) -> date: ...
    @property
    def form(self) -> str: ...


def already_recorded(rows: Iterable[VisitLike]) -> set[int]:
    """Places (from 0) of rows whose visit is signed here already: same lead, unit, day and form."""
    keys = [(row.lead.pk, row.unit.pk, row.visited_on, row.form) for row in rows]
    units, known = list({unit for _, unit, _, _ in keys}), set[tuple[int, int, date, str]]()
    for start in range(0, len(units), AT_ONCE):
        signed = Visit.objects.filter(state=VisitState.SIGNED, unit_id__in=units[start : start + AT_ONCE])
        known.update(signed.values_list("inspection__lead_id", "unit_id", "visited_on", "inspection__form"))
    return {place for place, key in enumerate(keys) if key in known}
