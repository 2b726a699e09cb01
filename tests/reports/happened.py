"""What may have happened in a small province, as plain rows: units, visits, findings, plans and what was declared."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

FOREVER = date(9999, 12, 31)
BEGIN, FIRST_VISIT, END = date(2016, 1, 1), date(2017, 6, 1), date(2020, 12, 31)
PROVINCE = 1
FORMS = ("planned", "surprise", "combined", "cross_check", "recheck", "remote", "self_check")
OUTCOMES = ("partial", "fail", "fail", "not_applicable", "not_asked")
CODES = ("A1", "A2", "B1", "B2", "I1")


@dataclass(frozen=True)
class Version:
    unit: int
    kind: str
    start: date
    end: date


@dataclass(frozen=True)
class Edge:
    child: int
    parent: int
    start: date
    end: date


@dataclass(frozen=True)
class Succession:
    day: date
    old: int
    new: int | None
    whole: bool


@dataclass(frozen=True)
class Inspection:
    id: int
    lead: int
    form: str
    topics: tuple[int, ...]
    sealed: bool


@dataclass(frozen=True)
class Visit:
    id: int
    inspection: int
    unit: int
    day: date
    state: str
    checklist: int | None
    short: bool


@dataclass(frozen=True)
class Slip:
    """An answer that is no plain pass."""

    visit: int
    code: str
    outcome: str


@dataclass(frozen=True)
class Finding:
    id: int
    visit: int
    code: str
    severity: int
    due: date | None
    remedied: date | None
    objected: date | None = None
    decided: date | None = None
    outcome: str = ""
    severity_now: int | None = None


@dataclass(frozen=True)
class Hearing:
    """The draft of a conclusion, shown to the unit for its word."""

    visit: int
    shared: date
    until: date
    heard: date | None


@dataclass(frozen=True)
class Recommendation:
    """What a unit is asked for, with all that happened since. `settled` is (state, day of the remedy, day it was decided)."""

    id: int
    visit: int
    unit: int
    issued: date | None
    terms: tuple[tuple[str, date, date], ...] = ()
    """(why, set on, due on), in the order in which they were set."""
    reports: tuple[tuple[date, date | None, int], ...] = ()
    """(submitted, decided, files)."""
    extensions: tuple[tuple[date, date | None, date | None], ...] = ()
    """(asked, answered, granted until)."""
    settled: tuple[str, date, date] | None = None
    late: int | None = None
    findings: tuple[int, ...] = ()
    """Those of its visit that it answers."""
    moved: tuple[date, ...] = ()
    """From when other units carry it on, where no term says so. It still counts at `unit`, to which it was issued."""

    def days(self) -> list[date]:
        ends = [day for row in (*self.terms, *self.reports, *self.extensions) for day in row if isinstance(day, date)]
        return [*ends, *(self.settled or ())[1:], *([self.issued] if self.issued else [])]


@dataclass(frozen=True)
class Declared:
    """A unit's self-check in a campaign of an authority; a day only once it is submitted."""

    unit: int
    authority: int
    day: date | None


@dataclass(frozen=True)
class Plan:
    id: int
    agency: int
    year: int
    issued: date | None
    target_units: int | None
    target_percent: int | None


@dataclass(frozen=True)
class Criterion:
    checklist: int
    code: str
    short: bool
    counted: bool


CRITERIA = tuple(
    Criterion(checklist, code, short=code in ("A1", "B2"), counted=code != "I1")
    for checklist, codes in ((1, CODES), (2, CODES[1:]))
    for code in codes
)
DUTIES = (
    ("provincial_department", date(1900, 1, 1), FOREVER),
    ("district_pc", date(1900, 1, 1), date(2020, 7, 1)),
    ("commune_pc", date(2020, 7, 1), FOREVER),
)


@dataclass
class History:
    """Everything that happened, in lists."""

    versions: list[Version] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)
    inspections: list[Inspection] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    hearings: list[Hearing] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    declared: list[Declared] = field(default_factory=list)

    def units(self) -> list[int]:
        return sorted({version.unit for version in self.versions})

    def copy(self) -> History:
        return History(**{name: list(rows) for name, rows in vars(self).items()})

    def change_days(self) -> list[date]:
        return sorted({row.day for row in self.successions} | {row.start for row in (*self.versions, *self.edges)})
