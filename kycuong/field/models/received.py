"""What came in and is not in the record: set aside, on its way in parts, or signed and waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.field.rules import Why
from kycuong.files.models import Attachment
from kycuong.inspections.models import Addendum, Minutes, Visit, VisitFile
from kycuong.inspections.rules import VisitState

from .devices import FieldDevice
from .log import FieldOp

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class FieldAside(models.Model):
    """What could not enter the log: kept whole and sealed, until somebody who answers for the visit accepts it with a reason."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    sha = models.CharField(max_length=64, editable=False)
    op = models.UUIDField(null=True)
    device = models.ForeignKey(FieldDevice, null=True, on_delete=models.PROTECT, related_name="aside")
    seq = models.PositiveIntegerField(null=True)
    visit_uid = models.UUIDField(null=True, db_index=True)
    visit = models.ForeignKey(Visit, null=True, on_delete=models.PROTECT, related_name="field_aside")
    field = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=20, choices=Why)
    author = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(default=now, editable=False)
    sealed_raw = models.TextField(editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accept_reason = models.CharField("lý do nhận", max_length=300, blank=True)
    # The op under which it entered the log: its own id, or another where that one was taken.
    taken_as = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["device", "sha"], name="field_aside_once"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True, accept_reason="")
                | Q(accepted_at__isnull=False, accepted_by__isnull=False) & ~Q(accept_reason=""),
                name="field_aside_accepted_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.field}"

    @property
    def place_of_raw(self) -> str:
        """What the seal of it is bound to."""
        return f"field.FieldAside.{self.uid}.raw"


class FieldMediaQuerySet(models.QuerySet["FieldMedia"]):
    """Words about photos on their way."""

    def visible_to(self, person: Someone) -> FieldMediaQuerySet:
        """A photo is seen with its visit."""
        return self.filter(visit__in=Visit.objects.visible_to(person))

    def came_late(self) -> FieldMediaQuerySet:
        """Whole, at minutes that are signed, and not among what was signed."""
        return self.filter(visit__state=VisitState.SIGNED, complete_at__isnull=False, file=None)

    def unchecked(self) -> FieldMediaQuerySet:
        """Whole, and not looked at yet."""
        return self.filter(complete_at__isnull=False, checked_at=None)

    def undecided(self) -> FieldMediaQuerySet:
        """Neither joined by an addendum nor noted as no part of the minutes."""
        return self.filter(addendum=None, beside_at=None)


class FieldMedia(models.Model):
    """A photo that a phone announced: its bytes arrive later. Lost ones are declared lost, with a reason, by a person; what comes
    after the signing is joined by an addendum, or noted as no part of the minutes."""

    uid = models.UUIDField(unique=True, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="field_media")
    device = models.ForeignKey(FieldDevice, null=True, on_delete=models.PROTECT, related_name="media")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    announced_at = models.DateTimeField(default=now, editable=False)
    complete_at = models.DateTimeField(null=True, blank=True)
    # Looked at after the phone had its answer: when, and why it is no photo that can be kept.
    checked_at = models.DateTimeField(null=True, blank=True)
    fault_vi = models.CharField(max_length=500, blank=True)
    fault_en = models.CharField(max_length=500, blank=True)
    file = models.OneToOneField(VisitFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lost_at = models.DateTimeField(null=True, blank=True)
    lost_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lost_reason = models.CharField("lý do ký thiếu ảnh", max_length=300, blank=True)
    addendum = models.ForeignKey(Addendum, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    attachment = models.OneToOneField(Attachment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    beside_at = models.DateTimeField(null=True, blank=True)
    beside_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    beside_reason = models.CharField("lý do không thuộc biên bản", max_length=300, blank=True)

    objects = FieldMediaQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(addendum__isnull=True, attachment__isnull=True)
                | Q(addendum__isnull=False, attachment__isnull=False, beside_at__isnull=True),
                name="field_media_joined_by_an_addendum",
            ),
            models.CheckConstraint(
                condition=Q(beside_at__isnull=True, beside_by__isnull=True, beside_reason="")
                | Q(beside_at__isnull=False, beside_by__isnull=False) & ~Q(beside_reason=""),
                name="field_media_beside_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(lost_at__isnull=True, lost_by__isnull=True, lost_reason="")
                | Q(lost_at__isnull=False, lost_by__isnull=False) & ~Q(lost_reason=""),
                name="field_media_lost_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class FieldSignatureQuerySet(models.QuerySet["FieldSignature"]):
    """Words about signatures on glass."""

    def visible_to(self, person: Someone) -> FieldSignatureQuerySet:
        """A signature is seen with its visit."""
        return self.filter(visit__in=Visit.objects.visible_to(person))


class FieldSignature(models.Model):
    """Minutes signed on a phone: the op holds what was read back, its hash and the strokes; the record follows when its photos
    are here."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="field_signature")
    op = models.OneToOneField(FieldOp, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("mã của bản đã ký", max_length=64)
    minutes = models.OneToOneField(Minutes, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = FieldSignatureQuerySet.as_manager()

    def __str__(self) -> str:
        return self.sha256
