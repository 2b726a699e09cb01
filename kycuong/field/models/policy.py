"""How long phones may keep what, from a day on. A setting: written once, the next one holds instead."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.field.rules.policy import Policy

PERSON = settings.AUTH_USER_MODEL
USUAL = Policy()


class FieldPolicy(models.Model):
    """From a day on: hours offline, minutes until a phone locks, days until it is emptied, hours until its head is told."""

    valid_from = models.DateField("áp dụng từ ngày")
    offline_hours = models.PositiveSmallIntegerField("làm việc không có mạng (giờ)", default=USUAL.offline_hours)
    autolock_minutes = models.PositiveSmallIntegerField("tự khóa sau (phút)", default=USUAL.autolock_minutes)
    purge_days = models.PositiveSmallIntegerField("dọn khỏi máy sau khi gửi (ngày)", default=USUAL.purge_days)
    tell_hours = models.PositiveSmallIntegerField("báo trưởng đoàn khi chưa gửi quá (giờ)", default=USUAL.tell_hours)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(offline_hours__gte=1, autolock_minutes__gte=1, purge_days__gte=1, tell_hours__gte=1),
                name="field_policy_leaves_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}"

    @classmethod
    def on(cls, day: date) -> FieldPolicy:
        """What holds on a day: the last that was set by then, or the proposal (a row without a key)."""
        return cls.objects.filter(valid_from__lte=day).last() or cls(valid_from=day)
