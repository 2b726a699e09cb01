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


def around_now(span: timedelta) -> tuple[datetime, datetime]:
    """From when to when something is lately, for `__range`. What lies further ahead was noted by a clock that was wrong and has
    been set back since: it may hold nothing up, and keep nothing open, until that hour comes."""
    moment = now()
    return moment - span, moment + span


def is_lately(moment: datetime, span: timedelta) -> bool:
    """Whether this was within the span before now; not when it lies as far ahead."""
    begin, end = around_now(span)
    return begin <= moment <= end
