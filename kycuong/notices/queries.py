"""Questions about one's own notices, and about what ran by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.clock import now
from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Person
from kycuong.ui.todo import Todo

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


def last_fault(among: Collection[str], *, days: int) -> str:
    """The last of these faults that a step told within so many days, whatever later runs said; or nothing."""
    rows = TickRun.objects.filter(fault__in=among, ended_at__gte=now() - timedelta(days))
    return rows.order_by("-pk").values_list("fault", flat=True).first() or ""


def last_run_far_away() -> datetime | None:
    """The same where it lies days away from now: until a person says that the hour is right, only what can be undone is done."""
    last = last_run()
    return last if last is not None and is_far(last, now()) else None


def todos(person: Person, *, today: date) -> Iterator[Todo]:
    """While the hour is in doubt: to look at the clock of the server, for whoever runs the system."""
    if units_where(person, "tick.see") and last_run_far_away() is not None:
        about = _("Việc không rút lại được (xóa tên, hết hạn, gửi thư) đang chờ cho đến khi giờ được xác nhận")
        yield Todo(_("Xem lại giờ máy chủ"), about, reverse("notices:ticks"), today)
