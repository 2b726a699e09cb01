"""Whose turn it is to run what runs by itself, and what each run did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kycuong.core.clock import now
from kycuong.orgs.authority import units_where

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


class TickTurn(models.Model):
    """One row: who runs the ticks now, when that run began, and when it last showed that it lives."""

    holder = models.CharField(max_length=36, blank=True)
    begun_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.holder


class TickRunQuerySet(models.QuerySet["TickRun"]):
    """Words about runs."""

    def visible_to(self, person: Someone) -> TickRunQuerySet:
        """All, for whoever looks after them somewhere: a run belongs to the whole system."""
        return self.all() if units_where(person, "tick.see") else self.none()

    def whole(self) -> TickRunQuerySet:
        """Rows of whole runs, not of single steps."""
        return self.filter(step="")


class TickRun(models.Model):
    """A run (no step) or a step of it that did or failed something. Equal ones of a day are one row, counted.

    It holds no word of any record: whoever looks after the machine reads it, too.
    """

    step = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    times = models.PositiveIntegerField(default=1)
    said = models.CharField(max_length=500, blank=True)
    fault = models.CharField(max_length=500, blank=True)

    objects = TickRunQuerySet.as_manager()

    class Meta:
        ordering = [models.F("ended_at").desc(nulls_first=True), "-pk"]
        indexes = [models.Index(fields=["step", "-ended_at"], name="tick_run_latest")]

    def __str__(self) -> str:
        return f"{self.step or 'run'} {self.begun_at:%Y-%m-%d %H:%M}"
