"""The team of an inspection as pages and the API show it: members, groups with their units, who has left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kycuong.inspections.models import Inspection, TeamGroup, TeamMember, Visit


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


def team_of(inspection: Inspection, visits: Sequence[tuple[Visit, str]]) -> TeamShown:
    """The team; `visits` are those that the reader may see, with the names of their units. Two queries."""
    seats = list(inspection.team.select_related("person").order_by("pk"))
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
    return TeamShown(current, list(groups.values()), [seat for seat in seats if seat.left_at is not None])
