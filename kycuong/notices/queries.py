"""Questions about one's own notices, about announcements, and about what ran by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.clock import now, today
from kycuong.orgs.authority import scope, units_where
from kycuong.orgs.models import Person, UnitVersion
from kycuong.ui.todo import Todo

from .models import Announcement, MailWish, Notice, TickRun
from .models.announcements import AnnouncementQuerySet
from .models.notices import NoticeQuerySet
from .rules import Wish, is_far

MOST_SHOWN = 3
"""So many announcements stand above a page at once; the others follow when these are put away."""
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


def any_running() -> Exists:
    """Whether anything is announced today at all: asked inside another question, so that a page without any asks no more."""
    return Exists(Announcement.objects.running(today()))


def shown_to(person: Person) -> list[Announcement]:
    """What stands on top of the person's pages today, the newest first."""
    found = Announcement.objects.reaching(person).running(today()).not_put_away_by(person)
    name = UnitVersion.objects.filter(unit=OuterRef("unit")).order_by("-valid_from").values("name")[:1]
    return list(found.annotate(unit_name=Subquery(name)).order_by("-pk")[:MOST_SHOWN])


def announcements(person: Person) -> AnnouncementQuerySet:
    """All that the person may read, those that have not ended first."""
    found = Announcement.objects.visible_to(person).select_related("unit").prefetch_related("unit__versions")
    return found.order_by(F("ended_at").asc(nulls_first=True), "-last_on", "-pk")


def kept_by(person: Person, rows: Iterable[Announcement]) -> set[int]:
    """Those that the person may end, by their keys."""
    found = Announcement.objects.filter(scope(person, "announcement.write", unit="unit"))
    return set(found.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))


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
