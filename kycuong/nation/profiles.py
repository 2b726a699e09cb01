"""Signed visits as the product's own checks make them, a few hundred of each kind of unit and form: every generated visit copies one.

So answers, exceptions, findings, states and columns are those that an import would have written; only unit, days and keys differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from kycuong.demo.scenario.sketch import VisitSketch
from kycuong.demo.visits import RowMaker
from kycuong.inspections.actions import VisitRow, checked_rows
from kycuong.inspections.models import AnswerException, Finding, Minutes, Visit
from kycuong.inspections.rules import Source
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import INSPECTABLE

from . import facts
from .writing import Row, Table

TRIED_ON = date(2025, 6, 16)
"""The day of the visits that are copied: every kind of unit exists on it."""
EACH = 40
"""Profiles of one kind of unit in one form."""
SHORT_FORM, FULL_FORM = "surprise", "planned"


@dataclass(frozen=True, slots=True)
class FindingProfile:
    """A finding to copy: its row, and after how many days its term ends and it is remedied."""

    row: Row
    severity: int
    code: str
    due_after: int | None
    remedied_after: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """A signed visit to copy."""

    visit: Row
    minutes: Row
    exceptions: tuple[Row, ...]
    findings: tuple[FindingProfile, ...]


@dataclass(frozen=True)
class Tables:
    """The tables that a visit fills."""

    visit: Table
    minutes: Table
    exception: Table
    finding: Table

    @classmethod
    def fresh(cls) -> Tables:
        return cls(Table(Visit), Table(Minutes), Table(AnswerException), Table(Finding))


Profiles = Mapping[tuple[str, bool], list[Profile]]
"""(kind of unit, short form?) → the profiles."""


def draw_profiles(units: Mapping[str, Unit], lead: Unit, *, seed: int, each: int = EACH) -> Profiles:
    """`units`: a unit of each inspectable kind that there is, for which the checks are made."""
    names = {kind: units[kind] for kind in INSPECTABLE if kind in units} | {"lead": lead}
    maker = RowMaker(names, {kind: kind for kind in names}, {}, date(facts.LAST_YEAR, 12, 31))
    rng = Random(f"profiles/{seed}")
    keys, rows = [], []
    for kind in sorted(names.keys() - {"lead"}):
        for short in (False, True):
            for number in range(each):
                keys.append((kind, short))
                rows.append(_row(maker, kind, short, number, rng.choice((0.75, 0.85, 0.9, 0.95, 0.99)), seed))
    found: dict[tuple[str, bool], list[Profile]] = {}
    tables = Tables.fresh()
    for key, one in zip(keys, checked_rows(rows, by=None, source=Source.DEMONSTRATION), strict=True):
        findings = tuple(_finding(tables.finding, finding) for finding in one.findings)
        exceptions = tuple(tables.exception.row_of(row) for row in one.exceptions)
        profile = Profile(tables.visit.row_of(one.visit), tables.minutes.row_of(one.minutes), exceptions, findings)
        found.setdefault(key, []).append(profile)
    return found


def _row(maker: RowMaker, kind: str, short: bool, number: int, quality: float, seed: int) -> VisitRow:
    form = SHORT_FORM if short else FULL_FORM
    key = f"{seed}/{kind}/{short}/{number}"
    return maker.row(number, VisitSketch(key, "lead", kind, TRIED_ON, form, quality=quality))


def _finding(table: Table, finding: Finding) -> FindingProfile:
    due = (finding.due_on - TRIED_ON).days if finding.due_on else None
    remedied = (finding.remedied_on - TRIED_ON).days if finding.remedied_on else None
    return FindingProfile(table.row_of(finding), finding.severity, finding.criterion_code, due, remedied)
