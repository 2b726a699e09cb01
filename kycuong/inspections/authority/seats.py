"""Roles at the lead authority and seats on the team: what they give, and that a conflict of interest takes it back."""

from __future__ import annotations

from kycuong.core.remembering import standing
from kycuong.inspections.models import Inspection, TeamMember, Visit
from kycuong.inspections.rules.conflicts import BLOCKED, ensure_free_of
from kycuong.inspections.rules.teams import seat_gives
from kycuong.orgs import authority as roles
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Person

from .conflicts import conflict_of_any


def can(person: Someone, verb: str, *, at: Inspection | Visit) -> bool:
    """Whether the person may `verb` at the inspection or visit."""
    inspection = at.inspection if isinstance(at, Visit) else at
    if not isinstance(person, Person) or not (by_seat(person, verb, at) or roles.can(person, verb, at=inspection.lead)):
        return False
    return not (isinstance(at, Visit) and verb in BLOCKED and conflict_of_any(acting_as(person, verb, at), at))


def acting_as(person: Person, verb: str, at: Inspection | Visit) -> list[Person]:
    """By a seat nobody but oneself; by a role that was lent, its holder too, whose ties bind as one's own do."""
    if by_seat(person, verb, at):
        return [person]
    inspection = at.inspection if isinstance(at, Visit) else at
    return roles.persons_in(person, verb, at=inspection.lead)


def authorize(by: Person | None, verb: str, *, at: Inspection | Visit) -> None:
    """Raise NotAllowed, with the roles that would do, unless a role or a seat allows it and no conflict of interest forbids it."""
    inspection = at.inspection if isinstance(at, Visit) else at
    if by is None or not by_seat(by, verb, at):
        roles.authorize(by, verb, at=inspection.lead)
    if by is not None and isinstance(at, Visit) and verb in BLOCKED:
        ensure_free_of(conflict_of_any(acting_as(by, verb, at), at))


def by_seat(person: Someone, verb: str, at: Inspection | Visit) -> bool:
    """Whether the person's seat on the team gives the verb. Of a sealed inspection only if the person may know of it."""
    if not person.is_authenticated or not person.is_active:
        return False
    inspection, group = (at.inspection, at.group_id) if isinstance(at, Visit) else (at, None)
    seats = TeamMember.objects.current().of(person).filter(inspection=inspection)
    seat = standing(("seat", person.pk, inspection.pk), seats.first)
    if seat is None or (inspection.sealed_at is not None and not _knows(person, inspection)):
        return False
    return seat_gives(verb, role=seat.role, group=seat.group_id, leads_group=seat.leads_group, visit_group=group)


def _knows(person: Someone, inspection: Inspection) -> bool:
    return Inspection.objects.known_to(person).filter(pk=inspection.pk).exists()
