"""The rules of working days: terms, what may be entered in the calendar, what a library knows of a year."""

from __future__ import annotations

from .days import (
    OFF,
    DayKind,
    DaySource,
    ensure_announcement,
    ensure_can_be_confirmed,
    ensure_day_off,
    ensure_free,
    ensure_swap,
    ensure_there_is_something_to_remove,
)
from .library import LibraryDay, days_of_library
from .terms import (
    FIRST_YEAR,
    LAST_YEAR,
    MOST_DAYS,
    Calendar,
    Moved,
    Run,
    Term,
    ensure_span,
    ensure_year,
    is_working_day,
    term,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "MOST_DAYS",
    "OFF",
    "Calendar",
    "DayKind",
    "DaySource",
    "LibraryDay",
    "Moved",
    "Run",
    "Term",
    "days_of_library",
    "ensure_announcement",
    "ensure_can_be_confirmed",
    "ensure_day_off",
    "ensure_free",
    "ensure_span",
    "ensure_swap",
    "ensure_there_is_something_to_remove",
    "ensure_year",
    "is_working_day",
    "term",
]
