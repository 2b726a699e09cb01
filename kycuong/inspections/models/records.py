"""What is written at a visit: exceptions, findings, minutes and what was added to them later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from kycuong.catalog.models import Checklist
from kycuong.catalog.rules import Outcome, Severity
from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.inspections.rules import UnitSignature
from kycuong.inspections.rules.replies import DecisionOutcome
from kycuong.orgs.models import Unit

from .visits import Visit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kycuong.orgs.authority import Someone
    from kycuong.orgs.models import Person

    from .concerned import ConcernedPerson
    from .replies import FindingDecision, FindingReply

PERSON = settings.AUTH_USER_MODEL


class VisitAddition(models.Model):
    """What the lead authority asks at a visit beyond the province's checklist; kept as it was when the visit was begun."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="addition")
    checklist = models.ForeignKey(Checklist, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.checklist}"


class AnswerException(models.Model):
    """One answer of a visit that is not a plain pass. Passes are what is left of the checklist's form."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="exceptions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    criterion_code = models.CharField(max_length=10)
    outcome = models.CharField(max_length=20, choices=Outcome)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "criterion_code"], name="answer_exception_once"),
            models.CheckConstraint(condition=~Q(outcome=Outcome.PASS), name="answer_exception_is_not_a_pass"),
        ]
        indexes = [models.Index(fields=["unit", "criterion_code", "outcome"], name="answer_exception_of_unit")]

    def __str__(self) -> str:
        return f"{self.criterion_code}: {self.outcome}"


class FindingQuerySet(models.QuerySet["Finding"]):
    """Words about findings."""

    def visible_to(self, person: Someone) -> FindingQuerySet:
        """A finding is seen with its visit."""
        return self.filter(visit__in=Visit.objects.visible_to(person))

    def standing(self) -> FindingQuerySet:
        """Those that were not withdrawn: what was withdrawn is as if it had not been found."""
        return self.exclude(decision__outcome=DecisionOutcome.WITHDRAWN)

    def contested(self, day: date) -> FindingQuerySet:
        """Those that count against nobody on the day: the unit objects and nobody has decided, or its term to answer runs."""
        undecided = Q(decision=None) | Q(decision__decided_on__gt=day)
        objected = Q(reply__accepts=False, reply__replied_on__lte=day) & undecided
        unheard = Q(visit__conclusion__heard_on=None) | Q(visit__conclusion__heard_on__gt=day)
        asked = Q(visit__conclusion__shared_on__lte=day, visit__conclusion__reply_until__gte=day) & unheard
        return self.filter(objected | asked)

    def overdue(self, day: date) -> FindingQuerySet:
        """Standing, not remedied, past their term on the day, and not contested."""
        late = self.standing().filter(remedied_on=None, due_on__lt=day)
        return late.filter(~Exists(Finding.objects.contested(day).filter(pk=OuterRef("pk"))))


class Finding(models.Model):
    """A shortcoming recorded at a visit, with the day by which it must be remedied and the day it was."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="findings")
    criterion_code = models.CharField("tiêu chí", max_length=10, blank=True)
    group_code = models.CharField("nhóm", max_length=4, blank=True)
    description = models.CharField("mô tả", max_length=1000)
    severity = models.PositiveSmallIntegerField("mức độ", choices=Severity, default=Severity.MINOR)
    due_on = models.DateField("hạn khắc phục", null=True, blank=True)
    remedied_on = models.DateField("đã khắc phục ngày", null=True, blank=True)
    remedied_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    remedy_note = models.CharField("kết quả khắc phục", max_length=500, blank=True)
    unit_explanation = models.CharField("ý kiến của đơn vị", max_length=1000, blank=True)

    instead: dict[tuple[str, int, str], list[Person]]
    """In whose stead it was answered and decided (inspections/queries/replies.py)."""

    objects = FindingQuerySet.as_manager()

    repeats: Visit | None = None
    """The earlier visit that found the same. Known only where somebody asked, as far as they may see it."""

    concerned: Sequence[ConcernedPerson] = ()
    """Whom it concerns, with names or their masks. Known only where somebody asked."""

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(remedied_on__isnull=False) | Q(remedied_by__isnull=True), name="finding_remedied_on_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "criterion_code", "visit"], name="finding_of_unit"),
            models.Index(fields=["due_on", "remedied_on"], name="finding_due"),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def answered(self) -> FindingReply | None:
        """What the unit answered to it."""
        return getattr(self, "reply", None)

    @property
    def decided(self) -> FindingDecision | None:
        """What the lead side decided on the unit's answer."""
        return getattr(self, "decision", None)

    @property
    def is_withdrawn(self) -> bool:
        return self.decided is not None and self.decided.outcome == DecisionOutcome.WITHDRAWN

    @property
    def is_disputed(self) -> bool:
        """The unit objects, and nobody has decided yet."""
        return self.answered is not None and not self.answered.accepts and self.decided is None

    @property
    def words_now(self) -> str:
        """The words that hold: those of the decision where it changed them."""
        return (self.decided and self.decided.description) or self.description

    @property
    def severity_now(self) -> int:
        """The severity that holds."""
        return (self.decided and self.decided.severity) or self.severity


class Minutes(models.Model):
    """The minutes of a visit: number (given by the records clerk), hours, and who signed or refused."""

    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="minutes")
    number = models.CharField("số biên bản", max_length=80, blank=True)
    begun_at = models.TimeField("bắt đầu", null=True, blank=True)
    ended_at = models.TimeField("kết thúc", null=True, blank=True)
    team_signatory = models.CharField("người ký của đoàn (chức vụ)", max_length=200, blank=True)
    unit_signature = models.CharField("đơn vị", max_length=10, choices=UnitSignature, default=UnitSignature.SIGNED)
    unit_signatory = models.CharField("người ký của đơn vị (chức vụ)", max_length=200, blank=True)
    refusal_reason = models.CharField("lý do từ chối ký", max_length=500, blank=True)
    witness = models.CharField("người chứng kiến việc từ chối (chức vụ)", max_length=200, blank=True)
    secretary = models.CharField("thư ký (chức vụ)", max_length=200, blank=True)
    decision_number = models.CharField("số quyết định khi ký", max_length=80, blank=True, editable=False)
    decision_on = models.DateField("ngày quyết định khi ký", null=True, blank=True, editable=False)
    digest = models.CharField("mã kiểm tra", max_length=64, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit_signature=UnitSignature.SIGNED) | ~Q(refusal_reason=""),
                name="minutes_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(begun_at__isnull=True) | Q(ended_at__isnull=True) | Q(ended_at__gte=F("begun_at")),
                name="minutes_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.visit_id)


class Addendum(models.Model):
    """What is put right in signed minutes: they stay as they are, and this is signed beside them (biên bản bổ sung)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="addenda")
    position = models.PositiveSmallIntegerField("lần")
    reason = models.CharField("lý do bổ sung", max_length=500)
    text = models.TextField("nội dung bổ sung, đính chính", max_length=5000)
    team_signatory = models.CharField("người ký của đoàn (chức vụ)", max_length=200)
    unit_signature = models.CharField("đơn vị", max_length=10, choices=UnitSignature, default=UnitSignature.SIGNED)
    unit_signatory = models.CharField("người ký của đơn vị (chức vụ)", max_length=200, blank=True)
    refusal_reason = models.CharField("lý do từ chối ký", max_length=500, blank=True)
    witness = models.CharField("người chứng kiến việc từ chối (chức vụ)", max_length=200, blank=True)
    digest = models.CharField("mã kiểm tra", max_length=64, editable=False)
    signed_at = models.DateTimeField(default=now, editable=False)
    signed_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "position"], name="addendum_position_once"),
            models.CheckConstraint(
                condition=Q(unit_signature=UnitSignature.SIGNED) | ~Q(refusal_reason=""),
                name="addendum_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id}: {self.position}"
