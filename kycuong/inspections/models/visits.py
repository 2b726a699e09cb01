"""Inspections (cuộc), visits (lượt), teams and short lists; and who may know of them."""

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
from kycuong.inspections.rules import REASONS, Form, InspectionState, Source, TeamRole, VisitState
from kycuong.orgs.authority import scope
from kycuong.orgs.models import Unit
from kycuong.plans.models import InspectionPlan

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL


def _known(person: Someone, inspection: str = "pk") -> Q:
    """Sealed inspections that the person may know of: on the short list; or on the team, once its members are told.

    `inspection`: the path to the inspection's key.
    """
    listed = ShortListEntry.objects.filter(person_id=person.pk or 0).values("inspection_id")
    told = TeamMember.objects.filter(person_id=person.pk or 0, inspection__sealing__members_from__lte=now())
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
        indexes = [models.Index(fields=["lead", "form", "id"], name="inspection_of_lead")]

    def __str__(self) -> str:
        return self.title or f"{self.get_form_display()} {self.decision_number}".strip()

    def get_absolute_url(self) -> str:
        return reverse("inspections:inspection", args=[self.uid])


class TeamGroup(models.Model):
    """A part of the team that works beside the others (tổ), with a lead of its own and the visits given to it."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField("tên tổ", max_length=80)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["inspection", "name"], name="team_group_name_once")]

    def __str__(self) -> str:
        return self.name


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    """Words about seats on teams."""

    def current(self) -> TeamMemberQuerySet:
        """Who sits there now. Whoever left keeps the row, and gets nothing by it."""
        return self.filter(left_at__isnull=True)

    def of(self, person: Someone) -> TeamMemberQuerySet:
        return self.filter(person_id=person.pk or 0)


class TeamMember(models.Model):
    """Somebody on the team. Without an account only the position is kept: names are personal data.

    Whoever leaves keeps the row: what was written from this seat stays that person's. `drawn_in` names the draw that gave it.
    """

    # Told in pages and in the API: a row's number would tell how many sealed seats were taken between two others. It is not
    # called uid, for the log already knows these rows by their numbers.
    seat_uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.CharField("chức vụ, đơn vị", max_length=200, blank=True)
    role = models.CharField("vai trò", max_length=20, choices=TeamRole, default=TeamRole.MEMBER)
    group = models.ForeignKey(TeamGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    leads_group = models.BooleanField("tổ trưởng", default=False)
    drawn_in = models.UUIDField("lần bốc thăm", null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(null=True, blank=True, default=now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True)
    left_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    leave_reason = models.CharField("lý do rút khỏi đoàn", max_length=300, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "person"],
                condition=Q(person__isnull=False, left_at__isnull=True),
                name="team_member_once",
            ),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(role=TeamRole.HEAD, left_at__isnull=True),
                name="team_has_at_most_one_head",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(leads_group=True, left_at__isnull=True),
                name="team_group_has_at_most_one_lead",
            ),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(position=""), name="team_member_is_somebody"),
            models.CheckConstraint(
                condition=Q(leads_group=False) | Q(group__isnull=False), name="team_group_lead_is_in_the_group"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by__isnull=True, leave_reason="")
                | Q(left_at__isnull=False, left_by__isnull=False) & ~Q(leave_reason=""),
                name="team_member_left_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_role_display()})"

    @property
    def title(self) -> str:
        """The name of the account, or the position of whoever has none."""
        return str(self.person) if self.person else self.position


class ShortListEntry(models.Model):
    """Who may know of a sealed inspection before its minutes are signed. `by_break`: who came onto it by a broken seal."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="short_list")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now, editable=False)
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    by_break = models.ForeignKey(
        "inspections.SealBreak", null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "person"], name="short_list_once")]

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.person_id}"


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
