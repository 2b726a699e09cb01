"""Conflicts of interest of a team as whoever forms it sees them, with the units that he may know of; and who has not declared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kycuong.inspections.authority import Conflict, conflicts_at, opened_ties
from kycuong.inspections.models import ConflictDeclaration, Inspection, TeamMember, Visit
from kycuong.inspections.rules.sealing import SealedPlan, TargetState
from kycuong.orgs.models import Person, Unit


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """A member, a unit that the reader may know of, what ties the two, and whether it was accepted."""

    conflict: Conflict
    person: Person
    unit: Unit
    unit_name: str

    @property
    def key(self) -> str:
        return f"{self.person.uid} {self.unit.slug}"


def conflicts_of_team(inspection: Inspection, visits: Sequence[tuple[Visit, str]]) -> list[ConflictShown]:
    """Conflicts between current members and the units of `visits`: those that the reader may see, with their names."""
    return _shown(inspection, [(visit.unit, visit.visited_on, name) for visit, name in visits])


def conflicts_of_targets(inspection: Inspection, plan: SealedPlan) -> list[ConflictShown]:
    """The same of what is sealed. Whoever asks has been let see it, and the look was noted."""
    to_come = [one for one in plan.targets if one.state != TargetState.STRUCK]
    units = {str(unit.uid): unit for unit in Unit.objects.filter(uid__in={one.unit for one in to_come})}
    return _shown(inspection, [(units[one.unit], one.planned_on, one.name) for one in to_come])


def _shown(inspection: Inspection, where: Sequence[tuple[Unit, date, str]]) -> list[ConflictShown]:
    seats = TeamMember.objects.current().filter(inspection=inspection, person__isnull=False).select_related("person")
    people = {seat.person_id: seat.person for seat in seats if seat.person_id and seat.person}
    units = {unit.pk: (unit, name) for unit, _day, name in where}
    places = {(unit.pk, day) for unit, day, _name in where}
    found = conflicts_at(inspection, people.keys(), places)
    return [ConflictShown(one, people[one.person], *units[one.unit]) for one in found]


def declared_by(inspection: Inspection, person: Person) -> list[ConflictDeclaration]:
    """What the person declared in the inspection; nothing at all when the person has not."""
    said = ConflictDeclaration.objects.filter(inspection=inspection, person=person)
    return opened_ties(said.select_related("unit").order_by("pk"))


def undeclared(inspection: Inspection) -> list[Person]:
    """Members with an account who have not declared yet."""
    said = ConflictDeclaration.objects.filter(inspection=inspection).values("person_id")
    seats = TeamMember.objects.current().filter(inspection=inspection, person__isnull=False).exclude(person_id__in=said)
    return [seat.person for seat in seats.select_related("person").order_by("pk") if seat.person]
