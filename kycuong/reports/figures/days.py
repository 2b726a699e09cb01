"""Arithmetic with days that every engine understands: a day is read as its ten characters."""

from __future__ import annotations


def parts_of(day: str) -> tuple[str, str, str]:
    """SQL: year, month and day of the month as whole numbers."""
    text = f"CAST({day} AS VARCHAR(10))"
    year, month, of_month = (
        f"CAST(SUBSTR({text}, {start}, {size}) AS INTEGER)" for start, size in ((1, 4), (6, 2), (9, 2))
    )
    return year, month, of_month


def calendar_ordinal(day: str) -> str:
    """SQL: a number that grows with the day and by 31 a month, so that whole months can be taken off on any engine."""
    year, month, of_month = parts_of(day)
    return f"({year} * 372 + {month} * 31 + {of_month})"


def day_number(day: str) -> str:
    """SQL: a number that grows by one a day, so that days between two days can be told on any engine.

    Years begin in March here: the leap day is then the last one of its year.
    """
    year, month, of_month = parts_of(day)
    since_march = f"CASE WHEN {month} > 2 THEN {year} ELSE {year} - 1 END"
    months = f"CASE WHEN {month} > 2 THEN {month} - 3 ELSE {month} + 9 END"
    fours, hundreds, four_hundreds = (whole(f"({since_march})", by) for by in (4, 100, 400))
    leaps = f"{fours} - {hundreds} + {four_hundreds}"
    return f"(365 * ({since_march}) + {leaps} + {whole(f'(153 * ({months}) + 2)', 5)} + {of_month})"


def whole(number: str, by: int) -> str:
    """SQL: how many times it goes into a number that is not negative. What `/` leaves of whole numbers differs between engines."""
    return f"CAST(({number} - {number} % {by}) / {by} AS INTEGER)"
