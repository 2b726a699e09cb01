"""The team of an inspection as pages and the API show it: members, groups with their units, who has left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, prefetch_related_objects

from kycuong.core.remembering import remembered, standing
from kycuong.inspections.models import Inspection, TeamGroup, TeamMember, Visit
from kycuong.orgs.authority import Someone, can
from kycuong.orgs.models import Person

from .sealing import is_known


@dataclass(slots=True)
class GroupShown:
    """A group with its people, and the visits that the reader may know of."""

    group: TeamGroup
    lead: TeamMember | None = None
    others: list[TeamMember] = field(default_factory=list)
    visits: list[tuple[Visit, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.group.name


@dataclass(frozen=True, slots=True)
class TeamShown:
    """Who sits on the team now, in its groups, and who has left."""

    members: list[TeamMember]
    groups: list[GroupShown]
    former: list[TeamMember]


def team_of(inspection: Inspection, visits: Sequence[tuple[Visit, str]], *, guarded: bool = False) -> TeamShown:
    """The team; `visits` are those that the reader may see, with the names of their units. `guarded`: of what is still
    sealed to the reader, groups are shown by their signed visits alone.

    Three queries for one inspection, none when `with_teams` has read them for many.
    """
    with_teams([inspection])
    seats = sorted(inspection.team.all(), key=lambda seat: seat.pk)
    current = [seat for seat in seats if seat.left_at is None]
    groups = {group.pk: GroupShown(group) for group in inspection.groups.all()}
    for seat in current:
        if seat.group_id is not None and seat.leads_group:
            groups[seat.group_id].lead = seat
        elif seat.group_id is not None:
            groups[seat.group_id].others.append(seat)
    for visit, name in visits:
        if visit.group_id is not None:
            groups[visit.group_id].visits.append((visit, name))
    told = [group for group in groups.values() if group.visits or not guarded]
    return TeamShown(current, told, [seat for seat in seats if seat.left_at is not None])


def is_ours(inspection: Inspection, person: Someone) -> bool:
    """Whether the person is of the side that leads, or goes along. Who only saw a signed visit knows the others not."""
    seated = TeamMember.objects.current().of(person).filter(inspection=inspection)
    return can(person, "inspection.see", at=inspection.lead) or seated.exists() or is_known(inspection, person)


def has_a_seat(person: Person) -> bool:
    """On any team today. Asked once a request: who has none, and no role, has nothing to do with anybody's visits."""
    return standing(("has a seat", person.pk, person.is_active), TeamMember.objects.current().of(person).exists)


def with_teams(inspections: Sequence[Inspection]) -> None:
    """Read the teams of many inspections at once."""
    prefetch_related_objects(inspections, "team__person", "groups")


def seated(person: Someone) -> bool:
    """Whether the person sits on any team now."""
    return remembered(("seated", person.pk), TeamMember.objects.current().of(person).exists)


def whether_seated(person: Someone) -> Exists:
    """The same for a question that is asked anyway."""
    return Exists(TeamMember.objects.current().of(person))


def note_seated(person: Someone, *, found: bool) -> None:
    """Somebody has asked so: for the rest of the request nobody asks again."""
    remembered(("seated", person.pk), lambda: found)
