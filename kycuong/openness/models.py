"""Switchings of the public page, and the terms by which something comes onto it. Both are dated and never written over."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.openness.rules import PublicationTerms, Switched

PERSON = settings.AUTH_USER_MODEL
USUAL = PublicationTerms()


class PublicationSwitch(models.Model):
    """Somebody who decides for the province opened the public page from a day on, or closed it."""

    opens = models.BooleanField("mở")
    valid_from = models.DateField("từ ngày")
    reason = models.CharField("căn cứ, lý do", max_length=300)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="publication_switched_with_a_reason")]

    def __str__(self) -> str:
        return f"{'mở' if self.opens else 'tắt'} {self.valid_from:%d/%m/%Y}"

    @property
    def meant(self) -> Switched:
        return Switched(self.opens, self.valid_from)


class PublicationRule(models.Model):
    """From a day on: how long after its conclusion a visit becomes public, and the least number that is told. A setting."""

    valid_from = models.DateField("áp dụng từ ngày", unique=True)
    embargo_days = models.PositiveSmallIntegerField("công khai sau kết luận (ngày)", default=USUAL.embargo_days)
    least = models.PositiveSmallIntegerField("số nhỏ nhất được nêu", default=USUAL.least)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(least__gte=2, least__lte=10), name="publication_rule_hides_something"),
            models.CheckConstraint(condition=Q(embargo_days__lte=365), name="publication_rule_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}"

    @property
    def terms(self) -> PublicationTerms:
        return PublicationTerms(self.embargo_days, self.least)

    @classmethod
    def on(cls, day: date) -> PublicationTerms:
        """What holds on a day; before the first setting, what is usual."""
        found = cls.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
        return found.terms if found else USUAL
