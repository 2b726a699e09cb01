"""What is for somebody else to decide is not offered to whose own work it is: the page says why instead. To others it is offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kycuong.followup import actions as followup
from kycuong.inspections import actions
from kycuong.inspections.actions import Seat
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.models import Person
from kycuong.plans import actions as plans
from kycuong.rounds import actions as rounds
from tests.desk import Desk, settle
from tests.followup.issued import DONE, WHY, recommended
from tests.followup.issued import drafted as concluding
from tests.followup.measured import concluded, proposed
from tests.inspections.tied import kin, opened
from tests.orgs.lending import drafted, lend, somebody
from tests.orgs.test_deputies_two_people import also
from tests.rounds.asked import of_district
from tests.rounds.asked import opened as asked

Clients = Callable[[Any], Client]
OWN = "Bạn, hoặc người mà bạn làm thay,"


@dataclass
class Work:
    """Whose own work it is, and at which place by which role; where it is looked at; the addresses that are offered to others."""

    person: str
    role: str
    place: str
    page: str
    offered: tuple[str, ...]
    explained: bool = True


def to(name: str, row: Any) -> tuple[str, ...]:
    return (reverse(name, args=[row.uid]),)


def plan(desk: Desk) -> Work:
    leader = also(desk, "leader", "coordinator", "district")
    found = drafted(desk, leader)
    plans.submit_plan(found, by=leader)
    return Work("leader", "leader", "province", found.get_absolute_url(), to("plans:approval", found))


def conclusion(desk: Desk) -> Work:
    leader = also(desk, "leader", "team_head", "department")
    found = actions.draft_conclusion(desk.signed(), by=leader)
    actions.share_conclusion(found, by=desk.people["team_head"])
    actions.reply_to_conclusion(found, by=desk.people["unit_head"], reply="Nhất trí")
    return Work("leader", "leader", "province", found.get_absolute_url(), to("inspections:approve_conclusion", found))


def objection(desk: Desk) -> Work:
    found = concluding(desk)
    also(desk, "team_head", "unit_head", "commune")
    actions.share_conclusion(found, by=desk.people["aggregator"])
    finding = found.visit.findings.order_by("pk")[0]
    actions.answer_finding(finding, by=desk.people["unit_head"], accepts=False, text="Đã có biển tên từ trước.")
    return Work("team_head", "team_head", "department", found.get_absolute_url(), to("inspections:decide", finding))


def remedy(desk: Desk) -> Work:
    one = recommended(desk)[0]
    also(desk, "team_head", "unit_head", "commune")
    report = followup.report_remedy(one, by=desk.people["team_head"], text=DONE)
    desk.people["team_head"].assignments.filter(role="unit_head").delete()
    settle(desk.people["team_head"])
    offered = to("followup:accept", report) + to("followup:send_back", report)
    return Work("team_head", "team_head", "department", one.get_absolute_url(), offered)


def extension(desk: Desk) -> Work:
    also(desk, "leader", "unit_head", "commune")
    one = recommended(desk)[0]
    assert one.due_on
    until = one.due_on + timedelta(days=10)
    wanted = followup.ask_extension(one, by=desk.people["unit_head"], until=until, reason=WHY)
    return Work("leader", "leader", "province", one.get_absolute_url(), to("followup:answer_extension", wanted))


def recommendation(desk: Desk) -> Work:
    also(desk, "leader", "unit_head", "commune")
    one = recommended(desk)[0]
    return Work("leader", "leader", "province", one.get_absolute_url(), to("followup:close", one), explained=False)


def measure(desk: Desk) -> Work:
    also(desk, "coordinator", "team_head", "department")
    one = proposed(desk, concluded(desk), by=desk.people["coordinator"])
    offered = to("followup:decide_measure", one) + to("followup:decline_measure", one)
    return Work("coordinator", "coordinator", "district", one.get_absolute_url(), offered)


def measure_of_team(desk: Desk) -> Work:
    one = proposed(desk, concluded(desk))
    one.visit.inspection.team.create(person=desk.people["coordinator"], role="member")
    offered = to("followup:decide_measure", one) + to("followup:decline_measure", one)
    return Work("coordinator", "coordinator", "district", one.get_absolute_url(), offered)


def agency_report(desk: Desk) -> Work:
    also(desk, "aggregator", "coordinator", "district")
    report = of_district(asked(desk), desk)
    rounds.submit_agency_report(report, by=desk.people["aggregator"])
    return Work("aggregator", "aggregator", "province", report.get_absolute_url(), to("rounds:accept", report))


def conflict(desk: Desk) -> Work:
    leader = desk.people["leader"]
    inspection = opened(desk, team=[Seat(leader, role=TeamRole.HEAD)])
    kin(inspection, leader, desk.units["commune"])
    at = inspection.get_absolute_url()
    return Work("leader", "leader", "province", at, to("inspections:waiver", inspection), explained=False)


WORKS = [
    plan, conclusion, objection, remedy, extension, recommendation, measure, measure_of_team, agency_report, conflict,
]  # fmt: skip


@pytest.mark.parametrize("work", WORKS, ids=lambda work: work.__name__)
def test_own_work_is_not_offered_and_the_page_says_why(
    desk: Desk, as_person: Clients, work: Callable[[Desk], Work]
) -> None:
    def seen_by(person: Person) -> str:
        answer = as_person(Person.objects.get(pk=person.pk)).get(found.page)
        assert answer.status_code == 200
        return answer.content.decode()

    deputy = somebody(desk, "dee", "records_clerk", "province")
    found = work(desk)
    other = somebody(desk, "another", found.role, found.place)
    own = [desk.people[found.person]]
    if found.place == "province":
        lend(desk, own[0], found.role, deputy, place=found.place)
        own.append(deputy)
    for mine in own:
        shown = seen_by(mine)
        assert [address for address in found.offered if address in shown] == []
        assert (OWN in shown) is found.explained
    shown = seen_by(other)
    assert [address for address in found.offered if address not in shown] == []
    assert OWN not in shown
