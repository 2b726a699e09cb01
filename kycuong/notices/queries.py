"""Questions about one's own notices, about announcements, and about what ran by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Subquery, Window
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from kycuong.core.clock import now, today
from kycuong.orgs.authority import can, carried_on, scope, units_where
from kycuong.orgs.models import Assignment, Closure, Person, Unit, UnitVersion
from kycuong.orgs.queries import full_names
from kycuong.orgs.roles import roles_with
from kycuong.ui.todo import Todo

from .models import Announcement, MailWish, Notice, TickRun
from .models.announcements import AnnouncementQuerySet
from .models.notices import NoticeQuerySet
from .rules import Wish, is_far

MOST_SHOWN = 3
"""So many announcements stand above a page at once; a link leads to the others."""
WRITE = "announcement.write"
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


def counting_unread(person: Person) -> Coalesce:
    """The same count inside another question."""
    rows = Notice.objects.visible_to(person).unread().order_by().values("person_id")
    return Coalesce(Subquery(rows.annotate(many=Count("*")).values("many")), 0)


def any_running() -> Exists:
    """Whether anything is announced today at all: asked inside another question, so that a page without any asks no more."""
    return Exists(Announcement.objects.running(today()))


def still_shown() -> list[Announcement]:
    """All that run or are still to come, whoever they are for: for whoever has the machine."""
    rows = Announcement.objects.filter(ended_at=None, last_on__gte=today()).select_related("unit")
    return list(rows.order_by("first_on", "pk"))


def shown_to(person: Person) -> list[Announcement]:
    """What stands on top of the person's pages today, the newest first; each knows how many more there are (`others`)."""
    found = Announcement.objects.reaching(person).running(today()).not_put_away_by(person)
    named = _signed(found).annotate(unit_name=_name_of("unit"), others=Window(Count("*")) - MOST_SHOWN)
    return list(named.order_by("-first_on", "-pk")[:MOST_SHOWN])


def announcements(person: Person) -> AnnouncementQuerySet:
    """All that the person may read, those that have not been ended first, then by their first day, the newest first."""
    found = _signed(Announcement.objects.visible_to(person))
    found = found.select_related("unit").prefetch_related("unit__versions")
    return found.order_by(F("ended_at").asc(nulls_first=True), "-first_on", "-pk")


def once_shown(person: Person) -> AnnouncementQuerySet:
    """All that may stand on a page that the person has open still, ended since then or not."""
    shown = Announcement.objects.reaching(person).filter(first_on__lte=today())
    return Announcement.objects.visible_to(person) | shown


def kept_by(person: Person, rows: Iterable[Announcement]) -> set[int]:
    """Those that the person may end today, by their keys: as `can` answers, but at once where the unit stands under one's own."""
    found = Announcement.objects.filter(scope(person, WRITE, unit="unit"))
    ours = list(found.filter(pk__in=[row.pk for row in rows]).select_related("unit"))
    day = today()
    under = Closure.objects.filter(ancestor__in=units_where(person, WRITE), valid_from__lte=day, valid_to__gt=day)
    units = set(under.filter(descendant__in={row.unit_id for row in ours}).values_list("descendant_id", flat=True))
    return {row.pk for row in ours if row.unit_id in units or can(person, WRITE, at=row.unit)}


def has_ended(unit: Unit) -> bool:
    return not Closure.objects.filter(descendant=unit, depth=0, valid_to__gt=today()).exists()


def heirs_of(unit: Unit) -> list[str]:
    """The names of those that carry on a unit that has ended."""
    heirs = set(carried_on().filter(origin=unit).values_list("heir_id", flat=True))
    return sorted(full_names(heirs, today()).values())


def _signed(found: AnnouncementQuerySet) -> AnnouncementQuerySet:
    """With the role by which each was written, on that day, and the unit of that role."""
    day = OuterRef("written_at__date")
    over = Closure.objects.filter(ancestor=OuterRef("unit"), descendant=OuterRef(OuterRef("unit")))
    held = Assignment.objects.filter(
        Exists(over), person=OuterRef("written_by"), role__in=roles_with(WRITE), valid_from__lte=day, valid_to__gt=day
    )
    first = held.annotate(unit_name=_name_of("unit")).order_by("pk")
    signed = found.annotate(
        writer_role=Subquery(first.values("role")[:1]), writer_unit=Subquery(first.values("unit_name")[:1])
    )
    return signed.select_related("written_by")


def _name_of(path: str) -> Subquery:
    return Subquery(UnitVersion.objects.filter(unit=OuterRef(path)).order_by("-valid_from").values("name")[:1])


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
