"""Settings of periodic reports from a day on, and that an agency was reminded."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.rounds.rules import Level, RoundTerms

from .rounds import AgencyReport

PERSON = settings.AUTH_USER_MODEL
USUAL = RoundTerms()
TERMS = tuple(RoundTerms.__dataclass_fields__)


class RoundRule(models.Model):
    """From a day on: how long agencies have by kind of period, when they are reminded. A setting."""

    valid_from = models.DateField("áp dụng từ ngày", unique=True)
    month_days = models.PositiveSmallIntegerField("hạn báo cáo tháng", default=USUAL.month_days)
    quarter_days = models.PositiveSmallIntegerField("hạn báo cáo quý", default=USUAL.quarter_days)
    half_days = models.PositiveSmallIntegerField("hạn báo cáo 6 tháng", default=USUAL.half_days)
    year_days = models.PositiveSmallIntegerField("hạn báo cáo năm", default=USUAL.year_days)
    other_days = models.PositiveSmallIntegerField("hạn báo cáo kỳ khác", default=USUAL.other_days)
    ahead = models.PositiveSmallIntegerField("nhắc trước hạn", default=USUAL.ahead)
    again_after = models.PositiveSmallIntegerField("nhắc lần nữa sau", default=USUAL.again_after)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    month_days__gte=1, quarter_days__gte=1, half_days__gte=1, year_days__gte=1, other_days__gte=1
                )
                & Q(again_after__gte=1),
                name="round_rule_means_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}"

    @property
    def terms(self) -> RoundTerms:
        return RoundTerms(**{name: getattr(self, name) for name in TERMS})

    @classmethod
    def on(cls, day: date) -> RoundTerms:
        """What holds on a day; before the first setting, what is usual."""
        found = cls.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
        return found.terms if found else USUAL


class ReportReminder(models.Model):
    """That an agency was reminded of a report that it owes: by a step of the calendar, or by somebody."""

    report = models.ForeignKey(AgencyReport, on_delete=models.PROTECT, related_name="reminders")
    level = models.CharField("bước", max_length=10, choices=Level)
    reminded_on = models.DateField("ngày nhắc")
    told = models.PositiveSmallIntegerField("số người được báo", default=0)
    told_at = models.DateTimeField(default=now, editable=False)
    told_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "level"], condition=~Q(level=Level.BY_HAND), name="report_reminded_once_a_step"
            ),
            models.UniqueConstraint(fields=["report", "level", "reminded_on"], name="report_reminded_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.reminded_on:%d/%m/%Y}"
