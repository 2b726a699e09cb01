"""Whose calendar an address is, and what stands in it."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from kycuong.connect.models import CalendarFeed
from kycuong.connect.rules import calendar, window
from kycuong.core.clock import now, today
from kycuong.core.presence import Presence, present
from kycuong.orgs.models import Person
from kycuong.signin.queries import lacks_factor

NOTED_AFTER = 3600
"""Seconds: so often it is noted that somebody asked."""


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def feed_of(person: Person) -> CalendarFeed | None:
    return CalendarFeed.objects.visible_to(person).first()


def all_feeds() -> QuerySet[CalendarFeed]:
    """Of everybody: for the command at the machine."""
    return CalendarFeed.objects.select_related("person").order_by("person__username")


def feed_at(token: str) -> CalendarFeed | None:
    """Of a person who could sign in now: no closed account, no password that is to be changed, no factor that is missing."""
    feed = CalendarFeed.objects.select_related("person").filter(digest=digest_of(token)).first()
    if feed is None or not feed.person.is_active or feed.person.password_ends_at or lacks_factor(feed.person):
        return None
    moment = now()
    if feed.last_used_at is None or (moment - feed.last_used_at).total_seconds() > NOTED_AFTER:
        with suppress(DatabaseError):  # one that takes nothing is no reason to show nothing
            CalendarFeed.objects.filter(pk=feed.pk).update(last_used_at=moment)
    return feed


def text_of(feed: CalendarFeed, base: str) -> str:
    """The calendar as the person's own page shows it, of the own units and teams. A program asks: nothing sealed exists for it."""
    first, last = window(today())
    with present(Presence(proved_at=None, keyed=True)):
        lines = list(import_string(settings.FALLING)(feed.person, first, last))
    return calendar(lines, name="Kỷ Cương: việc và hạn của tôi", base=base, stamp=feed.made_at)
