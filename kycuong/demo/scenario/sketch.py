"""Shapes of the generated data, and the small choices that all generators share."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

SEED = "kycuong-demonstration-1"

TET = {
    2016: (date(2016, 2, 4), date(2016, 2, 15)),
    2017: (date(2017, 1, 25), date(2017, 2, 2)),
    2018: (date(2018, 2, 12), date(2018, 2, 21)),
    2019: (date(2019, 2, 1), date(2019, 2, 11)),
    2020: (date(2020, 1, 22), date(2020, 1, 30)),
    2021: (date(2021, 2, 9), date(2021, 2, 17)),
    2022: (date(2022, 1, 28), date(2022, 2, 7)),
    2023: (date(2023, 1, 19), date(2023, 1, 27)),
    2024: (date(2024, 2, 7), date(2024, 2, 15)),
    2025: (date(2025, 1, 24), date(2025, 2, 3)),
    2026: (date(2026, 2, 13), date(2026, 2, 23)),
}
"""Days around the lunar new year on which nobody is inspected (first and last day)."""

FIXED_HOLIDAYS = {(1, 1), (4, 30), (5, 1), (9, 2), (9, 3)}


@dataclass(frozen=True)
class VisitSketch:
    """One visit to come: who leads, whom, when, how. Keys are those of kycuong.demo.langson."""

    inspection: str
    lead: str
    unit: str
    on: date
    form: str
    topics: tuple[str, ...] = ("admin_discipline",)
    quality: float = 0.9
    """Chance that one answer is a plain pass."""


@dataclass(frozen=True)
class PlanSketch:
    """The plan of one agency for one year; `issued_on` None is a plan still in draft."""

    agency: str
    year: int
    number: str
    issued_on: date | None
    target_percent: int | None = None
    target_units: int | None = None
    window: tuple[date, date] | None = None


@dataclass
class Batch:
    """What one agency does in one stretch of time, cut into inspections of one to four units on one day."""

    lead: str
    units: Sequence[str]
    days: Sequence[date]
    surprise: float = 0.7
    form: str | None = None
    topics: tuple[str, ...] = ("admin_discipline",)
    quality: float = 0.9
    label: str = ""
    largest: int = 4
    others: tuple[str, ...] = field(default=("planned", "planned", "planned", "remote", "cross_check"))


def dice(*parts: object) -> random.Random:
    """A generator of its own for each purpose, so that one change does not reshuffle everything."""
    return random.Random(":".join([SEED, *map(str, parts)]))


def is_working_day(day: date) -> bool:
    """Monday to Friday, outside the fixed holidays and the days around Tết."""
    first, last = TET.get(day.year, (date.max, date.max))
    return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS and not first <= day <= last


def working_days(first: date, last: date) -> list[date]:
    """The working days of a stretch, both ends included."""
    days = (first + timedelta(offset) for offset in range((last - first).days + 1))
    return [day for day in days if is_working_day(day)]


def visits_of(batch: Batch, rng: random.Random) -> Iterator[VisitSketch]:
    """Cut a batch into inspections; units of one inspection are visited on one day, in one form."""
    waiting = list(batch.units)
    rng.shuffle(waiting)
    serial = 0
    while waiting:
        size = min(len(waiting), rng.choice([1, 1, 2, 2, 3, batch.largest]))
        group, waiting = waiting[:size], waiting[size:]
        serial += 1
        on = rng.choice(batch.days)
        form = batch.form or ("surprise" if rng.random() < batch.surprise else rng.choice(batch.others))
        key = f"{batch.lead}/{batch.label or batch.days[0].year}/{serial:03d}"
        for unit in group:
            yield VisitSketch(key, batch.lead, unit, on, form, batch.topics, batch.quality)


def in_order(visits: Iterable[VisitSketch]) -> list[VisitSketch]:
    """By day, then by inspection: the order in which they would have been recorded."""
    return sorted(visits, key=lambda visit: (visit.on, visit.inspection, visit.unit))
