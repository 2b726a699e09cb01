"""Inspections (cuộc) and visits (lượt); and who may know of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from kycuong.catalog.models import Checklist, Topic
from kycuong.catalog.rules import ChecklistForm
from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.core.presence import by_key
from kycuong.inspections.rules import REASONS, Form, InspectionState, Source, VisitState
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit
from kycuong.plans.models import InspectionPlan

from .teams import ShortListEntry, TeamGroup, TeamMember

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


def _known(person: Someone, inspection: str = "pk") -> Q:
    """Sealed inspections that the person may know of: on the short list; or on the team, once its members are told.

    `inspection`: the path to the inspection's key. For a key of a program there is none, whoever's it is.
    """
    if by_key():
        return Q(**{f"{inspection}__in": []})
    listed = ShortListEntry.objects.standing().filter(person_id=person.pk or 0).values("inspection_id")
    told = TeamMember.objects.current().of(person).filter(inspection__sealing__members_from__lte=now())
    return Q(**{f"{inspection}__in": listed}) | Q(**{f"{inspection}__in": told.values("inspection_id")})


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Words about inspections."""

    def known_to(self, person: Someone) -> InspectionQuerySet:
        """Sealed inspections whose sealed part the person may open."""
        return self.filter(_known(person), sealed_at__isnull=False)

    def visible_to(self, person: Someone) -> InspectionQuerySet:
        """Led by an authority of the person's, or with a signed visit to a unit of the person's.

        A sealed one shows itself to others only when one of its visits is signed (figures.md rule 5).
        """
        signed = Visit.objects.filter(inspection_id=OuterRef("pk")).exclude(state=VisitState.DRAFT)
        about = Q(Exists(signed.filter(scope(person, "visit.see", unit="unit", day="visited_on"))))
        led = scope(person, "inspection.see", unit="lead", day="opened_on")
        teamed = Q(pk__in=TeamMember.objects.current().of(person).values("inspection_id"))
        opened = Q(sealed_at__isnull=True) | Q(Exists(signed))
        return self.filter(_known(person) | (opened & (led | teamed)) | about)


class Inspection(models.Model):
    """One decision or order of one lead authority, with one team; it may cover several units (cuộc kiểm tra)."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    lead = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="inspections_led", verbose_name="cơ quan chủ trì"
    )
    plan = models.ForeignKey(
        InspectionPlan,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="inspections",
        verbose_name="kế hoạch",
    )
    form = models.CharField("hình thức", max_length=20, choices=Form)
    title = models.CharField("nội dung", max_length=300, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="inspections", verbose_name="nội dung kết hợp")
    decision_number = models.CharField("số quyết định", max_length=80, blank=True)
    decision_on = models.DateField("ngày quyết định", null=True, blank=True)
    opened_on = models.DateField(default=today)
    state = models.CharField(max_length=20, choices=InspectionState, default=InspectionState.SCHEDULED)
    source = models.CharField(max_length=20, choices=Source, default=Source.DESK)
    sealed_at = models.DateTimeField(null=True, blank=True)
    sealed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    cancel_reason = models.CharField("lý do hủy", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now, editable=False)
    created_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, sealed_by__isnull=True)
                | Q(sealed_at__isnull=False, sealed_by__isnull=False, form=Form.SURPRISE),
                name="inspection_sealed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | Q(cancelled_by__isnull=False, state=InspectionState.CANCELLED),
                name="inspection_cancelled_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["lead", "form", "id"], name="inspection_of_lead"),
            models.Index(fields=["id"], name="inspection_self_check", condition=Q(form=Form.SELF_CHECK)),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_form_display()} {self.decision_number}".strip()

    def get_absolute_url(self) -> str:
        return reverse("inspections:inspection", args=[self.uid])


class VisitQuerySet(models.QuerySet["Visit"]):
    """Words about visits."""

    def visible_to(self, person: Someone) -> VisitQuerySet:
        """Visits led by an authority of the person's, or signed visits to a unit of the person's; sealed drafts only
        for the short list (figures.md rule 5)."""
        written = ~Q(state=VisitState.DRAFT)
        led = scope(person, "inspection.see", unit="inspection__lead", day="visited_on")
        about = scope(person, "visit.see", unit="unit", day="visited_on")
        teamed = Q(inspection__in=TeamMember.objects.current().of(person).values("inspection_id"))
        opened = Q(inspection__sealed_at__isnull=True) | written
        return self.filter(_known(person, "inspection") | (opened & (led | teamed)) | (written & about))

    def listed_to(self, person: Someone) -> VisitQuerySet:
        """Visits that lists, searches and counts show: a sealed draft shows itself on a page of its own, to a look that
        is noted, and nowhere else."""
        return self.visible_to(person).exclude(state=VisitState.DRAFT, inspection__sealed_at__isnull=False)

    def counting(self) -> VisitQuerySet:
        """Visits that figures count."""
        return self.filter(state=VisitState.SIGNED).exclude(inspection__form=Form.SELF_CHECK)


class Visit(models.Model):
    """One unit visited on one day under one inspection (lượt). Signing its minutes makes it count."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="visits")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="visits", verbose_name="đơn vị được kiểm tra")
    visited_on = models.DateField("ngày kiểm tra")
    group = models.ForeignKey(
        TeamGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="visits", verbose_name="tổ"
    )
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.DRAFT)
    source = models.CharField(max_length=20, choices=Source, default=Source.DESK)
    checklist = models.ForeignKey(Checklist, null=True, blank=True, on_delete=models.PROTECT, related_name="visits")
    checklist_form = models.CharField("phiếu", max_length=10, choices=ChecklistForm, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    quota = models.PositiveIntegerField("biên chế được giao", null=True, blank=True)
    present = models.PositiveIntegerField("có mặt", null=True, blank=True)
    absent_excused = models.PositiveIntegerField("vắng có lý do", null=True, blank=True)
    absent_unexcused = models.PositiveIntegerField("vắng không lý do", null=True, blank=True)
    late = models.PositiveIntegerField("đi muộn, về sớm", null=True, blank=True)
    excused_leave = models.PositiveIntegerField("nghỉ phép", null=True, blank=True)
    excused_mission = models.PositiveIntegerField("đi công tác", null=True, blank=True)
    excused_meeting = models.PositiveIntegerField("đi họp, học", null=True, blank=True)
    excused_sick = models.PositiveIntegerField("ốm", null=True, blank=True)
    excused_maternity = models.PositiveIntegerField("thai sản", null=True, blank=True)
    excused_other = models.PositiveIntegerField("lý do khác", null=True, blank=True)
    roll_call_at = models.TimeField("giờ điểm danh", null=True, blank=True)
    strengths = models.TextField("ưu điểm", blank=True)
    unit_explanation = models.TextField("ý kiến giải trình của đơn vị", blank=True)
    unit_name_then = models.CharField(max_length=420, blank=True, editable=False)
    lead_name_then = models.CharField(max_length=420, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField(default=now, editable=False)
    recorded_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    annulled_at = models.DateTimeField(null=True, blank=True)
    annulled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    annul_reason = models.CharField("lý do hủy", max_length=500, blank=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "unit", "visited_on"],
                condition=~Q(state=VisitState.ANNULLED),
                name="visit_once_a_day_in_an_inspection",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.DRAFT, signed_at__isnull=True)
                | (~Q(state=VisitState.DRAFT) & Q(signed_at__isnull=False)),
                name="visit_signed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=(~Q(state=VisitState.ANNULLED) & Q(annulled_at__isnull=True))
                | (Q(state=VisitState.ANNULLED, annulled_at__isnull=False) & ~Q(annul_reason="")),
                name="visit_annulled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(checklist__isnull=True, checklist_form="")
                | (Q(checklist__isnull=False) & ~Q(checklist_form="")),
                name="visit_checklist_has_a_form",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True for name in REASONS})
                | Q(absent_excused=sum((Coalesce(F(name), 0) for name in REASONS), Value(0))),
                name="visit_excused_by_reason_adds_up",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "visited_on", "inspection"], name="visit_of_unit"),
            models.Index(fields=["inspection", "state", "visited_on", "unit"], name="visit_of_inspection"),
            models.Index(fields=["visited_on"], name="visit_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name_then or self.unit} {self.visited_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("inspections:visit", args=[self.uid])

    @property
    def is_sealed_draft(self) -> bool:
        return self.state == VisitState.DRAFT and self.inspection.sealed_at is not None
