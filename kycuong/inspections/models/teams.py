"""Who goes: teams with their groups, who joined and left, and the short list of what is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.inspections.rules import TeamRole

if TYPE_CHECKING:
    from kycuong.orgs.authority import Someone

PERSON = settings.AUTH_USER_MODEL
INSPECTION = "inspections.Inspection"


class TeamGroup(models.Model):
    """A part of the team that works beside the others (tổ), with a lead of its own and the visits given to it."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    inspection = models.ForeignKey(INSPECTION, on_delete=models.CASCADE, related_name="groups")
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
    inspection = models.ForeignKey(INSPECTION, on_delete=models.CASCADE, related_name="team")
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


class ShortListEntryQuerySet(models.QuerySet["ShortListEntry"]):
    """Words about short lists."""

    def standing(self) -> ShortListEntryQuerySet:
        """Without those who left the team since and sit on it no more: their entries stay to tell who knew. Whoever sealed
        the inspection, or came by a broken seal, knows by that and not by a seat."""
        seats = TeamMember.objects.filter(inspection=OuterRef("inspection"), person=OuterRef("person"))
        left = Exists(seats.filter(left_at__gte=OuterRef("added_at"))) & ~Exists(seats.current())
        return self.exclude(left & Q(by_break__isnull=True) & ~Q(inspection__sealed_by=F("person")))


class ShortListEntry(models.Model):
    """Who may know of a sealed inspection before its minutes are signed. `by_break`: who came onto it by a broken seal."""

    inspection = models.ForeignKey(INSPECTION, on_delete=models.CASCADE, related_name="short_list")
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now, editable=False)
    added_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    by_break = models.ForeignKey(
        "inspections.SealBreak", null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )

    objects = ShortListEntryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inspection", "person"], name="short_list_once")]

    def __str__(self) -> str:
        return f"{self.inspection_id}: {self.person_id}"
