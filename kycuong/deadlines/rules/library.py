"""What the library `holidays` says of a year in Vietnam, in our words: a draft that a person compares and confirms."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from holidays import country_holidays

from .days import DayKind

MADE_UP_FOR = re.compile(r"thay cho ngày (\d\d/\d\d/\d{4})")
COMPENSATORY = "(nghỉ bù)"
FULLER = {"29 Tết": "29 Tết Nguyên Đán"}


class LibraryDay(NamedTuple):
    """A day that differs from the plain week."""

    day: date
    kind: str
    name: str
    exchanged_for: date | None = None


def days_of_library(year: int) -> list[LibraryDay]:
    """The days off of a year and the weekend days worked in exchange, in order."""
    # A swap may cross the new year: 31/12/2018 was free for Saturday 5/1/2019.
    known = country_holidays("VN", years=[year - 1, year, year + 1], language="vi")
    days = [_day(day, name) for day, name in known.items()]
    days += [
        LibraryDay(one.exchanged_for, DayKind.WORKED, f"Làm bù cho ngày {one.day:%d/%m/%Y}", one.day)
        for one in days
        if one.exchanged_for
    ]
    return sorted(one for one in days if one.day.year == year)


def _day(day: date, name: str) -> LibraryDay:
    swapped = MADE_UP_FOR.search(name)
    if swapped:
        other = datetime.strptime(swapped[1], "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
        return LibraryDay(day, DayKind.SWAPPED, f"Nghỉ hoán đổi với {other:%d/%m/%Y}", other)
    kind = DayKind.COMPENSATORY if COMPENSATORY in name else DayKind.HOLIDAY
    return LibraryDay(day, kind, FULLER.get(name, name))
