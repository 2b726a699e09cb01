"""What a summary report says, as data: everything on its pages stands here, so that it can be kept and shown again from itself alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

FORMAT = 2
"""Rises with every field that comes. Older reports are read, and written again, as they were kept; newer ones are refused."""
SINCE = "since"
"""Of a field that came later: the format from which on it is kept. Its default is what an older report said: nothing."""


@dataclass(frozen=True)
class Place:
    """A unit as it was called at the cut-off."""

    slug: str
    name: str
    kind: str


@dataclass(frozen=True)
class Span:
    """Two days, both included."""

    first: date
    last: date
    name: str = ""
    label: str = ""


@dataclass(frozen=True)
class Rate:
    """Both numbers of a share."""

    numerator: int
    denominator: int

    @property
    def rate(self) -> float | None:
        return self.numerator / self.denominator if self.denominator else None


@dataclass(frozen=True)
class PlanTold:
    """A plan of the year, and how far it came by the cut-off."""

    number: str
    issued_on: date
    target_units: int | None
    target_percent: int | None
    progress: Rate | None = None


@dataclass(frozen=True)
class Taken:
    """Measures that were decided in the period. `other` are kinds of discipline without a column of their own."""

    collectives: int
    people: int
    reprimand: int
    warning: int
    removal_from_office: int
    forced_resignation: int
    other: int


@dataclass(frozen=True)
class Line:
    """One line of Biểu 1: an authority with all that is under it, the scope alone, or the whole."""

    place: Place
    stands_for: str
    """«authority», «alone» or «total»."""
    owes_plan: bool
    exists: bool
    plan: PlanTold | None
    units: int | None
    forms: Mapping[str, int]
    inspections: int
    inspections_of_year: int
    visits: int
    units_inspected: int
    units_inspected_of_year: int
    coverage_of_year: Rate | None
    kinds_of_year: Mapping[str, int]
    concluded: int
    findings: int
    finding_states: Mapping[str, int]
    handled: Rate
    taken: Taken | None
    """None where the reader may not know it."""
    left_on: date | None = None
    """Since when it no longer stands below the scope."""

    @property
    def says_something(self) -> bool:
        """Whether it would be missed."""
        counted = (self.inspections_of_year, self.inspections, self.findings, self.handled.denominator)
        return (
            self.owes_plan or self.plan is not None or any(counted) or bool(self.taken and self.taken != NOTHING_TAKEN)
        )


NOTHING_TAKEN = Taken(0, 0, 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class GroupLine:
    """One line of Biểu 2: a group of criteria, beside the same period of the year before."""

    code: str
    title: str
    units: int
    passed: int
    partial: int
    failed: int
    not_applicable: int
    findings: int
    repeats: int
    share: Rate
    share_before: Rate
    findings_before: int
    repeats_before: int


@dataclass(frozen=True)
class VisitLine:
    """One line of Biểu 3."""

    visit: str
    visited_on: date
    unit: Place
    lead: Place
    form: str
    minutes: str
    conclusion: str
    concluded_on: date | None
    findings: int


@dataclass(frozen=True)
class AdviceLine:
    """One line of Biểu 4; `text` is None for whoever may not read it."""

    recommendation: str
    text: str | None
    unit: Place
    document: str
    issued_on: date
    due_on: date | None
    standing: str
    answer: str
    days_over: int
    settled_on: date | None
    forwarded: bool
    carried_by: Place | None = field(default=None, metadata={SINCE: 2})
    """Who had taken it over by the cut-off."""


@dataclass(frozen=True)
class MeasureLine:
    """One line of Biểu 5: a kind of measure."""

    kind: str
    title: str
    collectives: int
    people: int


@dataclass(frozen=True)
class Scored:
    """One criterion of Biểu 6."""

    code: str
    title: str
    figure: str
    value: Rate
    points: float | None
    most: float
    tiers: str
    definition: str


@dataclass(frozen=True)
class Proof:
    """One document that proves it; without a number it still has to be filled in."""

    kind: str
    unit: Place
    number: str
    issued_on: date | None


@dataclass(frozen=True)
class Evidence:
    """Biểu 6."""

    year: int
    scored: tuple[Scored, ...]
    documents: tuple[Proof, ...]


@dataclass(frozen=True)
class Month:
    """A month of the year, up to the cut-off: «2019-01»."""

    month: str
    visits: int
    units_inspected: int


@dataclass(frozen=True)
class Office:
    """Whose report it is, as its head and its end say."""

    name: str
    issuer: str
    superior: str
    symbol: str
    place: str
    power: tuple[str, ...]
    signer: str
    to: tuple[str, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Summary:
    """A summary report of one unit and period at the cut-off, before anybody has signed it.

    `figures` and `before` are the figures by lead of the period and of the same one last year, by their names.
    """

    scope: Place
    period: Span
    year: Span
    made_at: str
    office: Office
    words: Mapping[str, tuple[str, ...]]
    figures: Mapping[str, Any]
    before: Mapping[str, Any]
    before_period: Span
    months: tuple[Month, ...]
    lines: tuple[Line, ...]
    total: Line
    groups: tuple[GroupLine, ...]
    visits: tuple[VisitLine, ...]
    advice: tuple[AdviceLine, ...]
    measures: tuple[MeasureLine, ...] | None
    evidence: Evidence
    without_plan: tuple[str, ...] = ()
    """Agencies at any depth, the scope itself too, that owe a plan and have issued none by the cut-off."""
    existed_before: bool = True
    """Whether the unit was there on any day of the same period last year."""
    format: int = FORMAT

    def without_measures(self) -> Summary:
        """For whoever may not know of measures, whoever the report was made for."""
        lines = (replace(line, taken=None) for line in self.lines)
        return replace(
            self,
            lines=tuple(line for line in lines if line.says_something),
            total=replace(self.total, taken=None),
            measures=None,
        )

    def without_words(self) -> Summary:
        """For whoever may not read what was recommended."""
        return replace(self, advice=tuple(replace(one, text=None) for one in self.advice))
