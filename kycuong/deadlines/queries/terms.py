"""Terms and counts in working days, with the calendar read once for the span that is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from kycuong.deadlines.models import CalendarDay, YearConfirmation
from kycuong.deadlines.rules import OFF, Calendar, DayKind, Term, ensure_span, term

SLACK = timedelta(days=40)
"""What days off may add to the plain weeks of a term before the calendar must be read a second time."""


def term_of(start: date, days: int) -> Term:
    """The n-th working day after `start`, with how it was computed."""
    return terms_of([(start, days)])[0]


def terms_of(wanted: Sequence[tuple[date, int]]) -> list[Term]:
    """Several terms from one reading of the calendar, in the order given: for lists."""
    if not wanted:
        return []
    for start, days in wanted:
        ensure_span(start, days)
    last = max(start + timedelta(weeks=days / 5) + SLACK for start, days in wanted)
    calendar = calendar_of(min(start for start, _days in wanted), last)
    return [_term(calendar, start, days) for start, days in wanted]


def _term(calendar: Calendar, start: date, days: int) -> Term:
    found = term(start, days, off=calendar.off, worked=calendar.worked)
    if found.due_on > calendar.last:  # more days off than anybody expects: read on, with as much room again
        return _term(calendar_of(start, found.due_on + SLACK), start, days)
    return replace(found, unconfirmed_years=calendar.unconfirmed(start, found.due_on))


def working_days_between(first: date, last: date) -> int:
    """Working days after `first`, up to and including `last`; below zero when `last` is earlier.

    `working_days_between(start, term_of(start, n).due_on) == n`.
    """
    return calendar_of(min(first, last), max(first, last)).count(first, last)


def calendar_of(first: date, last: date) -> Calendar:
    """What differs from the plain week from `first` to `last`, both included."""
    off, worked = {}, set()
    for day, kind, name in CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "kind", "name"):
        if kind in OFF:
            off[day] = name
        elif kind == DayKind.WORKED:
            worked.add(day)
    confirmed = YearConfirmation.objects.filter(year__range=(first.year, last.year)).values_list("year", flat=True)
    return Calendar(first, last, off, worked, frozenset(confirmed))
