"""What becomes of recommendations when their unit ends: the wish of the reorganisation, and each transfer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kycuong.core.clock import now
from kycuong.orgs.models import Reorganisation, Unit

from .recommendations import Recommendation

PERSON = settings.AUTH_USER_MODEL


class PassingOn(models.Model):
    """How the open recommendations of units that end by a reorganisation go on; done on its day of effect, or when it is
    recorded later."""

    reorganisation = models.OneToOneField(Reorganisation, on_delete=models.PROTECT, related_name="passing_on")
    to = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    close_reason = models.CharField("lý do kết thúc", max_length=500, blank=True)
    done_on = models.DateField("đã chuyển ngày", null=True, blank=True)
    asked_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.reorganisation_id)


class RecommendationTransfer(models.Model):
    """From a day on another unit carries a recommendation on: its unit ended, or it was given to another heir (chuyển giao)."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="transfers")
    from_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    transferred_on = models.DateField("từ ngày")
    reorganisation = models.ForeignKey(
        Reorganisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField("lý do", max_length=500, blank=True)
    transferred_at = models.DateTimeField(default=now, editable=False)
    transferred_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="recommendation_transfer_goes_somewhere"),
            models.CheckConstraint(
                condition=Q(reorganisation__isnull=False) | ~Q(reason=""), name="recommendation_transfer_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["recommendation", "transferred_on"], name="rec_transfer_as_of")]

    def __str__(self) -> str:
        return f"{self.from_unit_id} → {self.to_unit_id}"
