"""The log of a visit: ops that are never changed or taken away, which of them hold, and how far the record follows."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.core.clock import now
from kycuong.field.rules import Status, Why
from kycuong.inspections.models import Visit

from .devices import FieldDevice

PERSON = settings.AUTH_USER_MODEL


class FieldOp(models.Model):
    """One thing said of one field of a visit: on a phone, or at the desk (no device, no number). The body is kept sealed: it may
    hold a name or a signature."""

    uid = models.UUIDField(unique=True, editable=False)
    sha = models.CharField(max_length=64, editable=False)
    device = models.ForeignKey(FieldDevice, null=True, on_delete=models.PROTECT, related_name="ops")
    seq = models.PositiveIntegerField(null=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="field_ops")
    field = models.CharField(max_length=60)
    deleted = models.BooleanField(default=False)
    form = models.CharField(max_length=64, blank=True)
    author = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    wall = models.BigIntegerField()
    received_at = models.DateTimeField(default=now, editable=False)
    sealed_body = models.TextField(editable=False)
    # What the record made of it: moves without an act of its own.
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    why = models.CharField(max_length=20, choices=Why, blank=True)
    problem_vi = models.CharField(max_length=500, blank=True)
    problem_en = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["device", "seq"], name="field_op_number_once_on_a_phone"),
            models.CheckConstraint(
                condition=Q(device__isnull=True, seq__isnull=True) | Q(device__isnull=False, seq__gte=1),
                name="field_op_of_a_phone_has_a_number",
            ),
        ]
        indexes = [models.Index(fields=["visit", "field"], name="field_op_of_field")]

    def __str__(self) -> str:
        return f"{self.field} {self.uid}"

    @property
    def place_of_body(self) -> str:
        """What the seal of the body is bound to."""
        return f"field.FieldOp.{self.uid}.body"


class FieldSuperseded(models.Model):
    """That an op, here already or not yet, was replaced by one whose author had seen it."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=60)
    op = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "field", "op"], name="field_superseded_once")]

    def __str__(self) -> str:
        return f"{self.field}: {self.op}"


class FieldHead(models.Model):
    """An op that holds. Two at one field are a conflict, which a person decides."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="field_heads")
    op = models.OneToOneField(FieldOp, on_delete=models.PROTECT, related_name="head")

    def __str__(self) -> str:
        return str(self.op_id)


class FieldVisit(models.Model):
    """How far the record of a visit follows its log: a fingerprint of each field as the record had it, and the heads that it
    was brought to."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="field_visit")
    rev = models.PositiveIntegerField(default=0)
    seen = models.JSONField(default=dict)
    applied = models.JSONField(default=dict)
    tried = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.rev}"
