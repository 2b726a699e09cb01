"""The secret address of a person's calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from kycuong.core.clock import now
from kycuong.core.ids import uuid7

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    """Words about calendars."""

    def visible_to(self, person: Someone) -> CalendarFeedQuerySet:
        """One's own alone."""
        return self.filter(person_id=person.pk) if person.is_authenticated and person.is_active else self.none()


class CalendarFeed(models.Model):
    """That a calendar program may ask for the days of a person, by an address that only it knows; its digest is kept."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now, editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)

    objects = CalendarFeedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.person_id} từ {self.made_at:%Y-%m-%d}"
