"""The days on which the generated nation works: the calendar of offices, and nobody is inspected around Tết."""

from __future__ import annotations

from datetime import date, timedelta

from kycuong.deadlines.queries import calendar_of
from kycuong.demo.scenario.sketch import is_working_day

from . import facts

LAST = date(facts.LAST_YEAR, 12, 31)


class Days:
    """The calendar from the first day of the nation to its last, read once."""

    def __init__(self) -> None:
        self.off = calendar_of(facts.BEGINNING, LAST).off

    def works(self, day: date) -> bool:
        return day not in self.off and is_working_day(day)

    def between(self, first: date, last: date) -> list[date]:
        """The working days of a stretch, both ends included."""
        days = (first + timedelta(offset) for offset in range((last - first).days + 1))
        return [day for day in days if self.works(day)]

    def since(self, day: date) -> date:
        """The day itself, or the next one on which somebody works."""
        while not self.works(day):
            day += timedelta(1)
        return day
