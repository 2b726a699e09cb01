"""Rounds of periodic reports, and what each agency owes in one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit
from kycuong.reports.rules.periods import Period
from kycuong.rounds.rules import OWED, ReportState, RoundState

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class ReportingRoundQuerySet(models.QuerySet["ReportingRound"]):
    """Words about rounds."""

    def visible_to(self, person: Someone) -> ReportingRoundQuerySet:
        """For whoever sees figures of the authority; and, once it is open, for the people of an agency that is asked."""
        asked = AgencyReport.objects.filter(scope(person, "figures.see", unit="agency"))
        ours = scope(person, "figures.see", unit="authority") | Q(pk__in=asked.values("round"))
        return self.filter(scope(person, "round.open", unit="authority") | ours & ~Q(state=RoundState.DRAFT))

    def asked_by(self, person: Someone) -> ReportingRoundQuerySet:
        """Those whose whole course the person may see: that of every agency."""
        return self.filter(scope(person, "figures.see", unit="authority"))


class ReportingRound(models.Model):
    """An authority asks the agencies below it to report on a period by a day (đợt báo cáo)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    authority = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="reporting_rounds", verbose_name="cơ quan yêu cầu báo cáo"
    )
    title = models.CharField("tên đợt", max_length=200)
    first = models.DateField("ngày đầu kỳ")
    last = models.DateField("ngày chốt")
    period_name = models.CharField("tên kỳ", max_length=20, blank=True)
    days = models.PositiveSmallIntegerField("hạn (ngày làm việc)")
    opened_on = models.DateField("ngày gửi", null=True, blank=True)
    due_on = models.DateField("hạn nộp", null=True, blank=True)
    due_words = models.CharField("cách tính hạn", max_length=600, blank=True)
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    opened_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("lý do hủy", max_length=500, blank=True)

    objects = ReportingRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RoundState.DRAFT, opened_on=None, due_on=None)
                | ~Q(state=RoundState.DRAFT) & Q(opened_on__isnull=False, due_on__isnull=False),
                name="reporting_round_opened_with_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & Q(days__gte=1) & Q(first__lte=models.F("last")),
                name="reporting_round_says_what_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.CANCELLED) | ~Q(reason=""), name="reporting_round_cancelled_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["authority", "state"], name="reporting_round_of_unit")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rounds:round", args=[self.uid])

    @property
    def period(self) -> Period:
        return Period(self.first, self.last, self.period_name)


class AgencyReportQuerySet(models.QuerySet["AgencyReport"]):
    """Words about agencies' reports."""

    def visible_to(self, person: Someone) -> AgencyReportQuerySet:
        """For whoever sees figures of the authority that asks, and for the agency's own people. Not before it is asked for."""
        seen = scope(person, "figures.see", unit="round__authority") | scope(person, "figures.see", unit="agency")
        return self.filter(seen).exclude(round__state=RoundState.DRAFT)

    def answered_by(self, person: Someone) -> AgencyReportQuerySet:
        return self.filter(scope(person, "round.answer", unit="agency")).exclude(round__state=RoundState.DRAFT)

    def owed(self) -> AgencyReportQuerySet:
        """Those that the agency has to submit, for the first time or anew."""
        return self.filter(round__state=RoundState.OPEN, state__in=OWED)

    def late(self, day: date) -> AgencyReportQuerySet:
        """Those never submitted whose term is over. Who submits anew after a return is not late."""
        return self.owed().filter(round__due_on__lt=day, first_submitted_on=None)


class AgencyReport(models.Model):
    """What one agency reports in a round: figures are computed, the words are its own. What it submitted are submissions."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="reports")
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="agency_reports", verbose_name="cơ quan")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.WAITING)
    difficulties = models.TextField("khó khăn, vướng mắc", max_length=10_000, blank=True)
    proposals = models.TextField("phương hướng, đề xuất, kiến nghị", max_length=10_000, blank=True)
    first_submitted_on = models.DateField("nộp lần đầu", null=True, blank=True)
    days_late = models.PositiveIntegerField("số ngày làm việc quá hạn", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AgencyReportQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "agency"], name="agency_report_once_a_round"),
            models.CheckConstraint(
                condition=Q(state=ReportState.WAITING, first_submitted_on=None, days_late=None)
                | ~Q(state=ReportState.WAITING) & Q(first_submitted_on__isnull=False, days_late__isnull=False),
                name="agency_report_submitted_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state"], name="agency_report_of_unit"),
            models.Index(fields=["round", "state"], name="agency_report_of_round"),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.agency}"

    def get_absolute_url(self) -> str:
        return reverse("rounds:report", args=[self.uid])
