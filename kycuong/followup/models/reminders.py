"""That somebody was reminded of a recommendation: at which step of the ladder, on which day, how many people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.followup.rules import Level

from .recommendations import Recommendation

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Words about reminders."""

    def visible_to(self, person: Someone) -> ReminderQuerySet:
        return self.filter(recommendation__in=Recommendation.objects.visible_to(person))

    def at_the_top(self) -> ReminderQuerySet:
        """Last steps of the ladder, for the term that holds now: whoever reached that one has reached every other."""
        return self.filter(level=Level.LEADER, due_on=models.F("recommendation__due_on"))


class Reminder(models.Model):
    """One step of the ladder that was taken for one term: a term that is moved begins a ladder of its own (đôn đốc).

    The database refuses one for what is settled, in term, or waits for an answer of the side that inspected: see walls.
    """

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="reminders")
    level = models.CharField("bước", max_length=10, choices=Level)
    due_on = models.DateField("hạn khi ấy")
    reminded_on = models.DateField("ngày nhắc")
    told = models.PositiveSmallIntegerField("số người được báo", default=0)
    told_at = models.DateTimeField(default=now, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "due_on", "level"], name="reminder_once_a_step"),
            models.CheckConstraint(
                condition=Q(level=Level.AHEAD, reminded_on__lte=models.F("due_on"))
                | ~Q(level=Level.AHEAD) & Q(reminded_on__gt=models.F("due_on")),
                name="reminder_after_the_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.reminded_on:%d/%m/%Y}"
