"""Questions about working days: terms, counts, the calendar of a stretch or a year, what waits for whom."""

from __future__ import annotations

from .moving import readable
from .terms import calendar_of, term_of, terms_of, working_days_between
from .todos import todos
from .years import Year, is_confirmed, overdue_years, year_of, years_without_days

__all__ = [
    "Year",
    "calendar_of",
    "is_confirmed",
    "overdue_years",
    "readable",
    "term_of",
    "terms_of",
    "todos",
    "working_days_between",
    "year_of",
    "years_without_days",
]
