"""Whom a finding concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kycuong.core.ids import uuid7
from kycuong.inspections.rules.concerned import MASK, Category

from .records import Finding
from .visits import Visit

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


class ConcernedPersonQuerySet(models.QuerySet["ConcernedPerson"]):
    """Words about people whom findings concern."""

    def visible_to(self, person: Someone) -> ConcernedPersonQuerySet:
        """Category and position are seen with the visit; the name is another matter."""
        return self.filter(finding__visit__in=Visit.objects.visible_to(person))


class ConcernedPerson(models.Model):
    """Somebody whom a finding concerns, by category and position. A name, if any, is sealed: tables and log hold no text."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="people")
    category = models.CharField("đối tượng", max_length=20, choices=Category)
    position = models.CharField("chức vụ, vị trí việc làm", max_length=200)
    sealed_name = models.TextField("họ tên (niêm phong)", blank=True, editable=False)

    objects = ConcernedPersonQuerySet.as_manager()

    shown_name = ""
    """The name, or its mask; known only where a page asked for it on somebody's behalf."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_category_display()}, {self.position}"

    @property
    def mask(self) -> str:
        """What somebody sees who may not know the name."""
        return MASK if self.sealed_name else ""
