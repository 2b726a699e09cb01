"""Questions about one's own notices, and about what ran by itself."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from kycuong.core.clock import now
from kycuong.orgs.models import Person

from .models import MailWish, Notice, TickRun
from .models.notices import NoticeQuerySet
from .rules import Wish, is_far

SHOWN = ("all", "unread", "due")


def inbox(person: Person, show: str = "all") -> NoticeQuerySet:
    """One's notices, unread ones first, each kind with the newest first."""
    found = Notice.objects.visible_to(person)
    if show == "unread":
        found = found.unread()
    if show == "due":
        found = found.filter(due=True)
    return found.order_by(F("read_at").desc(nulls_first=True), "-pk") if show != "unread" else found.order_by("-pk")


def unread_count(person: Person) -> int:
    """For the head of every page: one count over an index of unread rows."""
    return Notice.objects.visible_to(person).unread().count()


def wish_of(person: Person) -> MailWish:
    """What the person has set, or the default, unsaved."""
    return MailWish.objects.filter(person=person).first() or MailWish(person=person, wish=Wish.DAILY)


def last_run() -> datetime | None:
    """When the last whole run came to its end: the last that began, whatever the clock said then."""
    row = TickRun.objects.whole().filter(ended_at__isnull=False).order_by("-pk").first()
    return row.ended_at if row else None


def last_run_far_away() -> datetime | None:
    """The same where it lies days away from now: until a person says that the hour is right, only what can be undone is done."""
    last = last_run()
    return last if last is not None and is_far(last, now()) else None
