"""Photos and documents: what a visit carries as proof, and what the unit sends with its answer to a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.files.models import Attachment

from .conclusions import Conclusion
from .replies import FindingReply
from .visits import Visit

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class VisitFileQuerySet(models.QuerySet["VisitFile"]):
    """Words about photos and files of visits."""

    def visible_to(self, person: Someone) -> VisitFileQuerySet:
        """A file is seen with its visit, one of the unit's answer with the conclusion; one that was taken away, by nobody."""
        told = Conclusion.objects.visible_to(person)
        answers = Q(reply=None) | Q(reply__finding__visit__in=told.values("visit"))
        return self.standing().filter(answers, visit__in=Visit.objects.visible_to(person))

    def standing(self) -> VisitFileQuerySet:
        """Those that were not taken away."""
        return self.filter(removed_at=None).select_related("attachment")


class VisitFile(models.Model):
    """A photo or document added to a visit before it was signed, or to the unit's reply; taken away, it stays on record."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="files")
    reply = models.ForeignKey(FindingReply, null=True, blank=True, on_delete=models.PROTECT, related_name="files")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")
    criterion_code = models.CharField("tiêu chí", max_length=10, blank=True)
    caption = models.CharField("chú thích", max_length=300, blank=True)
    added_at = models.DateTimeField(default=now, editable=False)
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = VisitFileQuerySet.as_manager()

    class Meta:
        ordering = ["criterion_code", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="visit_file_removed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["visit", "removed_at"], name="visit_file_of_visit")]

    def __str__(self) -> str:
        return self.caption or str(self.attachment)

    def get_absolute_url(self) -> str:
        return reverse("inspections:file_shown", args=[self.uid])
