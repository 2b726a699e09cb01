"""When a shortcoming repeats an earlier one: the same criterion, the same unit or one that it carries on, within a span."""

from __future__ import annotations

from datetime import date

REPEAT_SPAN_MONTHS = 24
"""How far back an earlier finding makes a later one a repeat. Figures and pages ask here."""


def is_within_span(earlier: date, later: date, *, months: int = REPEAT_SPAN_MONTHS) -> bool:
    """Before the later day and at most so many calendar months: 15/3/2024 is within two years of 15/3/2026, 14/3 is not."""
    return earlier < later and _ordinal(earlier) >= _ordinal(later) - months * 31


def _ordinal(day: date) -> int:
    """Grows with the day, and by 31 a month; the figures' SQL counts likewise."""
    return day.year * 372 + day.month * 31 + day.day
