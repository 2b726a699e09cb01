"""The only place that reads the time."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The moment, aware, in UTC as Django keeps it."""
    return timezone.now()


def today() -> date:
    """The day in Vietnam (settings.TIME_ZONE)."""
    return timezone.localdate()
