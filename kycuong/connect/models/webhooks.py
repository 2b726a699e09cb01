"""Where what happens is told to, and what is to be told there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from kycuong.connect.rules.webhooks import LONGEST_ADDRESS, TRIAL, Kind, Outcome, State
from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.core.sealing import keyring

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone


class DestinationQuerySet(models.QuerySet["Destination"]):
    """Words about destinations."""

    def visible_to(self, person: Someone) -> DestinationQuerySet:
        """One's own alone."""
        own = self.filter(owner_id=person.pk).exclude(state=State.REMOVED)
        return own if person.is_authenticated and person.is_active else self.none()


class Destination(models.Model):
    """An address of another program that is told what happens, as far as its owner may see it (nơi nhận)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="webhooks")
    name = models.CharField("tên nơi nhận", max_length=60)
    address = models.CharField("địa chỉ", max_length=LONGEST_ADDRESS)
    origin = models.CharField("giao thức và tên máy", max_length=LONGEST_ADDRESS, editable=False)
    kinds = models.JSONField("loại việc")
    state = models.CharField(max_length=10, choices=State, default=State.ACTIVE)
    why = models.CharField("lý do tạm dừng", max_length=300, blank=True)
    made_at = models.DateTimeField(default=now, editable=False)
    sealed = models.CharField(max_length=600, editable=False)
    holder = models.CharField(max_length=36, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, editable=False)
    lost = models.PositiveIntegerField("số tin đã bỏ", default=0, editable=False)
    lost_at = models.DateTimeField(null=True, editable=False)

    objects = DestinationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="paused") | ~models.Q(why=""), name="webhook_paused_with_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("connect:webhook", args=[self.uid])

    @property
    def kind_names(self) -> list[str]:
        return [str(Kind(one).label) for one in self.kinds]

    def keep_secret(self, secret: str) -> None:
        self.sealed = keyring().seal(secret, about=self._place)

    def secret(self) -> str:
        return keyring().unseal(self.sealed, about=self._place)

    @property
    def _place(self) -> str:
        return f"connect.Destination.sealed:{self.uid}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Words about deliveries."""

    def visible_to(self, person: Someone) -> DeliveryQuerySet:
        """Of one's own destinations, once they were tried: what waits may be of something that one may not see."""
        own = Destination.objects.visible_to(person)
        return self.filter(destination__in=own).filter(models.Q(tried_at__isnull=False) | models.Q(kind=TRIAL))


class Delivery(models.Model):
    """One thing that happened and is to be told to one destination (lần gửi)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    destination = models.ForeignKey(Destination, on_delete=models.PROTECT, related_name="deliveries")
    kind = models.CharField(max_length=30)
    subject = models.UUIDField("hồ sơ", null=True)
    happened_at = models.DateTimeField(default=now)
    done = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField("số lần", default=0)
    next_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.NONE, blank=True)
    status = models.PositiveSmallIntegerField("mã HTTP", null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["destination", "done", "id"], name="webhook_deliveries_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @property
    def kind_name(self) -> str:
        return gettext("Gửi thử") if self.kind == TRIAL else str(Kind(self.kind).label)
