"""The only place that reads the time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone


def now() -> datetime:
    """The moment, aware, in UTC as Django keeps it."""
    return timezone.now()


def today() -> date:
    """The day in Vietnam (settings.TIME_ZONE)."""
    return timezone.localdate()


AHEAD = timedelta(minutes=1)
"""So far may the clocks of several servers differ, or one be set back by the service that keeps it right."""


def around_now(span: timedelta, *, ahead: timedelta = AHEAD) -> tuple[datetime, datetime]:
    """From when to when something is lately, for `__range`. What lies further ahead was noted by a clock that was wrong and has
    been set back since: it may hold nothing up, and keep nothing open, until that hour comes."""
    moment = now()
    return moment - span, moment + ahead


def is_lately(moment: datetime, span: timedelta) -> bool:
    """Whether this was within the span before now; not when a clock that was wrong noted it ahead."""
    return is_within(now() - moment, span)


def is_within(age: timedelta, span: timedelta) -> bool:
    """The same of an age."""
    return -AHEAD <= age <= span
