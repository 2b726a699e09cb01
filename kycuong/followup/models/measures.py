"""What follows for units and people after findings: the measures that the law knows, and those that were taken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.followup.rules.accountability import About, MeasureState, Rank
from kycuong.inspections.models import Finding, Visit
from kycuong.inspections.rules.concerned import MASK, Category
from kycuong.inspections.rules.replies import DecisionOutcome
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit
from kycuong.orgs.rules import FOREVER

from .recommendations import Recommendation

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class MeasureKindQuerySet(models.QuerySet["MeasureKind"]):
    """Words about kinds of measures."""

    def visible_to(self, person: Someone) -> MeasureKindQuerySet:
        """Laws are public; what was done by them is not."""
        return self if person.is_authenticated else self.none()

    def valid_on(self, day: date) -> MeasureKindQuerySet:
        return self.filter(valid_from__lte=day, valid_to__gt=day)


class MeasureKind(models.Model):
    """A form of holding somebody accountable: for whom, from when to when, by which law. Data, for review (hình thức xử lý)."""

    code = models.SlugField("mã", max_length=40, unique=True)
    title = models.CharField("hình thức", max_length=120)
    for_collective = models.BooleanField("áp dụng cho tập thể", default=False)
    for_person = models.BooleanField("áp dụng cho cá nhân", default=True)
    categories = models.JSONField("đối tượng", default=list, blank=True)
    disciplinary = models.BooleanField("là kỷ luật", default=False)
    days = models.PositiveSmallIntegerField("thời hạn xử lý (ngày)", null=True, blank=True)
    complex_days = models.PositiveSmallIntegerField("thời hạn vụ phức tạp (ngày)", null=True, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=120, blank=True)
    valid_from = models.DateField("áp dụng từ ngày", default=date(1900, 1, 1))
    valid_to = models.DateField("đến trước ngày", default=FOREVER)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    for_review = models.BooleanField("chờ người làm nghề rà soát", default=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = MeasureKindQuerySet.as_manager()

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=models.F("valid_from")), name="measure_kind_valid_a_while"),
            models.CheckConstraint(
                condition=Q(for_collective=True) | Q(for_person=True), name="measure_kind_is_for_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date | None:
        """The last day on which it applies; none while no end is known."""
        return None if self.valid_to == FOREVER else self.valid_to - timedelta(days=1)


class AccountabilityMeasureQuerySet(models.QuerySet["AccountabilityMeasure"]):
    """Words about measures."""

    def visible_to(self, person: Someone) -> AccountabilityMeasureQuerySet:
        """Restricted: by sight over the unit, and by who records for the authority. Whoever proposed one sees it until it
        has an outcome."""
        over = scope(person, "measure.see", unit="unit", day="visit__visited_on")
        decides = scope(person, "measure.record", unit="authority", day="visit__visited_on")
        mine = Q(proposed_by_id=person.pk or 0, state=MeasureState.PROPOSED)
        return self.filter(over | decides | mine)

    def waiting(self) -> AccountabilityMeasureQuerySet:
        return self.filter(state=MeasureState.PROPOSED)

    def decided(self) -> AccountabilityMeasureQuerySet:
        return self.filter(state=MeasureState.DECIDED)


class AccountabilityMeasure(models.Model):
    """What is proposed, decided or declined about one unit or one person on the ground of findings (xử lý trách nhiệm).

    A name is sealed like that of a person whom a finding concerns; it is erased when its term is over, and so is the position,
    and what was written in free words. The database refuses one without sound ground: see measure_walls.
    """

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="measures")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="measures", verbose_name="đơn vị")
    about = models.CharField("tập thể hay cá nhân", max_length=10, choices=About)
    category = models.CharField("đối tượng", max_length=20, choices=Category, blank=True)
    rank = models.CharField("nhóm chức vụ", max_length=20, choices=Rank, blank=True)
    position = models.CharField("chức vụ, vị trí việc làm", max_length=200, blank=True)
    sealed_name = models.TextField("họ tên (niêm phong)", blank=True, editable=False)
    kind = models.ForeignKey(MeasureKind, on_delete=models.PROTECT, related_name="measures", verbose_name="hình thức")
    findings = models.ManyToManyField(Finding, blank=True, related_name="measures", verbose_name="tồn tại làm căn cứ")
    recommendations = models.ManyToManyField(
        Recommendation, blank=True, related_name="measures", verbose_name="kiến nghị làm căn cứ"
    )
    authority = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="measures_decided", verbose_name="cơ quan có thẩm quyền"
    )
    is_complex = models.BooleanField("vụ việc phức tạp", default=False)
    grounds = models.CharField("lý do đề nghị", max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=MeasureState, default=MeasureState.PROPOSED)
    proposed_on = models.DateField("ngày đề nghị", null=True, blank=True)
    proposed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.CharField("số, ký hiệu quyết định", max_length=80, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    decline_reason = models.CharField("lý do không xử lý", max_length=1000, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    erased_on = models.DateField("ngày xóa dữ liệu cá nhân", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now, editable=False)

    objects = AccountabilityMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(about=About.COLLECTIVE, category="", rank="", position="", sealed_name="")
                | Q(about=About.PERSON) & ~Q(category="") & ~Q(rank=""),
                name="measure_about_a_unit_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state=MeasureState.PROPOSED, decided_on=None, number="", proposed_on__isnull=False)
                | Q(state=MeasureState.DECIDED, decided_on__isnull=False) & ~Q(number="")
                | Q(state=MeasureState.DECLINED, decided_on__isnull=False, number="") & ~Q(decline_reason=""),
                name="measure_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(erased_on=None) | Q(sealed_name="", position="", grounds=""), name="measure_erased_whole"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "decided_on"], name="measure_decided"),
            models.Index(fields=["authority", "state"], name="measure_waiting"),
            models.Index(fields=["visit", "state"], name="measure_of_visit"),
            models.Index(fields=["unit", "state", "decided_on"], name="measure_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.whom}"

    def get_absolute_url(self) -> str:
        return reverse("followup:measure", args=[self.uid])

    @property
    def whom(self) -> str:
        """By category and group of positions, never by name."""
        if self.about == About.COLLECTIVE:
            return str(About.COLLECTIVE.label)
        return f"{self.get_category_display()}, {self.position or self.get_rank_display().lower()}"

    @property
    def mask(self) -> str:
        return MASK if self.sealed_name else ""

    @property
    def is_waiting(self) -> bool:
        return self.state == MeasureState.PROPOSED


def unsound() -> Q:
    """A filter for findings for which nobody answers: withdrawn, or contested and undecided."""
    return Q(decision__outcome=DecisionOutcome.WITHDRAWN) | Q(reply__accepts=False, decision=None)
