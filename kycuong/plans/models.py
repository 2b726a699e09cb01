"""The theme of a year, who must issue a plan, and the inspection plans of agencies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import FOREVER, Kind

from .rules import PlanSource

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


class AnnualThemeQuerySet(models.QuerySet["AnnualTheme"]):
    """Words about themes."""

    def visible_to(self, person: Someone) -> AnnualThemeQuerySet:
        """A theme is announced to everybody."""
        return self if person.is_authenticated else self.none()


class AnnualTheme(models.Model):
    """What a province sets for a year."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    authority = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="themes")
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("chủ đề", max_length=300)
    document_number = models.CharField("số, ký hiệu văn bản", max_length=80, blank=True)
    document_on = models.DateField("ngày văn bản", null=True, blank=True)

    objects = AnnualThemeQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["authority", "year"], name="theme_once_a_year")]

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"


class PlanDuty(models.Model):
    """Units of this kind must issue a plan for every year whose day of counting lies in the interval. A setting."""

    kind = models.CharField(max_length=30, choices=Kind)
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    class Meta:
        ordering = ["kind", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="plan_duty_once"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name="plan_duty_begins_before_it_ends"),
        ]

    def __str__(self) -> str:
        return self.kind


class InspectionPlanQuerySet(models.QuerySet["InspectionPlan"]):
    """Words about plans."""

    def visible_to(self, person: Someone) -> InspectionPlanQuerySet:
        return self.filter(scope(person, "plan.see", unit="agency"))

    def issued(self, *, by_day: date) -> InspectionPlanQuerySet:
        return self.filter(issued_on__lte=by_day)


class InspectionPlan(models.Model):
    """The inspection plan of one agency for one year. A draft until it bears a number and a day of issue."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("trích yếu", max_length=300, blank=True)
    number = models.CharField("số, ký hiệu", max_length=80, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    window_from = models.DateField("từ ngày", null=True, blank=True, help_text="Để trống: xuyên suốt trong năm.")
    window_to = models.DateField("đến ngày", null=True, blank=True)
    target_units = models.PositiveIntegerField("chỉ tiêu (đơn vị)", null=True, blank=True)
    target_percent = models.PositiveSmallIntegerField("chỉ tiêu (% đơn vị)", null=True, blank=True)
    source = models.CharField(max_length=20, choices=PlanSource, default=PlanSource.DESK)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = InspectionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="plan_once_a_year"),
            models.CheckConstraint(
                condition=Q(window_from__isnull=True, window_to__isnull=True) | Q(window_from__lte=F("window_to")),
                name="plan_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(target_units__isnull=True) | Q(target_percent__isnull=True), name="plan_one_target"
            ),
            models.CheckConstraint(
                condition=Q(target_percent__isnull=True) | Q(target_percent__lte=100), name="plan_target_at_most_all"
            ),
        ]
        indexes = [models.Index(fields=["agency", "year", "issued_on"], name="plan_of_agency")]

    def __str__(self) -> str:
        return f"{self.year}: {self.title or self.number}"

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.uid])

    @property
    def has_been_issued(self) -> bool:
        return self.issued_on is not None
