"""Who stands in for whom while away (làm thay): a role of one person, lent to a colleague for some days, and what was done by it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localtime

from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.orgs.roles import APART

from .people import Assignment
from .units import Closure, Unit, interval

PERSON = settings.AUTH_USER_MODEL


class StandInQuerySet(models.QuerySet["StandIn"]):
    """Words about standing in."""

    def in_force(self, *, on: date | None = None) -> StandInQuerySet:
        """Those that give a right on the day (default today). The one place, with `were_in_force`, that decides it.

        Only while nobody has taken it back, both accounts are open, the principal holds the role still, by the assignment that
        was lent or one that carried it on without a gap, and the deputy holds an own role at the unit or above it: so that whoever keeps the deputy's account keeps
        accounts there, and nobody reaches a role above through somebody below. On a day that is over: what was taken back
        during it no longer counts.
        """
        day = on or today()
        return self.running(on=day).filter(
            Exists(_held(day)), Exists(_own(day)), principal__is_active=True, person__is_active=True
        )

    def running(self, *, on: date | None = None, or_one_of: Collection[int] = ()) -> StandInQuerySet:
        """Those whose days have begun and not ended and that nobody has taken back, and these: quickly asked, and no right yet (`in_force`)."""
        day = on or today()
        stands = Q(recalled_at=None) if day >= today() else Q(recalled_at=None) | Q(recalled_at__date__gt=day)
        named = Q(pk__in=or_one_of) if or_one_of else Q()
        return self.filter(stands & Q(valid_from__lte=day, valid_to__gt=day) | named)

    def were_in_force(self, at: datetime) -> StandInQuerySet:
        """Those that gave a right at an hour that is over. What ended since ended at an hour on record: before it, it held."""
        day = localtime(at).date()
        return self.filter(
            Q(recalled_at__gt=at) | Q(pk__in=self.model.objects.in_force(on=day).values("pk")),
            named_at__lte=at,
            valid_from__lte=day,
            valid_to__gt=day,
        )

    def once_in_force(self) -> StandInQuerySet:
        """Those that gave a right on some whole day, or by which something was done: more than a name that was taken back at once."""
        done = Exists(StandInAct.objects.filter(stand_in=OuterRef("pk")))
        began = Q(recalled_at=None) | Q(recalled_at__date__gt=F("valid_from"))
        return self.filter(done | began & Q(valid_from__lte=today()))

    def open(self) -> StandInQuerySet:
        """Neither taken back nor over: in force, or still to come."""
        return self.filter(recalled_at=None, valid_to__gt=today())


def _held(day: date) -> models.QuerySet[Assignment]:
    """The assignment that was lent, or one that carries it on from the day on which it ends: no other was ever lent."""
    carries_on = Q(
        person=OuterRef("principal"),
        role=OuterRef("role"),
        unit=OuterRef("unit"),
        valid_from=OuterRef("assignment__valid_to"),
    )
    lent = Q(pk=OuterRef("assignment"))
    return Assignment.objects.filter(lent | carries_on, valid_from__lte=day, valid_to__gt=day)


def _own(day: date) -> models.QuerySet[Assignment]:
    """An own role of the deputy at the unit, or above it, other than those that only watch or keep accounts."""
    above = Closure.objects.filter(
        descendant=OuterRef(OuterRef("unit")), ancestor=OuterRef("unit"), valid_from__lte=day, valid_to__gt=day
    )
    held = Assignment.objects.filter(Exists(above), person=OuterRef("person"), valid_from__lte=day, valid_to__gt=day)
    return held.exclude(role__in=APART)


class StandIn(models.Model):
    """`person` does for some days what the principal's role at the unit does (roles.LENT), and is named with the principal each time."""

    uid = models.UUIDField(unique=True, default=uuid7, editable=False)
    principal = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("vai trò", max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # None: it ended before it had begun, and is as if never given.
    assignment = models.ForeignKey(Assignment, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    person = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField()
    reason = models.CharField("lý do", max_length=300)
    named_at = models.DateTimeField(default=now, editable=False)
    # None: at the machine.
    named_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recalled_at = models.DateTimeField(null=True, blank=True)
    recalled_by = models.ForeignKey(PERSON, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = StandInQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        constraints = [
            interval("stand_in_begins_before_it_ends"),
            models.CheckConstraint(condition=~Q(person=F("principal")), name="stand_in_is_somebody_else"),
            models.CheckConstraint(
                condition=Q(recalled_at__isnull=False) | Q(recalled_by__isnull=True), name="stand_in_recalled_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(named_by__isnull=True) | ~Q(person=F("named_by")), name="stand_in_named_by_somebody_else"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "valid_from", "valid_to"], name="stand_in_of_person"),
            models.Index(fields=["principal", "valid_from", "valid_to"], name="stand_in_of_principal"),
            models.Index(fields=["unit", "role", "valid_to"], name="stand_in_at_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} ⇢ {self.principal_id}: {self.role} @ {self.unit_id}"


class StandInAct(models.Model):
    """Derived from the log: the entry `seq` tells of an act on a row that was done by a role that was lent."""

    stand_in = models.ForeignKey(StandIn, on_delete=models.PROTECT, related_name="acts")
    seq = models.PositiveBigIntegerField("số trong nhật ký")
    done_at = models.DateTimeField(default=now, editable=False)
    verb = models.CharField(max_length=80)
    model = models.CharField(max_length=80)
    key = models.CharField(max_length=80)

    class Meta:
        ordering = ["-seq"]
        constraints = [models.UniqueConstraint(fields=["stand_in", "seq"], name="stand_in_act_once")]
        indexes = [models.Index(fields=["model", "key"], name="stand_in_act_on_row")]

    def __str__(self) -> str:
        return f"#{self.seq} {self.verb}"
