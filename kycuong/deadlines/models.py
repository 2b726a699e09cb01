"""The days on which the calendar of offices differs from the plain week, and the years that somebody has confirmed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.deadlines.rules import DayKind, DaySource


class CalendarDay(models.Model):
    """A day off, or a Saturday or Sunday worked in exchange.

    One table, so that a day cannot be both. «Như tuần thường» remembers that a person took away what the library says of
    the day: filling the year again does not bring it back.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    day = models.DateField("ngày", unique=True, error_messages={"unique": "ngày này đã có trong lịch nghỉ."})
    kind = models.CharField("loại", max_length=16, choices=DayKind.choices)
    name = models.CharField("tên", max_length=120)
    exchanged_for = models.DateField("hoán đổi với ngày", null=True, blank=True)
    source = models.CharField("nguồn", max_length=8, choices=DaySource.choices)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    entered_at = models.DateTimeField(default=now, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="calendar_day_kind_known"),
            models.CheckConstraint(condition=Q(source__in=DaySource.values), name="calendar_day_source_known"),
            models.CheckConstraint(condition=~Q(name=""), name="calendar_day_has_name"),
            models.CheckConstraint(
                condition=Q(exchanged_for=None) | Q(kind__in=["swapped", "worked"]),
                name="calendar_day_exchange_is_a_swap",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.name}"


class YearConfirmation(models.Model):
    """Somebody compared the days off of a year with the official announcement."""

    year = models.PositiveSmallIntegerField(
        "năm", unique=True, error_messages={"unique": "lịch nghỉ năm này đã được xác nhận."}
    )
    announcement = models.CharField("theo văn bản", max_length=300, blank=True)
    confirmed_at = models.DateTimeField(default=now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)
