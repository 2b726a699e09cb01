"""Settings of follow-up: terms and the ladder of reminders from a day on; standard wordings by criterion."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kycuong.catalog.models import LegalBasis
from kycuong.core.clock import now
from kycuong.followup.rules import FollowupTerms, Silence

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL
USUAL = FollowupTerms()
TERMS = tuple(FollowupTerms.__dataclass_fields__)


class FollowupRule(models.Model):
    """From a day on: usual terms, what silence means, after how many working days who is told. A setting."""

    valid_from = models.DateField("áp dụng từ ngày", unique=True)
    days_minor = models.PositiveSmallIntegerField("hạn khắc phục (tồn tại thường)", default=USUAL.days_minor)
    days_serious = models.PositiveSmallIntegerField("hạn khắc phục (nghiêm trọng)", default=USUAL.days_serious)
    check_days = models.PositiveSmallIntegerField("hạn kiểm chứng báo cáo", default=USUAL.check_days)
    check_silence = models.CharField("hết hạn kiểm chứng", max_length=10, choices=Silence, default=Silence.WAITS)
    return_days = models.PositiveSmallIntegerField("hạn làm lại khi bị trả", default=USUAL.return_days)
    ahead = models.PositiveSmallIntegerField("nhắc trước hạn", default=USUAL.ahead)
    head_after = models.PositiveSmallIntegerField("báo thủ trưởng đơn vị sau", default=USUAL.head_after)
    superior_after = models.PositiveSmallIntegerField("báo cơ quan cấp trên sau", default=USUAL.superior_after)
    leader_after = models.PositiveSmallIntegerField("báo lãnh đạo sau", default=USUAL.leader_after)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days_minor__gte=1, days_serious__gte=1, check_days__gte=1, return_days__gte=1),
                name="followup_rule_terms_mean_something",
            ),
            models.CheckConstraint(
                condition=Q(head_after__lte=F("superior_after"), superior_after__lte=F("leader_after")),
                name="followup_rule_ladder_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from:%d/%m/%Y}"

    @property
    def terms(self) -> FollowupTerms:
        return FollowupTerms(**{name: getattr(self, name) for name in TERMS})

    @classmethod
    def on(cls, day: date) -> FollowupTerms:
        """What holds on a day; before the first setting, what is usual."""
        found = cls.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
        return found.terms if found else USUAL


class StandardWordingQuerySet(models.QuerySet["StandardWording"]):
    """Words about standard wordings."""

    def visible_to(self, person: Someone) -> StandardWordingQuerySet:
        """No secret: units may read what they will be asked to do."""
        return self if person.is_authenticated else self.none()


class StandardWording(models.Model):
    """What is usually recommended when a criterion fails: words, expected proof, term, legal basis. Editable data."""

    criterion_code = models.CharField("tiêu chí", max_length=10, unique=True)
    text = models.CharField("kiến nghị", max_length=1000)
    expected_proof = models.CharField("minh chứng cần có", max_length=300, blank=True)
    days = models.PositiveSmallIntegerField("hạn (ngày làm việc)", null=True, blank=True)
    legal_basis = models.ForeignKey(
        LegalBasis, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="căn cứ"
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    written_at = models.DateTimeField(default=now, editable=False)
    written_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = StandardWordingQuerySet.as_manager()

    class Meta:
        ordering = ["criterion_code"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="standard_wording_says_something")]

    def __str__(self) -> str:
        return f"{self.criterion_code}: {self.text}"
