"""The theme of a year, as a province announces it, and what agencies did to spread it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit
from kycuong.plans.rules import SpreadKind

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


class DisseminationQuerySet(models.QuerySet["Dissemination"]):
    """Words about what was done to spread a theme."""

    def visible_to(self, person: Someone) -> DisseminationQuerySet:
        return self.filter(scope(person, "plan.see", unit="agency"))

    def standing(self) -> DisseminationQuerySet:
        """Not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class Dissemination(models.Model):
    """A document or a session by which an agency spread the year's theme. A wrong entry is withdrawn, with a reason."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    agency = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="disseminations")
    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("hình thức", max_length=20, choices=SpreadKind)
    held_on = models.DateField("ngày")
    title = models.CharField("nội dung", max_length=300)
    document_number = models.CharField("số, ký hiệu văn bản", max_length=80, blank=True)
    people = models.PositiveIntegerField("số người được phổ biến", null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    withdraw_reason = models.CharField("lý do rút", max_length=300, blank=True)

    objects = DisseminationQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdraw_reason="")),
                name="dissemination_withdrawn_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind=SpreadKind.DOCUMENT) | ~Q(document_number=""), name="dissemination_document_numbered"
            ),
            models.CheckConstraint(
                condition=Q(kind=SpreadKind.DOCUMENT) | Q(people__gte=1), name="dissemination_session_reaches_people"
            ),
        ]
        indexes = [models.Index(fields=["year", "agency"], name="dissemination_of_year")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on:%d/%m/%Y}"
