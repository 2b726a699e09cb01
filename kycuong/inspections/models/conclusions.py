"""What follows signed minutes: the report of the team and the conclusions that units may answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import scope

from .replies import SilenceRule
from .teams import TeamMember
from .visits import Inspection, Visit

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class TeamReport(models.Model):
    """What the team reports of an inspection to the authority that ordered it (báo cáo kết quả kiểm tra)."""

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="report")
    text = models.TextField("nội dung báo cáo", max_length=20_000)
    number = models.CharField("số, ký hiệu", max_length=80, blank=True)
    reported_on = models.DateField("ngày báo cáo")
    submitted_at = models.DateTimeField(default=now, editable=False)
    submitted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number or str(self.inspection_id)


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    """Words about conclusions."""

    def visible_to(self, person: Someone) -> ConclusionQuerySet:
        """By whose side leads, always; by the unit's side once it is asked for its word."""
        led = scope(person, "inspection.see", unit="visit__inspection__lead", day="visit__visited_on")
        about = scope(person, "visit.see", unit="visit__unit", day="visit__visited_on")
        teamed = Q(visit__inspection__in=TeamMember.objects.current().of(person).values("inspection_id"))
        return self.filter(led | teamed | (about & ~Q(state=ConclusionState.DRAFT)))

    def answered_by(self, person: Someone) -> ConclusionQuerySet:
        """By the unit's side, in any state: of what a unit said it keeps the proof, also while the draft is rewritten."""
        return self.filter(scope(person, "visit.see", unit="visit__unit", day="visit__visited_on"))


class Conclusion(models.Model):
    """What the lead authority concludes of one visit, and tells the unit (thông báo kết quả, kết luận kiểm tra)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="conclusion")
    state = models.CharField(max_length=10, choices=ConclusionState, default=ConclusionState.DRAFT)
    strengths = models.TextField("ưu điểm", max_length=5000, blank=True)
    shortcomings = models.TextField("tồn tại, hạn chế", max_length=10_000, blank=True)
    causes = models.TextField("nguyên nhân", max_length=5000, blank=True)
    requests = models.TextField("kiến nghị, yêu cầu", max_length=5000, blank=True)
    rule = models.ForeignKey(SilenceRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    shared_on = models.DateField("lấy ý kiến lần đầu ngày", null=True, blank=True)
    reply_from = models.DateField("lấy ý kiến từ ngày", null=True, blank=True)
    reply_days = models.PositiveSmallIntegerField("thời hạn lấy ý kiến (ngày làm việc)", null=True, blank=True)
    reply_until = models.DateField("lấy ý kiến đến hết ngày", null=True, blank=True)
    heard_on = models.DateField("lấy ý kiến xong ngày", null=True, blank=True)
    decide_from = models.DateField("xem xét ý kiến từ ngày", null=True, blank=True)
    decide_until = models.DateField("xem xét ý kiến đến hết ngày", null=True, blank=True)
    reply = models.TextField("ý kiến của đơn vị", max_length=5000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    return_reason = models.CharField("lý do trả lại", max_length=500, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issue_recorded_at = models.DateTimeField(null=True, blank=True, editable=False)
    number = models.CharField("số, ký hiệu", max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="conclusion_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(state=ConclusionState.ISSUED, approved_at__isnull=False),
                name="conclusion_issued_after_approval",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConclusionState.ISSUED) | Q(issued_on__isnull=False),
                name="conclusion_issued_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, replied_by__isnull=True, reply="")
                | Q(replied_at__isnull=False, replied_by__isnull=False) & ~Q(reply=""),
                name="conclusion_replied_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "reply_until"], name="conclusion_waiting"),
            models.Index(fields=["state", "decide_until"], name="conclusion_undecided"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.visit}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:conclusion", args=[self.uid])

    @property
    def held_rule(self) -> SilenceRule:
        """The rule that was in force when it was first shared; the proposal for one shared before there were rules."""
        return self.rule or SilenceRule()
