"""A team of three people at three communes, and what most tests of teams do with it."""

from __future__ import annotations

from typing import Any

from kycuong.inspections import actions
from kycuong.inspections.actions import Group, Planned, Seat
from kycuong.inspections.models import Inspection, TeamMember, Visit
from kycuong.inspections.rules import TeamRole
from tests.desk import YESTERDAY, Desk

PLACES = ("commune", "second_commune", "other_commune")


def opened(desk: Desk, **given: Any) -> Inspection:
    """A planned inspection of three communes: the head and a member of the department, the outsider as a member."""
    people = desk.people
    team = [Seat(people["team_head"], role=TeamRole.HEAD), Seat(people["team_member"]), Seat(desk.outsider)]
    visits = [Planned(desk.units[place], YESTERDAY, "") for place in PLACES]
    inspection = desk.open(**{"form": "planned", "team": team, "visits": visits, **given})
    desk.begin(inspection)
    return inspection


def seat(inspection: Inspection, person: Any) -> TeamMember:
    return inspection.team.current().get(person=person)


def at(inspection: Inspection, desk: Desk, place: str) -> Visit:
    return inspection.visits.get(unit=desk.units[place])


def divided(desk: Desk, inspection: Inspection) -> Inspection:
    """«Tổ 1» under the department's member with two communes, «Tổ 2» under the outsider with the third."""
    groups = [
        Group("Tổ 1", seat(inspection, desk.people["team_member"]), visits=[at(inspection, desk, one) for one in PLACES[:2]]),
        Group("Tổ 2", seat(inspection, desk.outsider), visits=[at(inspection, desk, PLACES[2])]),
    ]  # fmt: skip
    return actions.divide_team(inspection, by=desk.people["team_head"], groups=groups)


def write(visit: Visit, by: Any) -> None:
    actions.record_answers(visit, by=by, answers={}, strengths="Chấp hành nghiêm túc")


def sign(visit: Visit, by: Any) -> None:
    visit.refresh_from_db()
    actions.sign_minutes(visit, by=by, team_signatory="Tổ trưởng", unit_signatory="Chủ tịch UBND xã")
