"""What everybody of a unit and the units below it is told for some days, and who has put it away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.orgs.authority import carried_on, roles_held, scope
from kycuong.orgs.models import Closure, Unit
from kycuong.orgs.roles import ROLES

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Words about announcements."""

    def visible_to(self, person: Someone) -> AnnouncementQuerySet:
        """Those for the person's units, from their first day on and unless ended; and all at units where the person may write."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        readable = _reaching(person) & Q(first_on__lte=today(), ended_at=None)
        return self.filter(scope(person, "announcement.write", unit="unit") | readable)

    def reaching(self, person: Someone) -> AnnouncementQuerySet:
        """Those for a unit at which the person holds a role today, or for one above it; heirs stand for what has ended."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self.filter(_reaching(person))

    def running(self, day: date) -> AnnouncementQuerySet:
        return self.filter(first_on__lte=day, last_on__gte=day, ended_at=None)

    def not_put_away_by(self, person: Someone) -> AnnouncementQuerySet:
        return self.filter(~Exists(PutAway.objects.filter(announcement=OuterRef("pk"), person_id=person.pk or 0)))


def _reaching(person: Someone) -> Q:
    """The units of the person's roles, those that carry them on, all above these today, and what all these carry on."""
    held = {unit for _role, unit in roles_held(person)}
    day = today()
    heirs = carried_on().filter(origin__in=held).values("heir_id")
    standing = Closure.objects.filter(valid_from__lte=day, valid_to__gt=day)
    over = standing.filter(Q(descendant__in=held) | Q(descendant__in=heirs)).values("ancestor_id")
    ended = carried_on().filter(heir__in=over).values("origin_id")
    return Q(unit__in=held) | Q(unit__in=over) | Q(unit__in=ended)


class Announcement(models.Model):
    """A short text for everybody of a unit and below, on top of every page from a day to a day."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="gửi tới đơn vị")
    text = models.CharField("nội dung", max_length=500)
    first_on = models.DateField("từ ngày")
    last_on = models.DateField("đến hết ngày")
    written_at = models.DateTimeField("viết lúc", default=now, editable=False)
    written_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    ended_at = models.DateTimeField("kết thúc sớm lúc", null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-first_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="announcement_says_something"),
            models.CheckConstraint(condition=Q(first_on__lte=F("last_on")), name="announcement_begins_first"),
        ]
        indexes = [models.Index(fields=["last_on"], condition=Q(ended_at=None), name="announcement_not_ended")]

    def __str__(self) -> str:
        return self.text

    @property
    def writer_title(self) -> str:
        """The role by which it was written, as queries have found it (`writer_role`, `writer_unit`); without one, the name."""
        if role := ROLES.get(getattr(self, "writer_role", None) or ""):
            return role.title
        return self.written_by.full_name if self.written_by else _("Máy chủ")


class PutAway(models.Model):
    """That a person has read an announcement and does not want it on every page any more."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="put_away")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["announcement", "person"], name="put_away_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.announcement_id}"
