"""Days as people type them into sheets: read when they are certain, warned about when guessed, explained when wrong."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from .cells import Cell, Parsed
from .reading import error, parser, shown, warning

FIRST_DAY, LAST_DAY = date(1945, 9, 2), date(2100, 12, 31)
SERIAL_ZERO = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)
"""Serial numbers that a day of this product can have: 1954 to 2119."""
DAY = re.compile(
    r"(?:(?:thứ \w+|chủ nhật),?\s+)?(?:ngày\s+)?(\d{1,2})\s*(?:[/.\-]|tháng)\s*(\d{1,2})\s*(?:[/.\-]|năm)\s*(\d{4}|\d{2})"
)
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")


@parser
def date_value(cell: Cell, title: str) -> Parsed[date]:
    """A day: a real date, or 08/09/2026, 8-9-2026, 8.9.26, “ngày 8 tháng 9 năm 2026”, a serial number with a warning."""
    value = cell.value
    if isinstance(value, datetime):
        return _within(value.date(), cell, title)
    if isinstance(value, date):
        return _within(value, cell, title)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _day_of_number(value, cell, title)
    return _day_of_text(shown(value), cell, title)


def _day_of_number(value: int | float, cell: Cell, title: str) -> Parsed[date]:
    if 1900 <= value <= 2100:
        return _only_year(cell, title)
    if int(value) not in SERIALS:
        return _no_day(cell, title)
    day = SERIAL_ZERO + timedelta(days=int(value))
    return Parsed(
        day,
        warning(
            cell,
            title,
            f"Ô chứa số {int(value)}, được hiểu là ngày {day:%d/%m/%Y}. Hãy kiểm tra lại.",
            f"The cell holds the number {int(value)}, taken as the day {day:%d/%m/%Y}. Please check.",
        ),
    )


def _day_of_text(words: str, cell: Cell, title: str) -> Parsed[date]:
    if iso := ISO_DAY.fullmatch(words):
        year, month, day = map(int, iso.groups())
        return _day_of_parts(day, month, year, cell, title)
    if found := DAY.fullmatch(words.lower()):
        day, month, year = map(int, found.groups())
        if len(found.group(3)) == 2:
            return _short_year(day, month, 2000 + year, cell, title)
        return _day_of_parts(day, month, year, cell, title)
    if re.fullmatch(r"\d{5}(?:[.,]0+)?", words):
        return _day_of_number(int(words[:5]), cell, title)
    if re.fullmatch(r"(?:năm )?(?:19|20)\d\d", words.lower()):
        return _only_year(cell, title)
    return _no_day(cell, title)


def _short_year(day: int, month: int, year: int, cell: Cell, title: str) -> Parsed[date]:
    parsed = _day_of_parts(day, month, year, cell, title)
    if parsed.value is None:
        return parsed
    return Parsed(
        parsed.value,
        warning(
            cell,
            title,
            f"Năm chỉ có hai chữ số, được hiểu là {year}. Hãy kiểm tra lại.",
            f"The year has only two digits and was taken as {year}. Please check.",
        ),
    )


def _day_of_parts(day: int, month: int, year: int, cell: Cell, title: str) -> Parsed[date]:
    try:
        return _within(date(year, month, day), cell, title)
    except ValueError:
        return Parsed(
            issue=error(
                cell,
                title,
                f"Không có ngày {day:02d}/{month:02d}/{year}. Hãy sửa lại theo dạng ngày/tháng/năm, ví dụ 08/09/2026.",
                f"There is no day {day:02d}/{month:02d}/{year}. Write day/month/year, for example 08/09/2026.",
            )
        )


def _within(day: date, cell: Cell, title: str) -> Parsed[date]:
    if FIRST_DAY <= day <= LAST_DAY:
        return Parsed(day)
    return Parsed(
        issue=error(
            cell,
            title,
            f"Năm {day.year} không hợp lý. Hãy sửa lại theo dạng ngày/tháng/năm, ví dụ 08/09/2026.",
            f"The year {day.year} cannot be right. Write day/month/year, for example 08/09/2026.",
        )
    )


def _only_year(cell: Cell, title: str) -> Parsed[date]:
    return Parsed(
        issue=error(
            cell,
            title,
            "Ô chỉ có năm. Hãy ghi đủ ngày/tháng/năm, ví dụ 08/09/2026.",
            "The cell has only a year. Write day/month/year, for example 08/09/2026.",
        )
    )


def _no_day(cell: Cell, title: str) -> Parsed[date]:
    return Parsed(
        issue=error(
            cell,
            title,
            f"Không đọc được ngày «{shown(cell.value)[:60]}». Hãy ghi ngày/tháng/năm, ví dụ 08/09/2026.",
            f"“{shown(cell.value)[:60]}” is not a day. Write day/month/year, for example 08/09/2026.",
        )
    )
