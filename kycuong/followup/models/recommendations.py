"""Recommendations, and the terms that each has had."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from kycuong.catalog.models import LegalBasis
from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.followup.rules import OPEN, RecommendationState, TermKind
from kycuong.inspections.models import Finding, TeamMember, Visit
from kycuong.inspections.rules import Source, VisitState
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Words about recommendations."""

    def visible_to(self, person: Someone) -> RecommendationQuerySet:
        """By whose side leads and by the team, always; by the unit that owns it or was visited, once the unit is asked
        for its word on the draft."""
        led = scope(person, "inspection.see", unit="visit__inspection__lead", day="visit__visited_on")
        teamed = Q(visit__inspection__in=TeamMember.objects.current().of(person).values("inspection_id"))
        visited = scope(person, "visit.see", unit="visit__unit", day="visit__visited_on")
        owned = scope(person, "visit.see", unit="unit")
        shown = ~Q(state=RecommendationState.DRAFT) | ~Q(visit__conclusion__state=ConclusionState.DRAFT)
        return self.filter(led | teamed | (shown & (visited | owned)))

    def issued(self) -> RecommendationQuerySet:
        """Those that count: issued, on a visit that was not annulled."""
        return self.exclude(state=RecommendationState.DRAFT).filter(visit__state=VisitState.SIGNED)

    def open(self) -> RecommendationQuerySet:
        return self.issued().filter(state__in=OPEN)

    def owed(self) -> RecommendationQuerySet:
        """The unit owes it: the inspecting side owes no answer to a report, or to a request for an extension."""
        return self.open().filter(~Exists(_waiting("reports")), ~Exists(_waiting("extensions")))

    def overdue(self, *, on: date) -> RecommendationQuerySet:
        """The unit owes it and its term is over. A report, or a request for an extension made in time, that nobody
        answered yet stops this: an unread answer never counts against the unit."""
        return self.owed().filter(due_on__lt=on)

    def waiting(self) -> RecommendationQuerySet:
        """The inspecting side owes an answer: to a report, or to a request for an extension."""
        return self.open().filter(Exists(_waiting("reports")) | Exists(_waiting("extensions")))

    def in_term(self, *, on: date) -> RecommendationQuerySet:
        return self.owed().filter(due_on__gte=on)


def _waiting(answers: str) -> models.QuerySet[Recommendation]:
    """With a report or a request (by the name of the relation) on which nobody has decided."""
    undecided = {f"{answers}__isnull": False, f"{answers}__decided_at": None}
    return Recommendation.objects.filter(pk=OuterRef("pk"), **undecided)


class Recommendation(models.Model):
    """What a unit is asked to do about findings, by when, and how it will be proved (kiến nghị)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="recommendations")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="recommendations", verbose_name="đơn vị thực hiện"
    )
    findings = models.ManyToManyField(
        Finding, blank=True, related_name="recommendations", verbose_name="trả lời các tồn tại"
    )
    text = models.CharField("kiến nghị", max_length=1000)
    expected_proof = models.CharField("minh chứng cần có", max_length=300, blank=True)
    legal_basis = models.ForeignKey(
        LegalBasis, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="căn cứ"
    )
    days = models.PositiveSmallIntegerField("hạn (ngày làm việc)")
    document = models.CharField("số, ký hiệu văn bản", max_length=80, blank=True)
    state = models.CharField(max_length=20, choices=RecommendationState, default=RecommendationState.DRAFT)
    source = models.CharField(max_length=20, choices=Source, default=Source.DESK)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issued_to = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("hạn", null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_on = models.DateField("ngày kết thúc", null=True, blank=True)
    decided_on = models.DateField("ngày xác nhận", null=True, blank=True)
    settled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    days_late = models.PositiveIntegerField("số ngày quá hạn", null=True, blank=True)
    close_reason = models.CharField("lý do kết thúc", max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & Q(days__gte=1), name="recommendation_says_what_and_when"),
            models.CheckConstraint(
                condition=Q(state=RecommendationState.DRAFT, issued_on=None, due_on=None, issued_to=None)
                | ~Q(state=RecommendationState.DRAFT)
                & Q(issued_on__isnull=False, due_on__isnull=False, issued_to__isnull=False),
                name="recommendation_issued_with_a_term",
            ),
            models.CheckConstraint(
                condition=Q(state=RecommendationState.VERIFIED, settled_on__isnull=False, days_late__isnull=False)
                | Q(state=RecommendationState.CLOSED, settled_on__isnull=False) & ~Q(close_reason="")
                | ~Q(state__in=[RecommendationState.VERIFIED, RecommendationState.CLOSED]) & Q(settled_on=None),
                name="recommendation_settled_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(settled_on=None, decided_on=None)
                | Q(settled_on__isnull=False, decided_on__gte=F("settled_on"), settled_on__gte=F("issued_on")),
                name="recommendation_settled_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="recommendation_due"),
            models.Index(fields=["unit", "state", "due_on"], name="recommendation_of_unit"),
            models.Index(fields=["issued_to", "issued_on"], name="recommendation_issued"),
            models.Index(fields=["visit", "state"], name="recommendation_of_visit"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("followup:recommendation", args=[self.uid])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_draft(self) -> bool:
        return self.state == RecommendationState.DRAFT

    @property
    def was_transferred(self) -> bool:
        """Whether another unit carries it on than the one to which it was issued."""
        return self.issued_to_id is not None and self.issued_to_id != self.unit_id


class RecommendationTerm(models.Model):
    """A term that a recommendation has or had, from the day on which it was set, with how it was computed."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="terms")
    kind = models.CharField("vì sao", max_length=20, choices=TermKind)
    set_on = models.DateField("đặt ngày")
    start = models.DateField("kể từ ngày", null=True, blank=True)
    days = models.PositiveSmallIntegerField("ngày làm việc", null=True, blank=True)
    due_on = models.DateField("hạn")
    words = models.CharField("cách tính", max_length=600, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    set_at = models.DateTimeField(default=now, editable=False)
    set_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None, days=None) | Q(start__isnull=False, days__isnull=False),
                name="recommendation_term_computed_whole",
            )
        ]
        indexes = [models.Index(fields=["recommendation", "set_on"], name="recommendation_term_as_of")]

    def __str__(self) -> str:
        return f"{self.due_on:%d/%m/%Y}"
