"""The calendar: a month of what is planned, done and due, asked of each capability; here is only the grid."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.followup.queries import dated as of_followup
from kycuong.inspections.queries import dated as of_inspections
from kycuong.orgs.models import Person
from kycuong.plans.queries import dated as of_plans
from kycuong.rounds.queries import dated as of_rounds
from kycuong.selfchecks.queries import dated as of_self_checks
from kycuong.ui.todo import Dated

PARTS: list[Callable[..., Iterator[Dated]]] = [of_plans, of_inspections, of_followup, of_self_checks, of_rounds]
"""Each gives what falls between two days of one month."""
MONTH = re.compile(r"(\d{4})-(\d{2})")
WEEKDAYS = [
    _lazy("Thứ hai"),
    _lazy("Thứ ba"),
    _lazy("Thứ tư"),
    _lazy("Thứ năm"),
    _lazy("Thứ sáu"),
    _lazy("Thứ bảy"),
    _lazy("Chủ nhật"),
]
YEARS = range(2000, 2101)
IN_A_DAY = 3
"""Lines that a day of the grid shows; the rest is one step away, on the day itself."""


@dataclass(frozen=True)
class Day:
    """A square of the grid."""

    day: date
    lines: list[Dated]
    in_month: bool
    is_today: bool

    @property
    def shown(self) -> list[Dated]:
        return self.lines if len(self.lines) <= IN_A_DAY + 1 else self.lines[:IN_A_DAY]

    @property
    def more(self) -> int:
        return len(self.lines) - len(self.shown)


@require_safe
def month(request: Request) -> HttpResponse:
    """`?month=2026-03&whose=all&day=2026-03-14`: the month of the day, of the person's own units or of all it may see."""
    day, wrong_day = _day(request.GET.get("day", ""))
    first, wrong_month = _month(request.GET.get("month", ""), day or today())
    mine = request.GET.get("whose") != "all"
    lines = list(falling(request.user, first, mine=mine))
    weeks = [
        [_square(one, first, lines) for one in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    context = {
        "title": _("Lịch tháng %(month)s") % {"month": f"{first:%m/%Y}"},
        "first": first,
        "before": first - timedelta(days=1),
        "after": _last(first) + timedelta(days=1),
        "mine": mine,
        "wrong": wrong_day or wrong_month,
        "weekdays": WEEKDAYS,
        "weeks": weeks,
        "some_day": [line for line in lines if line.day is None],
        "chosen": day,
        "of_day": [line for line in lines if day and line.day == day],
        "lines": lines,
        "today": today(),
        "days_off": f"{reverse('deadlines:days_off')}?year={first.year}",
    }
    return page(request, "ui/calendar.html", context=context, status=422 if context["wrong"] else 200)


def falling(person: Person, first: date, *, mine: bool) -> Iterator[Dated]:
    """Everything of the month that begins on `first`, in the order of the capabilities."""
    for part in PARTS:
        yield from part(person, first, _last(first), today=today(), mine=mine)


def between(person: Person, first: date, last: date) -> Iterator[Dated]:
    """What has a day, over months and years, of the person's own units and teams: for programs that show calendars."""
    for part in PARTS:
        if part is not of_plans:  # an item of a plan has a month and no day
            yield from part(person, first, last, today=today(), mine=True)


def month_asked(asked: Mapping[str, str]) -> date:
    """The first day of the month that an address asks for, by its day or its month."""
    day, _wrong = _day(asked.get("day", ""))
    return _month(asked.get("month", ""), day or today())[0]


def _square(day: date, first: date, lines: list[Dated]) -> Day:
    own = [line for line in lines if line.day == day]
    return Day(day, own, in_month=day.month == first.month, is_today=day == today())


def _day(text: str) -> tuple[date | None, bool]:
    """The day, and whether what was given is none."""
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None, True
    return (None, True) if day and day.year not in YEARS else (day, False)


def _month(text: str, otherwise: date) -> tuple[date, bool]:
    found = MONTH.fullmatch(text) if text.isascii() else None
    if found and int(found[1]) in YEARS and 1 <= int(found[2]) <= 12:
        return date(int(found[1]), int(found[2]), 1), False
    return otherwise.replace(day=1), bool(text)


def _last(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
