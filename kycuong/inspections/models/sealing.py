"""What is sealed of an inspection; and the breaking of seals by two people, with who has taken note of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from kycuong.core.clock import around_now, now
from kycuong.core.ids import uuid7
from kycuong.core.presence import by_key
from kycuong.inspections.rules.sealing import CONFIRM_WITHIN
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit

from .teams import ShortListEntry
from .visits import Inspection

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class Sealing(models.Model):
    """The sealed plan of one inspection, closed with a key that is not in the database; in plain once all is opened."""

    inspection = models.OneToOneField(Inspection, on_delete=models.CASCADE, related_name="sealing")
    sealed_plan = models.TextField(editable=False)
    members_from = models.DateTimeField("cho thành viên biết từ", null=True, blank=True)
    created_at = models.DateTimeField(default=now, editable=False)
    unsealed_at = models.DateTimeField(null=True, blank=True)
    unsealed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    summary = models.JSONField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unsealed_at__isnull=True, unsealed_by__isnull=True, summary__isnull=True)
                | Q(unsealed_at__isnull=False, unsealed_by__isnull=False, summary__isnull=False),
                name="sealing_plain_only_when_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection_id}"


class SealBreakQuerySet(models.QuerySet["SealBreak"]):
    """Words about broken seals."""

    def visible_to(self, person: Someone) -> SealBreakQuerySet:
        """For whoever may break the seals of the authority; a confirmed one also for the short lists that it concerns."""
        if by_key():
            return self.none()
        heard = Q(confirmed_at__isnull=False, entries__inspection__short_list__person_id=person.pk or 0)
        return self.filter(scope(person, "seal.break", unit="lead") | heard).distinct()

    def waiting(self) -> SealBreakQuerySet:
        """Asked, not confirmed, and not void yet."""
        return self.filter(confirmed_at=None, asked_at__range=around_now(CONFIRM_WITHIN))


class SealBreak(models.Model):
    """A request to open every waiting seal of one authority; it holds when a second person has confirmed it."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan chủ trì")
    reason = models.CharField("lý do", max_length=500)
    asked_at = models.DateTimeField(default=now, editable=False)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SealBreakQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("asked_by")),
                name="seal_broken_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead}, {self.asked_at:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:seal_break", args=[self.uid])


class SealBreakNoteQuerySet(models.QuerySet["SealBreakNote"]):
    """Words about who took note."""

    def visible_to(self, person: Someone) -> SealBreakNoteQuerySet:
        """Of a short list only to the two and to that list: to others it would tell that something was sealed, and whose."""
        key = person.pk or 0
        own = Q(seal_break__asked_by=key) | Q(seal_break__confirmed_by=key)
        listed = Q(seal_break__in=SealBreak.objects.filter(entries__inspection__short_list__person_id=key))
        # From list to list: what hides a note must not hang on a row of another table being there.
        broken = ShortListEntry.objects.filter(by_break=OuterRef(OuterRef("seal_break"))).values("inspection_id")
        heads = ShortListEntry.objects.filter(inspection_id__in=broken, person=OuterRef("person"))
        return self.filter(Q(seal_break__in=SealBreak.objects.visible_to(person)) & (own | listed | ~Exists(heads)))


class SealBreakNote(models.Model):
    """Somebody whom a broken seal concerns has taken note of it."""

    seal_break = models.ForeignKey(SealBreak, on_delete=models.CASCADE, related_name="notes")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=now, editable=False)

    objects = SealBreakNoteQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal_break", "person"], name="seal_break_noted_once")]

    def __str__(self) -> str:
        return f"{self.seal_break_id}: {self.person_id}"
