"""Who must issue a plan, the inspection plans of agencies, and the steps that each has gone through."""

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
from kycuong.plans.rules import IN_FORCE, NOT_YET_ISSUED, PlanSource, PlanState, StepKind

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


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
    """The inspection plan of one agency for one year. Figures count it from its day of issue on, also amended or closed."""

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
    state = models.CharField("tình trạng", max_length=20, choices=PlanState, default=PlanState.DRAFT, editable=False)
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
            models.CheckConstraint(
                condition=Q(state__in=NOT_YET_ISSUED, issued_on__isnull=True)
                | Q(state__in=[*IN_FORCE, PlanState.CLOSED], issued_on__isnull=False),
                name="plan_issued_has_a_day",
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


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    """Words about steps."""

    def visible_to(self, person: Someone) -> PlanStepQuerySet:
        return self.filter(plan__in=InspectionPlan.objects.visible_to(person))

    def amendments(self) -> PlanStepQuerySet:
        return self.filter(kind=StepKind.AMEND)


class PlanStep(models.Model):
    """What somebody did to a plan, when, and by which document. Never changed afterwards."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    plan = models.ForeignKey(InspectionPlan, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField("bước", max_length=20, choices=StepKind)
    taken_at = models.DateTimeField(default=now, editable=False)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    document_number = models.CharField("số, ký hiệu văn bản", max_length=80, blank=True)
    document_on = models.DateField("ngày văn bản", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=StepKind.RETURN) | ~Q(note=""), name="plan_step_returned_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.AMEND) | (~Q(document_number="") & Q(document_on__isnull=False)),
                name="plan_step_amends_by_a_document",
            ),
        ]
        indexes = [models.Index(fields=["plan", "kind"], name="plan_step_of_plan")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.document_number}".strip()
