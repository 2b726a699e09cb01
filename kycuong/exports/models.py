"""Files of lists that are made in the background, and what holds for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.exports.rules import AT_ONCE, DAYS_KEPT, LONGEST_QUERY, UNDER_WAY, Limits, State

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class ExportRule(models.Model):
    """From a day on: from how many rows a file is made in the background, and how long files are kept. A setting."""

    valid_from = models.DateField("áp dụng từ ngày", unique=True)
    at_once = models.PositiveIntegerField("số dòng tải ngay", default=AT_ONCE)
    days_kept = models.PositiveSmallIntegerField("số ngày giữ tệp", default=DAYS_KEPT)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(at_once__gte=1, days_kept__gte=1), name="export_rule_means_something")
        ]

    def __str__(self) -> str:
        return f"{self.at_once} / {self.days_kept}"

    @classmethod
    def on(cls, day: date) -> Limits:
        """What holds on the day."""
        held = cls.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
        return Limits(held.at_once, held.days_kept) if held else Limits()


class ListExportQuerySet(models.QuerySet["ListExport"]):
    """Words about files of lists."""

    def visible_to(self, person: Someone) -> ListExportQuerySet:
        """One's own: a file holds what its owner may see, and nobody else's rights were asked."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self.filter(person_id=person.pk)

    def under_way(self) -> ListExportQuerySet:
        return self.filter(state__in=UNDER_WAY)


class ListExport(models.Model):
    """One file: who asked for which list with which filters, how far it is, and until when it is kept."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="list_exports")
    name = models.CharField("danh sách", max_length=40)
    form = models.CharField("loại tệp", max_length=4)
    query = models.CharField("điều kiện", max_length=LONGEST_QUERY, blank=True)
    title = models.CharField("tên", max_length=300)
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField("yêu cầu lúc", default=now, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    holder = models.CharField(max_length=36, blank=True, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)
    total = models.PositiveIntegerField("số dòng", default=0, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    kept_until = models.DateField("giữ đến hết ngày", null=True, editable=False)
    rights = models.TextField(blank=True, editable=False)
    fault_vi = models.CharField(max_length=500, blank=True, editable=False)
    fault_en = models.CharField(max_length=500, blank=True, editable=False)

    objects = ListExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=["csv", "xlsx"]), name="list_export_of_a_known_type"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(kept_until__isnull=False, ended_at__isnull=False),
                name="list_export_kept_for_a_time",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(fault_vi=""), name="list_export_fails_with_words"),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="list_export_done_in_total"),
        ]
        indexes = [
            models.Index(fields=["state", "asked_at"], condition=Q(state__in=UNDER_WAY), name="list_export_under_way"),
            models.Index(fields=["person", "-asked_at"], name="list_export_of_person"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exports:export", args=[self.uid])

    @property
    def share(self) -> float:
        return self.done / self.total if self.total else 0.0

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY
