"""What is frozen: submissions of agencies and what was decided on them, signed reports and the numbers they got."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit

from .rounds import AgencyReport, ReportingRound

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class ReportSubmissionQuerySet(models.QuerySet["ReportSubmission"]):
    """Words about submissions."""

    def visible_to(self, person: Someone) -> ReportSubmissionQuerySet:
        """As the report that it belongs to."""
        return self.filter(report__in=AgencyReport.objects.visible_to(person))


class ReportSubmission(models.Model):
    """What an agency handed in, as it was then. Rows are added, never changed: the database refuses (walls.py)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    report = models.ForeignKey(AgencyReport, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField("lần nộp")
    content = models.TextField("nội dung")
    sha256 = models.CharField("mã SHA-256", max_length=64)
    code_version = models.CharField("phiên bản phần mềm", max_length=60)
    days_late = models.PositiveIntegerField("số ngày làm việc quá hạn", default=0)
    submitted_on = models.DateField("ngày nộp")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReportSubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_submission_numbered"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(content=""), name="report_submission_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("rounds:submission", args=[self.uid])


class ReportReview(models.Model):
    """That a submission was accepted, or returned with a reason. One acceptance may be followed by a return."""

    submission = models.ForeignKey(ReportSubmission, on_delete=models.PROTECT, related_name="reviews")
    accepted = models.BooleanField("nhận")
    reason = models.CharField("lý do trả lại", max_length=1000, blank=True)
    decided_at = models.DateTimeField(default=now, editable=False)
    decided_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "accepted"], name="report_reviewed_once_each_way"),
            models.CheckConstraint(condition=Q(accepted=True) | ~Q(reason=""), name="report_returned_with_a_reason"),
        ]

    def __str__(self) -> str:
        return "Nhận" if self.accepted else f"Trả lại: {self.reason}"


class SignedReportQuerySet(models.QuerySet["SignedReport"]):
    """Words about signed reports."""

    def visible_to(self, person: Someone) -> SignedReportQuerySet:
        """For whoever sees figures of the authority."""
        return self.filter(scope(person, "figures.see", unit="authority"))


class SignedReport(models.Model):
    """The report of a round as it was signed. Page, documents and workbook are made from `content` alone."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    round = models.OneToOneField(ReportingRound, on_delete=models.PROTECT, related_name="signed")
    authority = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="signed_reports")
    title = models.CharField("tên báo cáo", max_length=300)
    content = models.TextField("nội dung")
    sha256 = models.CharField("mã SHA-256", max_length=64)
    code_version = models.CharField("phiên bản phần mềm", max_length=60)
    signed_at = models.DateTimeField("lúc ký")
    signed_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SignedReportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~Q(content=""), name="signed_report_says_something")]
        indexes = [models.Index(fields=["authority", "signed_at"], name="signed_report_of_unit")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rounds:signed", args=[self.uid])


class SignedReportNumber(models.Model):
    """The number and the day that the records clerk gave a signed report: entered once, after the signature."""

    signed = models.OneToOneField(SignedReport, on_delete=models.PROTECT, related_name="numbered")
    number = models.CharField("số, ký hiệu", max_length=60)
    dated_on = models.DateField("ngày của văn bản")
    entered_at = models.DateTimeField(default=now, editable=False)
    entered_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="signed_report_number_is_one")]

    def __str__(self) -> str:
        return f"{self.number}, {self.dated_on:%d/%m/%Y}"
