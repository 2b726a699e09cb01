"""What people set in their own inbox: read marks, and whether they want e-mail. No act: no record and no right changes."""

from __future__ import annotations

from kycuong.core.clock import now
from kycuong.orgs.models import Person

from .models import Announcement, MailWish, Notice, PutAway


def mark_read(notice: Notice, person: Person) -> None:
    """Once; the first time stays."""
    Notice.objects.visible_to(person).unread().filter(pk=notice.pk).update(read_at=now())


def mark_all_read(person: Person, *, until: Notice | None = None) -> int:
    """Every notice of the person, up to the one that stood first on the page: what came since then has not been seen."""
    waiting = Notice.objects.visible_to(person).unread()
    if until is not None:
        waiting = waiting.filter(pk__lte=until.pk)
    return waiting.update(read_at=now())


def put_away(announcement: Announcement, person: Person) -> None:
    """Once; the person's pages show it no more."""
    PutAway.objects.get_or_create(announcement=announcement, person=person)


def wish(person: Person, value: str) -> None:
    MailWish.objects.update_or_create(person=person, defaults={"wish": value})
