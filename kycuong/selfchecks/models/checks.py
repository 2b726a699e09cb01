"""Self-checks: what one unit declares of itself in a campaign, and what it declared before a correction."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit
from kycuong.selfchecks.rules import CampaignState, CheckState

from .campaigns import SelfCheckCampaign

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class SelfCheckQuerySet(models.QuerySet["SelfCheck"]):
    """Words about self-checks."""

    def visible_to(self, person: Someone) -> SelfCheckQuerySet:
        """That it exists and where it stands: for the authority that sent it and those above, and for the unit itself.

        What the unit declared is told by `authority.may_read_answers`.
        """
        sent = scope(person, "inspection.see", unit="campaign__authority", day="campaign__opened_on")
        return self.filter(sent | scope(person, "selfcheck.answer", unit="unit", day="campaign__opened_on"))

    def of_units_of(self, person: Someone) -> SelfCheckQuerySet:
        """Those that the person answers."""
        return self.filter(scope(person, "selfcheck.answer", unit="unit", day="campaign__opened_on"))

    def open(self) -> SelfCheckQuerySet:
        """Those that the unit still owes."""
        return self.filter(campaign__state=CampaignState.SENT).exclude(state=CheckState.SUBMITTED)

    def late(self, day: date) -> SelfCheckQuerySet:
        """Those owed whose term is over. Who submitted and corrects is not late."""
        return self.open().filter(campaign__due_on__lt=day, reopenings=None)


class SelfCheck(models.Model):
    """A unit's own answers to the checklist of a campaign. It is no visit and never counts as an inspection."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(SelfCheckCampaign, on_delete=models.PROTECT, related_name="checks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="self_checks", verbose_name="đơn vị")
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.WAITING)
    answers = models.JSONField(default=dict, blank=True)
    exceptions = models.JSONField(default=dict, blank=True)
    shortfalls = models.JSONField("mô tả tồn tại", default=dict, blank=True)
    notes = models.TextField("ghi chú của đơn vị", max_length=5000, blank=True)
    submitted_on = models.DateField("ngày nộp", null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = SelfCheckQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="self_check_once_a_unit"),
            models.CheckConstraint(
                condition=Q(state=CheckState.SUBMITTED, submitted_on__isnull=False, submitted_at__isnull=False)
                | ~Q(state=CheckState.SUBMITTED) & Q(submitted_on=None, submitted_at=None, submitted_by=None),
                name="self_check_submitted_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "submitted_on"], name="self_check_of_unit"),
            models.Index(fields=["campaign", "state"], name="self_check_of_campaign"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign}: {self.unit}"

    def get_absolute_url(self) -> str:
        return reverse("selfchecks:check", args=[self.uid])

    @property
    def is_submitted(self) -> bool:
        return self.state == CheckState.SUBMITTED


class SelfCheckReopening(models.Model):
    """That a submitted self-check was reopened, why, and what it said until then: a later visit compares with what had been
    declared before it came."""

    self_check = models.ForeignKey(SelfCheck, on_delete=models.PROTECT, related_name="reopenings")
    answers = models.JSONField(default=dict)
    shortfalls = models.JSONField(default=dict, blank=True)
    submitted_on = models.DateField("ngày nộp trước")
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("lý do đính chính", max_length=500)
    reopened_at = models.DateTimeField(default=now, editable=False)
    reopened_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="self_check_reopened_with_a_reason")]

    def __str__(self) -> str:
        return self.reason
