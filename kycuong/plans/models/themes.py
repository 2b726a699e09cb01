"""The theme of a year, as a province announces it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kycuong.core.ids import uuid7
from kycuong.orgs.models import Unit

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
