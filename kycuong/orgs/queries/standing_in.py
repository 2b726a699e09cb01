"""Who stands in for whom, in words: for the page, the head of every page, the API and the command line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.orgs.authority import assignments_of, scope, stand_ins_visible_to, stands_in
from kycuong.orgs.models import Assignment, Closure, Person, StandIn
from kycuong.orgs.roles import APART, ROLES, lends

from .done import acts_done
from .names import full_names, last_day

STATES = ("in_force", "to_come", "recalled", "over", "resting")


@dataclass(frozen=True, slots=True)
class Absence:
    """One stand-in with what a page says of it; `state` is one of STATES: `resting` while it is within its days and gives no right."""

    row: StandIn
    title: str
    place: str
    last: date
    state: str
    acts: int
    """How many acts were done by it, as far as whoever reads may know of them."""

    @property
    def state_name(self) -> str:
        return {
            "in_force": _("đang có hiệu lực"),
            "to_come": _("chưa đến ngày"),
            "recalled": _("đã thu lại"),
            "over": _("đã hết"),
            "resting": _("đang không có hiệu lực"),
        }[self.state]

    @property
    def is_open(self) -> bool:
        return self.state not in ("recalled", "over")


def absences_of(person: Person) -> list[Absence]:
    """Those that the person gave or was given, the newest first."""
    return told(stand_ins_visible_to(person).filter(Q(principal=person) | Q(person=person)), by=person)


def absences_for(held: Assignment, *, by: Person) -> list[Absence]:
    """Those of one role of somebody, as far as `by` may see them."""
    return told(stand_ins_visible_to(by).filter(principal=held.person_id, role=held.role, unit=held.unit_id), by=by)


def in_whose_stead(person: Person) -> list[Absence]:
    """What gives the person a right today."""
    return told(stands_in(person))


def told(rows: QuerySet[StandIn], *, by: Person | None = None) -> list[Absence]:
    """With the words, and the number of acts of which `by` may know: the same questions however many there are."""
    found = list(rows.select_related("principal", "person", "named_by", "unit"))
    done = acts_done([one.pk for one in found], by=by) if by else {}
    in_force = set(StandIn.objects.filter(pk__in=[one.pk for one in found]).in_force().values_list("pk", flat=True))
    places = full_names({one.unit_id for one in found}, today())
    return [
        Absence(
            one,
            ROLES[one.role].title if one.role in ROLES else one.role,
            places[one.unit_id],
            last_day(one.valid_to) or one.valid_to,
            _state(one, one.pk in in_force),
            len(done.get(one.pk, ())),
        )
        for one in found
    ]


def _state(one: StandIn, in_force: bool) -> str:
    day = today()
    if one.recalled_at is not None:
        return "recalled"
    if one.valid_to <= day:
        return "over"
    if one.valid_from > day:
        return "to_come"
    return "in_force" if in_force else "resting"


def holds_until(one: StandIn) -> date:
    """The first day from today, or from its beginning, on which it gives no right: its end, where everything it rests on lasts."""
    start, sides = max(today(), one.valid_from), (one.principal_id, one.person_id)
    ends = Assignment.objects.filter(person__in=sides, valid_to__gt=start, valid_to__lt=one.valid_to)
    above = Closure.objects.filter(descendant=one.unit_id, valid_to__gt=start, valid_to__lt=one.valid_to)
    days = {*ends.values_list("valid_to", flat=True), *above.values_list("valid_to", flat=True)}
    for day in [start, *sorted(days)]:
        if not StandIn.objects.filter(pk=one.pk).in_force(on=day).exists():
            return day
    return one.valid_to


def lendable(person: Person) -> list[Assignment]:
    """The person's own roles of today for which somebody may stand in."""
    rows = assignments_of(person).select_related("unit").order_by("pk")
    return [row for row in rows if lends(row.role)]


def lendable_by(person: Person) -> QuerySet[Assignment]:
    """Roles of today for which the person may name somebody: the own ones, and those where the person gives roles."""
    day = today()
    mine = Q(person=person) | scope(person, "role.grant", unit="unit")
    held = Assignment.objects.filter(mine, valid_from__lte=day, valid_to__gt=day, person__is_active=True)
    return held.exclude(role__in=APART).select_related("person", "unit")


def choices_of(rows: Iterable[Assignment]) -> list[tuple[str, str]]:
    """(uid, «Văn thư, Sở Nội vụ») of each."""
    held = list(rows)
    places = full_names({row.unit_id for row in held}, today())
    return [(str(row.uid), f"{ROLES[row.role].title}, {places[row.unit_id]}") for row in held]
