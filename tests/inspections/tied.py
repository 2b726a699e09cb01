"""A team at two communes, and people who are tied to one of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from kycuong.inspections import actions, authority
from kycuong.inspections.actions import Declared, Planned, Seat
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.rules import FOREVER
from tests.desk import YESTERDAY, Desk


def opened(desk: Desk, **given: Any) -> Inspection:
    """Two communes; the department's head and member, and the outsider."""
    people = desk.people
    team = [Seat(people["team_head"], role=TeamRole.HEAD), Seat(people["team_member"]), Seat(desk.outsider)]
    visits = [Planned(desk.units[place], YESTERDAY, "") for place in ("commune", "second_commune")]
    inspection = desk.open(**{"form": "planned", "team": team, "visits": visits, **given})
    desk.begin(inspection)
    return inspection


def at(inspection: Inspection, desk: Desk, place: str = "commune") -> Visit:
    return inspection.visits.get(unit=desk.units[place])


def kin(inspection: Inspection, person: Person, unit: Unit, kind: str = "kinship") -> None:
    actions.declare_conflicts(inspection, by=person, ties=[Declared(kind, unit)])


def posted(person: Person, unit: Unit, begins: date, ends: date = FOREVER) -> None:
    with at_the_machine():
        grant_role(person, by=None, role="team_member", unit=unit, valid_from=begins, valid_to=ends)


def blocked(person: Person, visit: Visit) -> bool:
    return not authority.can(person, "visit.record", at=visit)
