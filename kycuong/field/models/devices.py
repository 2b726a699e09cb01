"""Phones: whose, since when, and what each last said of itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kycuong.core.clock import around_now, now
from kycuong.core.ids import uuid7
from kycuong.inspections.models import TeamMember
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.authority import assignments_of, scope
from kycuong.orgs.models import Assignment

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL
KEY_STANDS = timedelta(days=1)
"""How long after the approval the key may be read."""


class FieldDeviceQuerySet(models.QuerySet["FieldDevice"]):
    """Words about phones."""

    def visible_to(self, person: Someone) -> FieldDeviceQuerySet:
        """One's own, and those of the people whose accounts one keeps."""
        return self.filter(Q(person_id=person.pk or 0) | self._answered_for(person))

    def answered_for_by(self, person: Someone) -> FieldDeviceQuerySet:
        """Those that somebody else than the owner decides about: who keeps the accounts there, and who heads the owner's team."""
        return self.filter(self._answered_for(person)).exclude(person_id=person.pk or 0)

    def in_use(self) -> FieldDeviceQuerySet:
        return self.filter(revoked_at=None)

    @staticmethod
    def _answered_for(person: Someone) -> Q:
        if not assignments_of(person).exists() and not TeamMember.objects.current().of(person).exists():
            return Q(pk__in=[])
        kept = Assignment.objects.filter(scope(person, "person.change", unit="unit"))
        headed = TeamMember.objects.current().of(person).filter(role=TeamRole.HEAD, inspection__sealed_at=None)
        team = TeamMember.objects.current().filter(inspection__in=headed.values("inspection_id"), person__isnull=False)
        return Q(person__in=kept.values("person_id")) | Q(person__in=team.values("person_id"))


class FieldDevice(models.Model):
    """A browser that somebody enrolled for work without a signal. Its data key is kept sealed, so that a forgotten passphrase
    loses nothing."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("tên máy", max_length=80)
    sealed_key = models.TextField(editable=False)
    enrolled_at = models.DateTimeField(default=now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What the phone last said of itself; it changes with every sync, without an act.
    seq_head = models.PositiveIntegerField(default=0)
    queued_ops = models.PositiveIntegerField(default=0)
    queued_media = models.PositiveIntegerField(default=0)
    oldest_wall = models.BigIntegerField(null=True, blank=True)
    clock_offset = models.BigIntegerField(default=0)
    last_seen = models.DateTimeField(null=True, blank=True)

    objects = FieldDeviceQuerySet.as_manager()

    class Meta:
        ordering = ["-enrolled_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="field_device_revoked_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place_of_key(self) -> str:
        """What the seal of the data key is bound to."""
        return f"field.FieldDevice.{self.uid}.key"


class KeyRequestQuerySet(models.QuerySet["KeyRequest"]):
    """Words about requests for a key."""

    def good(self) -> KeyRequestQuerySet:
        """Approved not long ago, and not used yet."""
        return self.filter(approved_at__range=around_now(KEY_STANDS), read_at=None)


class KeyRequest(models.Model):
    """Somebody forgot the passphrase and asks for the data key of the own phone; somebody else approves, or nobody. An approval
    is good for one reading, within a day."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    device = models.ForeignKey(FieldDevice, on_delete=models.PROTECT, related_name="key_requests")
    reason = models.CharField("lý do", max_length=300)
    asked_at = models.DateTimeField(default=now, editable=False)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    objects = KeyRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False) & ~Q(approved_by=F("asked_by")),
                name="field_key_approved_by_somebody_else",
            )
        ]

    def __str__(self) -> str:
        return f"{self.device_id}: {self.reason}"
