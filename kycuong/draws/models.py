"""Draws, who may know of their outcome, and what is published at the end: the frame and the winners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.core.presence import by_key
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit

from .rules import DrawState, Purpose

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL
DRAWN = [DrawState.DRAWN, DrawState.REVEALED]


class DrawQuerySet(models.QuerySet["Draw"]):
    """Words about draws."""

    def visible_to(self, person: Someone) -> DrawQuerySet:
        """The public part of a draw is for whoever may see the plans of its lead authority."""
        return self.filter(scope(person, "plan.see", unit="lead"))

    def known_to(self, person: Someone) -> DrawQuerySet:
        """Draws whose sealed part the person may open: the short list, and nobody else; no key of a program."""
        if by_key():
            return self.none()
        return self.filter(pk__in=DrawReader.objects.filter(person_id=person.pk or 0).values("draw_id"))


class Draw(models.Model):
    """A draw that anybody can repeat. Until it is revealed, nonce, frame and winners are sealed with a key that is not
    in the database; what stands here in plain text is public inside the lead authority's circle."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    lead = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="draws", verbose_name="cơ quan chủ trì")
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="phạm vi")
    purpose = models.CharField("bốc thăm", max_length=12, choices=Purpose)
    title = models.CharField("tên", max_length=200, blank=True)
    sizes = models.JSONField("số cần bốc", default=dict)
    source = models.CharField("nguồn công khai", max_length=200)
    source_on = models.DateField("ngày của nguồn")
    reveal_by = models.DateField("hạn công bố")
    commitment = models.CharField("cam kết", max_length=64, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=DrawState, default=DrawState.COMMITTED)
    sealed_basis = models.TextField(editable=False)
    sealed_outcome = models.TextField(blank=True, editable=False)
    committed_at = models.DateTimeField(default=now, editable=False)
    committed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    beacon = models.CharField("kết quả của nguồn", max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=64, blank=True, editable=False)
    spec = models.JSONField(null=True, blank=True, editable=False)
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    abandoned_at = models.DateTimeField(null=True, blank=True)
    abandoned_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    abandon_reason = models.CharField("lý do bỏ", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DrawQuerySet.as_manager()

    class Meta:
        ordering = ["-committed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=DrawState.REVEALED, revealed_at__isnull=False, revealed_by__isnull=False)
                & ~Q(nonce="")
                | ~Q(state=DrawState.REVEALED) & Q(revealed_at__isnull=True, nonce="", spec__isnull=True),
                name="draw_nonce_only_when_revealed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=DRAWN) | (Q(drawn_at__isnull=False) & ~Q(beacon="") & ~Q(sealed_outcome="")),
                name="draw_drawn_with_a_beacon",
            ),
            models.CheckConstraint(
                condition=~Q(state=DrawState.COMMITTED) | Q(drawn_at__isnull=True, beacon="", sealed_outcome=""),
                name="draw_committed_before_the_beacon",
            ),
            models.CheckConstraint(
                condition=(Q(state=DrawState.ABANDONED, abandoned_at__isnull=False) & ~Q(abandon_reason=""))
                | (~Q(state=DrawState.ABANDONED) & Q(abandoned_at__isnull=True)),
                name="draw_abandoned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(reveal_by__gt=models.F("source_on")), name="draw_revealed_after_the_source"
            ),
        ]
        indexes = [models.Index(fields=["lead", "state"], name="draw_of_lead")]

    def __str__(self) -> str:
        return self.title or f"{self.get_purpose_display()}, {self.source_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("draws:draw", args=[self.uid])


class DrawReader(models.Model):
    """Who may open the sealed part of a draw before it is revealed."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now, editable=False)
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "person"], name="draw_reader_once")]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.person_id}"


class FrameRow(models.Model):
    """One line of a revealed frame: a unit or a person with its weight and the parts of it, or why it was left out."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="frame_rows")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name_then = models.CharField(max_length=420)
    stratum = models.CharField(max_length=30, blank=True)
    weight = models.PositiveSmallIntegerField(default=0)
    parts = models.JSONField(default=dict, blank=True)
    excluded = models.CharField("lý do loại trừ", max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "unit"], name="frame_unit_once"),
            models.UniqueConstraint(fields=["draw", "person"], name="frame_person_once"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, person__isnull=True) | Q(unit__isnull=True, person__isnull=False),
                name="frame_row_is_a_unit_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(excluded="", weight__gt=0) | (~Q(excluded="") & Q(weight=0)),
                name="frame_row_has_weight_or_is_excluded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.name_then}"


class Winner(models.Model):
    """Who was drawn, with the key that won; or a unit added by hand («chỉ định») with the reason. Written when revealed."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="winners")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name_then = models.CharField(max_length=420)
    stratum = models.CharField(max_length=30, blank=True)
    key = models.CharField(max_length=64, blank=True)
    designated = models.CharField("lý do chỉ định", max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "unit"], name="winner_unit_once"),
            models.UniqueConstraint(fields=["draw", "person"], name="winner_person_once"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, person__isnull=True) | Q(unit__isnull=True, person__isnull=False),
                name="winner_is_a_unit_or_a_person",
            ),
            models.CheckConstraint(
                condition=(~Q(key="") & Q(designated="")) | (Q(key="") & ~Q(designated="")),
                name="winner_is_drawn_or_designated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw_id}: {self.name_then}"
