"""How a term in working days is computed, and how the computation is told. No database: the calendar is an argument."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext

from kycuong.core.problems import BadInput

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_DAYS = 1000
"""Longest term in working days: four years. No law sets one near to it; a longer number is a slip of the hand."""
SATURDAY = 5
ONE = timedelta(days=1)


class Run(NamedTuple):
    """Days off in a row that a term passed, the names of its days told once."""

    first: date
    last: date
    name: str


class Moved(NamedTuple):
    """A running deadline that moved because the days off changed: what it is about, where it is, from when to when."""

    about: str
    url: str
    old: date
    new: date
    unit_id: int


@dataclass(frozen=True)
class Term:
    """A term and how it came about: which days off were passed, which weekend days were worked in exchange."""

    start: date
    days: int
    due_on: date
    skipped: tuple[Run, ...] = ()
    made_up: tuple[date, ...] = ()
    unconfirmed_years: tuple[int, ...] = ()
    """Years in the span whose days off nobody has compared with the announcement; an empty one counts weekends alone."""

    @property
    def words(self) -> str:
        """The computation in Vietnamese, in one line."""
        left_out = _listed(["thứ Bảy", "Chủ nhật", *map(self._run, self.skipped)], "và")
        worked = f"; tính cả {_listed(list(map(self._day, self.made_up)), 'và')} (làm bù)" if self.made_up else ""
        return (
            f"{self.days} ngày làm việc kể từ {self.start:%d/%m/%Y}, không tính {left_out}{worked}"
            f" → {self.due_on:%d/%m/%Y}"
        )

    @property
    def words_en(self) -> str:
        """The same in English; names of days off stay as they are written in the calendar."""
        left_out = _listed(["Saturdays", "Sundays", *map(self._run, self.skipped)], "and")
        worked = f"; counting {_listed(list(map(self._day, self.made_up)), 'and')} (worked in exchange)"
        return (
            f"{self.days} working {'day' if self.days == 1 else 'days'} after {self.start:%d/%m/%Y}, leaving out "
            f"{left_out}{worked if self.made_up else ''} → {self.due_on:%d/%m/%Y}"
        )

    @property
    def warning(self) -> str:
        """What to know before relying on the day: the years whose days off are not confirmed. Empty when there is none."""
        years = _listed([str(year) for year in self.unconfirmed_years], gettext("và"))
        return gettext("Lịch nghỉ năm %s chưa được xác nhận.") % years if years else ""

    def _day(self, day: date) -> str:
        return f"{day:%d/%m}" if day.year == self.start.year else f"{day:%d/%m/%Y}"

    def _run(self, run: Run) -> str:
        span = self._day(run.first) if run.first == run.last else f"{self._day(run.first)}–{self._day(run.last)}"
        return f"{span} ({run.name})"


@dataclass(frozen=True)
class Calendar:
    """The days that differ from the plain week, and the years that somebody confirmed: enough for any term in its span."""

    first: date
    last: date
    off: Mapping[date, str] = field(default_factory=dict)
    worked: Collection[date] = frozenset()
    confirmed: Collection[int] = frozenset()

    def is_working(self, day: date) -> bool:
        return is_working_day(day, off=self.off, worked=self.worked)

    def count(self, first: date, last: date) -> int:
        """Working days after `first`, up to and including `last`: what `term` undoes. Below zero when `last` is earlier."""
        if last < first:
            return -self.count(last, first)
        return sum(self.is_working(day) for day in days_after(first, last))

    def unconfirmed(self, first: date, last: date) -> tuple[int, ...]:
        return tuple(year for year in range(first.year, last.year + 1) if year not in self.confirmed)


def is_working_day(day: date, *, off: Mapping[date, str], worked: Collection[date]) -> bool:
    """Monday to Friday unless off; Saturday and Sunday only when worked in exchange."""
    return day in worked if day.weekday() >= SATURDAY else day not in off


def days_after(first: date, last: date) -> Iterator[date]:
    """Each day after `first`, up to and including `last`."""
    for step in range(1, (last - first).days + 1):
        yield first + timedelta(days=step)


def term(start: date, days: int, *, off: Mapping[date, str], worked: Collection[date]) -> Term:
    """The n-th working day after `start`, whose own day does not count."""
    ensure_span(start, days)
    day, left = start, days
    passed: list[date] = []
    made_up: list[date] = []
    while left:
        day += ONE
        if is_working_day(day, off=off, worked=worked):
            left -= 1
            made_up += [day] * (day in worked and day.weekday() >= SATURDAY)
        elif day in off:
            passed.append(day)
    return Term(start, days, day, tuple(runs(passed, off)), tuple(made_up))


def ensure_span(start: date, days: int) -> None:
    """The term is one that the calendar can hold."""
    if not 1 <= days <= MOST_DAYS:
        raise BadInput(
            f"Số ngày làm việc phải từ 1 đến {MOST_DAYS}; hãy sửa lại.",
            en=f"The number of working days must be from 1 to {MOST_DAYS}; mend it.",
            errors=[{"field": "days", "vi": f"Hãy ghi từ 1 đến {MOST_DAYS} ngày.", "en": f"From 1 to {MOST_DAYS}."}],
        )
    ensure_year(start.year, field="start")


def ensure_year(year: int, *, field: str = "year") -> None:
    """The year is one that offices may have to do with."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(
            f"Lịch nghỉ chỉ có từ năm {FIRST_YEAR} đến năm {LAST_YEAR}; hãy sửa lại năm.",
            en=f"The calendar covers the years {FIRST_YEAR} to {LAST_YEAR}; mend the year.",
            errors=[
                {
                    "field": field,
                    "vi": f"Hãy ghi năm từ {FIRST_YEAR} đến {LAST_YEAR}.",
                    "en": f"Year {FIRST_YEAR}–{LAST_YEAR}.",
                }
            ],
        )


def runs(days: Sequence[date], off: Mapping[date, str]) -> Iterator[Run]:
    """Days off, in order, put together where they follow one another."""
    rows: list[list[date]] = []
    for day in days:
        if rows and day - rows[-1][-1] == ONE:
            rows[-1].append(day)
        else:
            rows.append([day])
    for row in rows:
        yield Run(row[0], row[-1], name_of_run([off[day] for day in row]))


def name_of_run(names: Sequence[str]) -> str:
    """Each name once; «Mùng hai Tết Nguyên Đán» says no more than «Tết Nguyên Đán» where both are there."""
    once = list(dict.fromkeys(names))
    return ", ".join(name for name in once if not any(other != name and other in name for other in once))


def _listed(parts: Sequence[str], joint: str) -> str:
    """a, b và c."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joint} {parts[-1]}"
