"""What is watched over all plans: the limits of the burden on a unit, and the reminders of plans that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit
from kycuong.plans.rules import SPAN_DAYS, VISITS_A_YEAR

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


class BurdenLimit(models.Model):
    """From a day on: how near two visits of one unit may be planned, and how many a year. A setting."""

    valid_from = models.DateField("áp dụng từ ngày", unique=True)
    span_days = models.PositiveSmallIntegerField("khoảng cách (ngày)", default=SPAN_DAYS)
    visits_a_year = models.PositiveSmallIntegerField("số lượt mỗi năm", default=VISITS_A_YEAR)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(span_days__gte=1, visits_a_year__gte=1), name="burden_limit_means_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.span_days} / {self.visits_a_year}"


class PlanReminderQuerySet(models.QuerySet["PlanReminder"]):
    """Words about reminders."""

    def visible_to(self, person: Someone) -> PlanReminderQuerySet:
        return self.filter(scope(person, "plan.see", unit="agency"))

    def passed_on_with(self, one: PlanReminder) -> PlanReminderQuerySet:
        """All that were recorded together: one person, one day, the same words."""
        return self.filter(year=one.year, reminded_on=one.reminded_on, reminded_by=one.reminded_by_id, words=one.words)


class PlanReminder(models.Model):
    """That an agency was reminded of its missing plan: when, by whom, with which words. Nothing is sent from here."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plan_reminders")
    year = models.PositiveSmallIntegerField("năm")
    words = models.CharField("nội dung nhắc", max_length=1000)
    reminded_on = models.DateField("ngày nhắc")
    reminded_at = models.DateTimeField(default=now, editable=False)
    reminded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PlanReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-reminded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "reminded_on"],
                name="plan_reminder_once_a_day",
                violation_error_message="hôm nay đã nhắc cơ quan này rồi.",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="plan_reminder_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.reminded_on:%d/%m/%Y}"
