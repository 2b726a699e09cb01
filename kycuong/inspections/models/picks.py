"""Case files that were chosen at random at a visit, with all that is needed to choose them again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.inspections.rules import picks

from .visits import Visit


class CaseFilePick(models.Model):
    """One choice of n among N case files. A second one needs a reason, and both stay."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="picks")
    position = models.PositiveSmallIntegerField("lần")
    subject = models.CharField("hồ sơ gì", max_length=200)
    size = models.PositiveIntegerField("tổng số hồ sơ")
    number = models.PositiveIntegerField("số hồ sơ được chọn")
    codes = models.JSONField("danh sách mã", default=list, blank=True)
    list_sha256 = models.CharField("mã danh sách", max_length=64)
    seed = models.CharField("số gieo", max_length=64)
    picked = models.JSONField("hồ sơ được chọn")
    reason = models.CharField("lý do chọn thêm", max_length=500, blank=True)
    picked_at = models.DateTimeField(default=now, editable=False)
    picked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["visit", "position"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "position"], name="case_file_pick_once_a_position"),
            models.CheckConstraint(condition=Q(position=1) | ~Q(reason=""), name="case_file_pick_again_with_a_reason"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=models.F("size")), name="case_file_pick_some"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.number}/{self.size}"

    @property
    def is_repeatable(self) -> bool:
        """Whether choosing again from what is on record gives what is on record."""
        codes = picks.listed(self.codes, None if self.codes else self.size)
        return (picks.list_hash(codes), picks.pick(codes, self.number, self.seed)) == (self.list_sha256, self.picked)
