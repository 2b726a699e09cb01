"""Who switched an optional part on or off, at which unit, since when and why: each time a row, the last one holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.orgs.models import Unit

from .rules import FEATURES, LONGEST_REASON, Feature, Setting

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


class FeatureSwitchQuerySet(models.QuerySet["FeatureSwitch"]):
    """Words about switches."""

    def visible_to(self, person: Someone) -> FeatureSwitchQuerySet:
        """What a unit uses is no secret: whoever is signed in and is refused may read why."""
        return self if person.is_authenticated and person.is_active else self.none()

    def holding(self) -> FeatureSwitchQuerySet:
        """Of each unit and part the last one, which holds."""
        later = FeatureSwitch.objects.filter(unit=OuterRef("unit"), feature=OuterRef("feature"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later))


class FeatureSwitch(models.Model):
    """That a unit decided about an optional part, for itself and all below it that decide nothing else."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    feature = models.CharField("tính năng", max_length=30)
    setting = models.CharField("quyết định", max_length=10, choices=Setting)
    reason = models.CharField("lý do", max_length=LONGEST_REASON)
    set_at = models.DateTimeField("lúc", default=now, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = FeatureSwitchQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="feature_switched_with_a_reason"),
            models.CheckConstraint(condition=Q(setting__in=["on", "off", "above"]), name="feature_setting_is_known"),
        ]
        indexes = [models.Index(fields=["unit", "feature", "id"], name="feature_switch_of_unit")]

    def __str__(self) -> str:
        return f"{self.feature} {self.setting}: {self.unit_id}"

    @property
    def meant(self) -> Feature | None:
        """The part; None for one that a later version of the product does not have."""
        return FEATURES.get(self.feature)
