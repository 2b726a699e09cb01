"""Twelve small months: each day of a year with what the calendar says of it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from kycuong.deadlines.models import CalendarDay
from kycuong.deadlines.queries import Year
from kycuong.deadlines.rules import OFF, DayKind

SATURDAY = 5
WEEKDAYS = [
    ("T2", _("Thứ hai")),
    ("T3", _("Thứ ba")),
    ("T4", _("Thứ tư")),
    ("T5", _("Thứ năm")),
    ("T6", _("Thứ sáu")),
    ("T7", _("Thứ bảy")),
    ("CN", _("Chủ nhật")),
]


@dataclass(frozen=True)
class Square:
    """A day of a small month: how it looks, and what is said of it."""

    number: int
    look: str
    name: str
    is_today: bool


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday on; None stands for days of its neighbours."""

    number: int
    weeks: list[list[Square | None]]


def months_of(held: Year, *, today: date) -> list[Month]:
    """The twelve months of the year."""
    rows = {row.day: row for row in held.days}
    weeks = calendar.Calendar()
    return [
        Month(
            number,
            [
                [_square(day, rows.get(day), today) if day.month == number else None for day in week]
                for week in weeks.monthdatescalendar(held.year, number)
            ],
        )
        for number in range(1, 13)
    ]


def _square(day: date, row: CalendarDay | None, today: date) -> Square:
    look = "weekend" if day.weekday() >= SATURDAY else "plain"
    if row and row.kind in OFF:
        look = "off"
    elif row and row.kind == DayKind.WORKED:
        look = "worked"
    return Square(day.day, look, row.name if row and look in ("off", "worked") else "", day == today)
