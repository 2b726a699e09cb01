"""The two-sided clock: the rule of silence, what the unit answers to each finding, what the lead side decides on it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from kycuong.catalog.rules import Severity
from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.inspections.rules.replies import (
    CONCLUDE_DAYS,
    DECIDE_DAYS,
    REPLY_DAYS,
    DecisionOutcome,
    LeadSilence,
    UnitSilence,
)

from .records import Finding

if TYPE_CHECKING:
    from .files import VisitFile

PERSON = settings.AUTH_USER_MODEL
LONG_AGO = date(2000, 1, 1)


class SilenceRule(models.Model):
    """From a day on: the two terms in working days, what silence means for each side, and within how many days after the minutes a
    conclusion is to be drafted (nothing lapses by that one: it is the day of a to-do). A setting."""

    valid_from = models.DateField(
        "áp dụng từ ngày",
        unique=True,
        error_messages={"unique": "quy tắc từ ngày này đang được dùng, không sửa được; hãy chọn ngày sau."},
    )
    reply_days = models.PositiveSmallIntegerField("đơn vị trả lời trong (ngày làm việc)", default=REPLY_DAYS)
    unit_silence = models.CharField(
        "đơn vị không trả lời thì", max_length=10, choices=UnitSilence, default=UnitSilence.STANDS
    )
    decide_days = models.PositiveSmallIntegerField("xem xét ý kiến trong (ngày làm việc)", default=DECIDE_DAYS)
    lead_silence = models.CharField(
        "không xem xét kịp thì", max_length=10, choices=LeadSilence, default=LeadSilence.WITHDRAWN
    )
    conclude_days = models.PositiveSmallIntegerField("soạn kết luận trong (ngày làm việc)", default=CONCLUDE_DAYS)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(reply_days__gte=1, decide_days__gte=1), name="silence_rule_leaves_time"),
            models.CheckConstraint(condition=Q(conclude_days__gte=1), name="silence_rule_leaves_time_to_conclude"),
        ]

    def __str__(self) -> str:
        return f"{self.reply_days} / {self.decide_days}"


class FindingReply(models.Model):
    """What the unit answers to one finding, corrected in place until its term ends or it was decided on; the log keeps all."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="reply")
    accepts = models.BooleanField("đồng ý")
    text = models.TextField("ý kiến, giải trình", max_length=3000, blank=True)
    replied_at = models.DateTimeField(default=now, editable=False)
    replied_on = models.DateField("ngày trả lời", default=today, editable=False)
    replied_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    kept_files: list[VisitFile]
    """Its photos and files. Known only where somebody asked."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(accepts=True) | ~Q(text=""), name="finding_reply_objects_with_words")
        ]

    def __str__(self) -> str:
        return self.text or str(self.finding_id)


class FindingDecision(models.Model):
    """What the lead side decided on a finding to which the unit objects. Written once; the signed minutes stay beside it."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    finding = models.OneToOneField(Finding, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField("quyết định", max_length=10, choices=DecisionOutcome)
    reason = models.TextField("lý do", max_length=2000)
    description = models.CharField("nội dung sau khi sửa", max_length=1000, blank=True)
    severity = models.PositiveSmallIntegerField("mức độ sau khi sửa", choices=Severity, null=True, blank=True)
    decided_at = models.DateTimeField(default=now, editable=False)
    decided_on = models.DateField("ngày quyết định", default=today, editable=False)
    decided_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="finding_decision_has_a_reason"),
            models.CheckConstraint(
                condition=Q(outcome=DecisionOutcome.CHANGED, severity__isnull=False) & ~Q(description="")
                | ~Q(outcome=DecisionOutcome.CHANGED) & Q(description="", severity__isnull=True),
                name="finding_decision_says_what_changed",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=False) | Q(outcome=DecisionOutcome.WITHDRAWN),
                name="finding_decision_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}: {self.outcome}"
