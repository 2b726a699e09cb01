"""A year of the calendar: its days in order, who confirmed it, which years have nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kycuong.deadlines.models import CalendarDay, YearConfirmation


@dataclass(frozen=True)
class Year:
    """The days of a year that differ from the plain week, and its confirmation."""

    year: int
    days: list[CalendarDay]
    confirmation: YearConfirmation | None


def year_of(year: int) -> Year:
    """What is kept of a year."""
    confirmation = YearConfirmation.objects.filter(year=year).first()
    return Year(year, list(CalendarDay.objects.filter(day__year=year)), confirmation)


def years_without_days(*years: int) -> list[int]:
    """Those of the years of which nothing is kept."""
    held = {day.year for day in CalendarDay.objects.filter(day__year__in=years).dates("day", "year")}
    return [year for year in years if year not in held]


OCTOBER = 10
"""From this month on the calendar of the next year is asked for: terms begin to reach into it."""


def overdue_years(today: date) -> list[int]:
    """Years that should be confirmed by now and are not: this one, and from October on the next."""
    years = [today.year, *([today.year + 1] if today.month >= OCTOBER else [])]
    confirmed = set(YearConfirmation.objects.filter(year__in=years).values_list("year", flat=True))
    return [year for year in years if year not in confirmed]


def is_confirmed(year: int) -> bool:
    return YearConfirmation.objects.filter(year=year).exists()
