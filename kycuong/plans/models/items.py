"""The items of a plan: which unit (or how many), when, about what, in which form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.catalog.models import Topic
from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.orgs.models import Unit
from kycuong.plans.rules import ItemForm, month_words

from .plans import InspectionPlan, PlanStep

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    """Words about items."""

    def visible_to(self, person: Someone) -> PlanItemQuerySet:
        return self.filter(plan__in=InspectionPlan.objects.visible_to(person))

    def standing(self) -> PlanItemQuerySet:
        """Not taken out by an amendment."""
        return self.filter(dropped_under__isnull=True)


class PlanItem(models.Model):
    """One thing that a plan foresees. Of a surprise it holds only how many units: a name would betray it."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    plan = models.ForeignKey(InspectionPlan, on_delete=models.PROTECT, related_name="items")
    form = models.CharField("hình thức", max_length=20, choices=ItemForm, default=ItemForm.PLANNED)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="planned", verbose_name="đơn vị"
    )
    units_count = models.PositiveSmallIntegerField("số đơn vị chọn sau", null=True, blank=True)
    month = models.PositiveSmallIntegerField("tháng", null=True, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="planned", verbose_name="nội dung")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    added_under = models.ForeignKey(PlanStep, null=True, blank=True, on_delete=models.PROTECT, related_name="added")
    dropped_under = models.ForeignKey(PlanStep, null=True, blank=True, on_delete=models.PROTECT, related_name="dropped")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, units_count__isnull=True) & ~Q(form=ItemForm.SURPRISE)
                | Q(unit__isnull=True, units_count__gte=1),
                name="plan_item_a_unit_or_a_number",
                violation_error_message="một đơn vị hoặc số đơn vị chọn sau; mục đột xuất chỉ ghi số đơn vị.",
            ),
            models.CheckConstraint(
                condition=Q(month__isnull=True) | Q(month__gte=1, month__lte=12), name="plan_item_month_of_the_year"
            ),
            models.UniqueConstraint(
                fields=["plan", "unit", "form", "month"],
                condition=Q(dropped_under__isnull=True, unit__isnull=False, month__isnull=False),
                name="plan_item_once_a_month",
                violation_error_message="kế hoạch đã có mục này trong tháng ấy.",
            ),
            models.UniqueConstraint(
                fields=["plan", "unit", "form"],
                condition=Q(dropped_under__isnull=True, unit__isnull=False, month__isnull=True),
                name="plan_item_once_throughout_the_year",
                violation_error_message="kế hoạch đã có mục này, xuyên suốt trong năm.",
            ),
        ]
        indexes = [models.Index(fields=["unit", "plan"], name="plan_item_of_unit")]

    def __str__(self) -> str:
        return f"{self.get_form_display()}, {month_words(self.month).lower()}"

    def get_absolute_url(self) -> str:
        return reverse("plans:item", args=[self.uid])

    @property
    def when(self) -> str:
        """The month in words."""
        return month_words(self.month)
