"""Campaigns: one authority sends one checklist to its units, with one term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.catalog.models import Checklist
from kycuong.catalog.rules import ChecklistForm
from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit
from kycuong.selfchecks.rules import CampaignState

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class SelfCheckCampaignQuerySet(models.QuerySet["SelfCheckCampaign"]):
    """Words about campaigns."""

    def visible_to(self, person: Someone) -> SelfCheckCampaignQuerySet:
        """For the authority that sends it and those above; a unit sees its own self-check, not the campaign."""
        return self.filter(scope(person, "inspection.see", unit="authority"))

    def sent(self) -> SelfCheckCampaignQuerySet:
        return self.exclude(state=CampaignState.DRAFT)


class SelfCheckCampaign(models.Model):
    """The same checklist sent to many units before the season, to be answered by themselves (đợt tự kiểm tra)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    authority = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="self_check_campaigns", verbose_name="cơ quan gửi"
    )
    title = models.CharField("tên đợt", max_length=200)
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="+", verbose_name="phiếu")
    checklist_form = models.CharField("mẫu phiếu", max_length=10, choices=ChecklistForm, default=ChecklistForm.SHORT)
    kinds = models.JSONField("loại đơn vị", default=list, blank=True)
    units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name="đơn vị chọn thêm")
    days = models.PositiveSmallIntegerField("hạn (ngày làm việc)")
    opened_on = models.DateField("ngày gửi", null=True, blank=True)
    due_on = models.DateField("hạn nộp", null=True, blank=True)
    due_words = models.CharField("cách tính hạn", max_length=600, blank=True)
    state = models.CharField(max_length=10, choices=CampaignState, default=CampaignState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SelfCheckCampaignQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=CampaignState.DRAFT, opened_on=None, due_on=None)
                | ~Q(state=CampaignState.DRAFT) & Q(opened_on__isnull=False, due_on__isnull=False),
                name="self_check_campaign_sent_with_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & Q(days__gte=1), name="self_check_campaign_says_what_and_when"
            ),
        ]
        indexes = [models.Index(fields=["authority", "state"], name="self_check_campaign_of_unit")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("selfchecks:campaign", args=[self.uid])
