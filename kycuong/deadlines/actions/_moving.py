"""Whoever holds running deadlines is asked, in the transaction in which the days off change, what has moved."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from kycuong.deadlines.models import CalendarDay
from kycuong.deadlines.rules import Moved
from kycuong.orgs.models import Person, Unit

KEEP = "daysoff.keep"


class Change(NamedTuple):
    """What an act wrote, and which running deadlines moved with it."""

    days: list[CalendarDay]
    moved: list[Moved]


def top() -> Unit | None:
    """Where the calendar is kept: it holds for every office of the province."""
    return Unit.objects.top()


def changed(days: list[CalendarDay], *, by: Person | None) -> Change:
    """The change, after each capability in `settings.DEADLINES_RUNNING` has moved its deadlines."""
    moved: list[Moved] = []
    for name in settings.DEADLINES_RUNNING if days else ():
        moved += import_string(name)(by=by)
    return Change(days, sorted(moved, key=lambda one: (one.new, one.about)))
