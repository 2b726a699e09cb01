"""What everybody of a unit and the units below it is told for some days, and who has put it away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.orgs.authority import roles_held, scope
from kycuong.orgs.models import Closure, Unit

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Words about announcements."""

    def visible_to(self, person: Someone) -> AnnouncementQuerySet:
        """Those that are for the person's units, and those of the units for which the person may write some."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self.filter(scope(person, "announcement.write", unit="unit") | Q(unit__in=_over(person)))

    def reaching(self, person: Someone) -> AnnouncementQuerySet:
        """Those for a unit at which the person holds a role today, or for one above it."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self.filter(unit__in=_over(person))

    def running(self, day: date) -> AnnouncementQuerySet:
        return self.filter(first_on__lte=day, last_on__gte=day, ended_at=None)

    def not_put_away_by(self, person: Someone) -> AnnouncementQuerySet:
        return self.filter(~Exists(PutAway.objects.filter(announcement=OuterRef("pk"), person_id=person.pk or 0)))


def _over(person: Someone) -> Any:
    """The units of the person's roles and all above them, as they stand today."""
    held = {unit for _role, unit in roles_held(person)}
    day = today()
    above = Closure.objects.filter(descendant_id__in=held, valid_from__lte=day, valid_to__gt=day)
    return above.values("ancestor_id")


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


class PutAway(models.Model):
    """That a person has read an announcement and does not want it on every page any more."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="put_away")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["announcement", "person"], name="put_away_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.announcement_id}"
