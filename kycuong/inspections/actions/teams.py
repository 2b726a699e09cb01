"""The team of an inspection while it works: who joins, leaves and with which role; its groups; the number of its decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Model

from kycuong.audit.log import act, record, record_many
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import Stale
from kycuong.inspections import authority, rules
from kycuong.inspections.models import Inspection, ShortListEntry, TeamGroup, TeamMember, Visit
from kycuong.inspections.rules import TeamRole, VisitState, conflicts, teams
from kycuong.inspections.rules.conduct import LEAST_REASON
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._steps import ensure_may_join
from .opening import Seat

TEAM_IS_STALE = (
    "Đoàn kiểm tra vừa được người khác sửa. Những gì bạn nhập còn nguyên: hãy xem đoàn hiện nay rồi lưu lại.",
    "Somebody else has just changed this team. What you typed is kept: look at the team as it is now, then save again.",
)


@dataclass(frozen=True, slots=True)
class Group:
    """A group as it shall be: the one that is there, or a new one; its lead, its other members, its visits to come."""

    name: str
    lead: TeamMember | None
    members: Sequence[TeamMember] = ()
    visits: Sequence[Visit] = ()
    there: TeamGroup | None = None

    @property
    def everybody(self) -> list[TeamMember]:
        others = [member for member in self.members if self.lead is None or member.pk != self.lead.pk]
        return ([self.lead] if self.lead else []) + others


@act
def record_decision(inspection: Inspection, *, by: Person, number: str, decision_on: date) -> Inspection:
    """Record number and day of the decision that set up the team. Minutes that are signed keep what stood there then."""
    authorize(by, "decision.number", at=inspection.lead)
    refresh(inspection)
    rules.ensure_open(inspection)
    teams.ensure_decided(number, decision_on, today=today())
    before, signed = inspection.decision_number, inspection.visits.filter(state=VisitState.SIGNED).exists()
    teams.ensure_decision_may_be_recorded(sealed=inspection.sealed_at is not None, signed=signed, already=before)
    inspection.decision_number, inspection.decision_on = number.strip(), decision_on
    ensure_clean(inspection)
    same = Inspection.objects.filter(pk=inspection.pk, decision_number=before)
    if not same.update(decision_number=inspection.decision_number, decision_on=decision_on):
        raise Stale("Số quyết định vừa được người khác ghi.", en="Somebody else has just recorded the decision.")
    record("decision.number", inspection, by=by)
    return inspection


@act
def change_team(
    inspection: Inspection,
    *,
    by: Person,
    version: int | None = None,
    roles: Mapping[TeamMember, str] | None = None,
    leaving: Mapping[TeamMember, str] | None = None,
    joining: Sequence[Seat] = (),
) -> Inspection:
    """Change roles, take members out with a reason, let others join. Whoever leaves keeps what was written."""
    authorize(by, "team.change", at=inspection.lead)
    ensure_may_join(inspection, by)
    _claim_team(inspection, version)
    seats = list(inspection.team.current().select_related("person", "group"))
    out = {member.pk: reason.strip() for member, reason in (leaving or {}).items()}
    given = {member.pk: role for member, role in (roles or {}).items() if member.pk not in out}
    _ensure_still_there(seats, [*out, *given])
    _ensure_in_order(seats, out, given, joining)
    left = [_leave(seat, by, out[seat.pk]) for seat in seats if seat.pk in out]
    record_many("team.leave", left, by=by)
    turned = [seat for seat in seats if seat.pk in given and given[seat.pk] != seat.role]
    for seat in sorted(turned, key=lambda seat: given[seat.pk] == TeamRole.HEAD):  # the old head steps down first
        seat.role = given[seat.pk]
        _write(seat)
    joined = [_join(inspection, seat) for seat in joining]
    told = _let_heads_know(inspection, by)
    record_many("team.change", [inspection, *turned, *joined, *told], by=by)
    return inspection


@act
def divide_team(
    inspection: Inspection, *, by: Person, version: int | None = None, groups: Sequence[Group]
) -> Inspection:
    """Divide the team into these groups and give them their visits; groups that are not named any more go."""
    authority.authorize(by, "team.divide", at=inspection)
    ensure_may_join(inspection, by)
    _claim_team(inspection, version)
    seats = list(inspection.team.current().select_related("person"))
    _ensure_still_there(seats, [member.pk for group in groups for member in group.everybody])
    teams.ensure_groups_in_order(
        [(one.name.strip(), one.lead is not None, bool(one.everybody or one.visits)) for one in groups],
        [member.title for group in groups for member in group.everybody],
        [str(visit) for group in groups for visit in group.visits],
    )
    _ensure_free_of_conflicts(inspection, groups)
    kept = [_named(inspection, group) for group in groups]
    written = [*kept, *_seat(seats, zip(kept, groups, strict=True)), *_give(inspection, zip(kept, groups, strict=True))]
    _drop(inspection, kept, by)
    record_many("team.divide", [inspection, *written], by=by)
    return inspection


def _claim_team(inspection: Inspection, version: int | None) -> None:
    """Take the next version of the inspection for this change of its team. One statement: of two, one wins."""
    if version is None:
        refresh(inspection)
    held = Inspection.objects.filter(pk=inspection.pk, version=inspection.version if version is None else version)
    taken = held.update(version=F("version") + 1)
    refresh(inspection)
    teams.ensure_team_may_change(inspection.state)
    if not taken:
        raise Stale(TEAM_IS_STALE[0], en=TEAM_IS_STALE[1])


def _ensure_still_there(seats: Iterable[TeamMember], named: Iterable[int]) -> None:
    """Whoever is named sits on the team now."""
    if set(named) - {seat.pk for seat in seats}:
        raise Stale(TEAM_IS_STALE[0], en=TEAM_IS_STALE[1])


def _ensure_in_order(
    seats: Sequence[TeamMember], out: Mapping[int, str], given: Mapping[int, str], joining: Sequence[Seat]
) -> None:
    staying = [seat for seat in seats if seat.pk not in out]
    after = [*(given.get(seat.pk, seat.role) for seat in staying), *(seat.role for seat in joining)]
    teams.ensure_leave_reasons(out.values(), LEAST_REASON)
    teams.ensure_group_keeps_its_lead(
        (seat.title, str(seat.group)) for seat in seats if seat.pk in out and seat.leads_group
    )
    teams.ensure_somebody(seat.person is not None or bool(seat.position.strip()) for seat in joining)
    teams.ensure_one_head(after)
    teams.ensure_head_stays([seat.role for seat in seats], after)
    people = [seat.person for seat in staying] + [seat.person for seat in joining]
    teams.ensure_seated_once([str(one) for one in people if one is not None and people.count(one) > 1])


def _ensure_free_of_conflicts(inspection: Inspection, groups: Sequence[Group]) -> None:
    """Nobody is put into a group that is to visit a unit which he is tied to. Whoever divides knows of all the visits."""
    for group in groups:
        people = {member.person_id: member.title for member in group.everybody if member.person_id is not None}
        names = {visit.unit_id: str(visit.unit) for visit in group.visits}
        places = [(visit.unit_id, visit.visited_on) for visit in group.visits]
        found = authority.conflicts_at(inspection, people.keys(), places)
        conflicts.ensure_not_in_its_group(
            [(people[one.person], names[one.unit], one.words) for one in found if one.is_open]
        )


def _leave(seat: TeamMember, by: Person, reason: str) -> TeamMember:
    seat.left_at, seat.left_by, seat.leave_reason = now(), by, reason
    _write(seat)
    return seat


def _join(inspection: Inspection, seat: Seat) -> TeamMember:
    member = TeamMember(inspection=inspection, person=seat.person, position=seat.position.strip(), role=seat.role)
    member.drawn_in = seat.drawn_in
    ensure_clean(member)
    member.save(force_insert=True)
    return member


def _write(seat: TeamMember) -> None:
    ensure_clean(seat)
    seat.save()


def _let_heads_know(inspection: Inspection, by: Person) -> list[ShortListEntry]:
    """The head of a sealed inspection is on its short list: nobody leads what he may not know of."""
    head = inspection.team.current().filter(role=TeamRole.HEAD).select_related("person").first()
    if inspection.sealed_at is None or head is None or head.person is None:
        return []
    if inspection.short_list.filter(person=head.person).exists():
        return []
    return [ShortListEntry.objects.create(inspection=inspection, person=head.person, added_by=by)]


def _named(inspection: Inspection, wish: Group) -> TeamGroup:
    group = wish.there or TeamGroup(inspection=inspection)
    group.name = wish.name.strip()
    ensure_clean(group)
    group.save()
    return group


def _seat(seats: Sequence[TeamMember], groups: Iterable[tuple[TeamGroup, Group]]) -> list[Model]:
    """Put everybody where the groups say; a lead steps down before another one takes over."""
    wanted = {
        member.pk: (kept.pk, wish.lead is not None and wish.lead.pk == member.pk)
        for kept, wish in groups
        for member in wish.everybody
    }
    moved = [seat for seat in seats if (seat.group_id, seat.leads_group) != wanted.get(seat.pk, (None, False))]
    for seat in sorted(moved, key=lambda seat: wanted.get(seat.pk, (None, False))[1]):
        seat.group_id, seat.leads_group = wanted.get(seat.pk, (None, False))
        _write(seat)
    return list(moved)


def _give(inspection: Inspection, groups: Iterable[tuple[TeamGroup, Group]]) -> list[Model]:
    """Give the visits to come to their groups. What is written at them meanwhile is not touched."""
    wanted = {visit.pk: kept.pk for kept, wish in groups for visit in wish.visits}
    given: list[Model] = []
    for visit in inspection.visits.filter(state=VisitState.DRAFT):
        if visit.group_id != wanted.get(visit.pk):
            drafts = Visit.objects.filter(pk=visit.pk, state=VisitState.DRAFT)
            drafts.update(group_id=wanted.get(visit.pk))
            given.append(visit)
    return given


def _drop(inspection: Inspection, kept: Sequence[TeamGroup], by: Person) -> None:
    gone = list(inspection.groups.exclude(pk__in=[group.pk for group in kept]))
    for group in gone:
        used = group.members.exists() or group.visits.exists()
        teams.ensure_group_unused(group.name, used)
    record_many("team.divide", gone, by=by, op="delete")
    for group in gone:
        group.delete()
