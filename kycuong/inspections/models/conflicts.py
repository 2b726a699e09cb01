"""Conflicts of interest: what members declare in an inspection, what a leader accepts, and the standing register of recusals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.inspections.rules.conflicts import ConflictKind
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import FOREVER

from .visits import Inspection

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class ConflictDeclaration(models.Model):
    """What somebody declares in one inspection: that nothing ties him to its units, or what ties him to one of them."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="declarations")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("loại quan hệ", max_length=20, choices=ConflictKind)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    # In a sealed inspection unit and note stand here, sealed: whoever has read where it goes declares just that.
    sealed_tie = models.TextField("đơn vị và ghi chú (niêm phong)", blank=True, editable=False)
    declared_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "person", "kind", "unit"], name="conflict_declared_once"),
            models.UniqueConstraint(
                fields=["inspection", "person"], condition=Q(kind=ConflictKind.NONE), name="conflict_denied_once"
            ),
            models.CheckConstraint(
                condition=Q(kind=ConflictKind.NONE, unit__isnull=True, sealed_tie="")
                | (~Q(kind=ConflictKind.NONE) & Q(unit__isnull=False, sealed_tie=""))
                | (~Q(kind=ConflictKind.NONE) & Q(unit__isnull=True, note="") & ~Q(sealed_tie="")),
                name="conflict_is_with_a_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class ConflictWaiver(models.Model):
    """That the leader's side lets somebody work at a unit in spite of what ties him to it; `covers` names what was known."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="waivers")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    covers = models.JSONField(default=list)
    reason = models.CharField("lý do chấp nhận", max_length=300)
    waived_at = models.DateTimeField(default=now, editable=False)
    waived_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inspection", "person", "unit"], name="conflict_waived_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="conflict_waived_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.unit_id}"


class StandingRecusalQuerySet(models.QuerySet["StandingRecusal"]):
    """Words about the standing register."""

    def visible_to(self, person: Someone) -> StandingRecusalQuerySet:
        """One's own, and those that the person keeps: family ties are nobody else's business."""
        return self.filter(scope(person, "recusal.keep", unit="authority") | Q(person_id=person.pk or 0))


class StandingRecusal(models.Model):
    """Somebody stays away from a unit whatever the inspection (danh sách hồi tị thường xuyên)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    authority = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="cơ quan giữ danh sách"
    )
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    kind = models.CharField("loại quan hệ", max_length=20, choices=ConflictKind)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày", default=FOREVER)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    objects = StandingRecusalQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "kind", "valid_from"], name="standing_recusal_once"),
            models.CheckConstraint(condition=Q(valid_from__lt=F("valid_to")), name="standing_recusal_begins_first"),
            models.CheckConstraint(condition=~Q(kind=ConflictKind.NONE), name="standing_recusal_is_a_tie"),
        ]
        indexes = [models.Index(fields=["person", "valid_from", "valid_to"], name="standing_recusal_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.unit_id}"

    @property
    def has_end(self) -> bool:
        return self.valid_to < FOREVER
