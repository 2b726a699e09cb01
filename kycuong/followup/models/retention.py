"""How long names are kept, and what must not be erased yet."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.followup.rules.retention import YEARS
from kycuong.inspections.models import Visit

PERSON = settings.AUTH_USER_MODEL


class NameRetention(models.Model):
    """From a day on: after how many years names of people are erased. A setting, for review (thời hạn giữ họ tên)."""

    valid_from = models.DateField("áp dụng từ ngày", unique=True)
    years = models.PositiveSmallIntegerField("giữ họ tên (năm)", default=YEARS)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [models.CheckConstraint(condition=Q(years__gte=1), name="name_retention_means_something")]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}"

    @classmethod
    def on(cls, day: date) -> int:
        """The years that hold on a day; before the first setting, what is proposed."""
        found = cls.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
        return found.years if found else YEARS


class NameHold(models.Model):
    """Names of one visit are not erased, for a reason, until somebody ends the hold (giữ lại hồ sơ)."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="name_holds")
    reason = models.CharField("lý do giữ lại", max_length=500)
    held_at = models.DateTimeField(default=now, editable=False)
    held_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    end_reason = models.CharField("lý do kết thúc", max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit"], condition=Q(ended_at=None), name="name_hold_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason=""),
                name="name_hold_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
