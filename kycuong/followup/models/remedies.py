"""What the unit reports of a remedy, with its files; and the extensions that it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.files.models import Attachment
from kycuong.followup.rules import Decision, Extent, RecommendationState
from kycuong.inspections.models import Inspection
from kycuong.inspections.rules import InspectionState, VisitState

from .recommendations import Recommendation

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL
UNDECIDED = Q(decision="", decided_on=None, decided_at=None, decided_by=None)


class RemedyReportQuerySet(models.QuerySet["RemedyReport"]):
    """Words about reports of remedy."""

    def visible_to(self, person: Someone) -> RemedyReportQuerySet:
        return self.filter(recommendation__in=Recommendation.objects.visible_to(person))

    def waiting(self) -> RemedyReportQuerySet:
        """Nobody has decided on them yet."""
        return self.filter(decided_at=None)

    def alive(self) -> RemedyReportQuerySet:
        """Waiting, on a recommendation that is still open, on a visit that still counts."""
        states = {
            "recommendation__state": RecommendationState.CLAIMED,
            "recommendation__visit__state": VisitState.SIGNED,
        }
        return self.waiting().filter(**states)

    def rechecking(self) -> RemedyReportQuerySet:
        """A re-check was ordered whose visit is still to be signed."""
        coming = Q(recheck__visits__state=VisitState.DRAFT) & ~Q(recheck__state=InspectionState.CANCELLED)
        return self.filter(coming, recheck__isnull=False)


class RemedyReport(models.Model):
    """What a unit says it did about a recommendation, and what was decided on that (báo cáo khắc phục)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="reports")
    extent = models.CharField("mức độ", max_length=10, choices=Extent, default=Extent.FULL)
    text = models.TextField("kết quả khắc phục", max_length=5000)
    number = models.CharField("số, ký hiệu báo cáo", max_length=80, blank=True)
    submitted_on = models.DateField("ngày báo cáo")
    submitted_at = models.DateTimeField(default=now, editable=False)
    submitted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    check_until = models.DateField("kiểm chứng đến hết ngày")
    check_words = models.CharField(max_length=600, blank=True)
    recheck = models.ForeignKey(Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField("kết quả kiểm chứng", max_length=10, choices=Decision, blank=True)
    decision_reason = models.CharField("lý do", max_length=500, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = RemedyReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"], condition=Q(decided_at=None), name="remedy_report_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=UNDECIDED
                | Q(decision=Decision.SILENT, decided_on__isnull=False, decided_at__isnull=False)
                | ~Q(decision__in=["", Decision.SILENT])
                & Q(decided_on__isnull=False, decided_at__isnull=False, decided_by__isnull=False),
                name="remedy_report_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=[Decision.RETURNED, Decision.PARTLY]) | ~Q(decision_reason=""),
                name="remedy_report_returned_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["recommendation", "submitted_on", "decided_on"], name="remedy_report_as_of")]

    def __str__(self) -> str:
        return f"{self.submitted_on:%d/%m/%Y}"

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None


class RemedyFileQuerySet(models.QuerySet["RemedyFile"]):
    """Words about proof."""

    def visible_to(self, person: Someone) -> RemedyFileQuerySet:
        return self.filter(report__in=RemedyReport.objects.visible_to(person)).select_related("attachment")


class RemedyFile(models.Model):
    """A photo or document that proves a remedy, and the criterion that it is about (minh chứng)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    report = models.ForeignKey(RemedyReport, on_delete=models.PROTECT, related_name="files")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")
    criterion_code = models.CharField("tiêu chí", max_length=10, blank=True)
    caption = models.CharField("chú thích", max_length=300, blank=True)
    added_at = models.DateTimeField(default=now, editable=False)
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    objects = RemedyFileQuerySet.as_manager()

    class Meta:
        ordering = ["criterion_code", "pk"]

    def __str__(self) -> str:
        return self.caption or str(self.attachment)

    def get_absolute_url(self) -> str:
        return reverse("followup:file", args=[self.uid])


class ExtensionQuerySet(models.QuerySet["Extension"]):
    """Words about extensions."""

    def visible_to(self, person: Someone) -> ExtensionQuerySet:
        return self.filter(recommendation__in=Recommendation.objects.visible_to(person))

    def waiting(self) -> ExtensionQuerySet:
        return self.filter(decided_at=None)


class Extension(models.Model):
    """More time that a unit asks for before its term is over, and the answer (gia hạn)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateField("xin đến hết ngày")
    reason = models.CharField("lý do", max_length=500)
    asked_on = models.DateField("ngày xin")
    asked_at = models.DateTimeField(default=now, editable=False)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField("trả lời", max_length=10, choices=Decision, blank=True)
    granted_until = models.DateField("gia hạn đến hết ngày", null=True, blank=True)
    decision_reason = models.CharField("lý do trả lời", max_length=500, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"], condition=Q(decided_at=None), name="extension_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=UNDECIDED & Q(granted_until=None)
                | Q(decision=Decision.ACCEPTED, granted_until__isnull=False, decided_at__isnull=False)
                & Q(decided_on__isnull=False, decided_by__isnull=False)
                | Q(decision=Decision.ENDED, granted_until=None, decided_at__isnull=False, decided_on__isnull=False)
                | Q(decision=Decision.RETURNED, granted_until=None, decided_at__isnull=False, decided_on__isnull=False)
                & ~Q(decision_reason=""),
                name="extension_answered_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["recommendation", "asked_on", "decided_on"], name="extension_as_of")]

    def __str__(self) -> str:
        return f"{self.until:%d/%m/%Y}"

    @property
    def is_waiting(self) -> bool:
        return self.decided_at is None
