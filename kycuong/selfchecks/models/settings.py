"""Settings of self-checks from a day on, and that a unit was reminded."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.selfchecks.rules import Level, SelfCheckTerms

from .checks import SelfCheck

PERSON = settings.AUTH_USER_MODEL
USUAL = SelfCheckTerms()
TERMS = tuple(SelfCheckTerms.__dataclass_fields__)


class SelfCheckRule(models.Model):
    """From a day on: how long a declaration is compared with visits, when units are reminded. A setting."""

    valid_from = models.DateField("áp dụng từ ngày", unique=True)
    window_months = models.PositiveSmallIntegerField("đối chiếu trong (tháng)", default=USUAL.window_months)
    ahead = models.PositiveSmallIntegerField("nhắc trước hạn", default=USUAL.ahead)
    again_after = models.PositiveSmallIntegerField("nhắc lần nữa sau", default=USUAL.again_after)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(window_months__gte=1, again_after__gte=1), name="self_check_rule_means_something"
            )
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}"

    @property
    def terms(self) -> SelfCheckTerms:
        return SelfCheckTerms(**{name: getattr(self, name) for name in TERMS})

    @classmethod
    def on(cls, day: date) -> SelfCheckTerms:
        """What holds on a day; before the first setting, what is usual."""
        found = cls.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
        return found.terms if found else USUAL


class SelfCheckReminder(models.Model):
    """One step of reminding that was taken for one self-check."""

    self_check = models.ForeignKey(SelfCheck, on_delete=models.PROTECT, related_name="reminders")
    level = models.CharField("bước", max_length=10, choices=Level)
    reminded_on = models.DateField("ngày nhắc")
    told = models.PositiveSmallIntegerField("số người được báo", default=0)
    told_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["self_check", "level"], name="self_check_reminded_once_a_step")]
        indexes = [models.Index(fields=["reminded_on"], name="self_check_reminded_on")]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.reminded_on:%d/%m/%Y}"
