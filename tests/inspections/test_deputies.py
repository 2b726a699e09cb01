"""Who stands in for somebody judges nothing that either of the two did, and is tied by what ties either of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.followup import actions as followup
from kycuong.inspections import actions
from kycuong.inspections.authority import can, ties_between
from kycuong.orgs.actions import create_account, grant_role, name_stand_in, take_back
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person, StandIn
from tests.desk import BEGIN, YESTERDAY, Desk, settle
from tests.followup.measured import concluded, proposed

DAYS = {"valid_to": today() + timedelta(days=5), "reason": "Nghỉ ốm"}


def somebody(desk: Desk, name: str, role: str, place: str) -> Person:
    with at_the_machine():
        person, _ = create_account(by=None, at=desk.units[place], username=name, full_name=f"Người {name}")
        grant_role(person, by=None, role=role, unit=desk.units[place], valid_from=BEGIN)
    return settle(person)


def lend(desk: Desk, principal: Person, role: str, place: str, person: Person) -> StandIn:
    return name_stand_in(principal, by=principal, role=role, unit=desk.units[place], person=person, **DAYS)


def test_what_ties_the_principal_ties_the_deputy_and_the_other_way_round(desk: Desk) -> None:
    head, clerk = desk.people["team_head"], desk.people["records_clerk"]
    visit = desk.open(by="aggregator", form="planned").visits.get()
    named = lend(desk, head, "team_head", "department", clerk)
    assert can(clerk, "visit.record", at=visit)
    given: dict[str, Any] = {"authority": desk.units["department"], "unit": desk.units["commune"], "kind": "kinship"}
    tie = actions.add_recusal(by=desk.people["aggregator"], person=head, valid_from=YESTERDAY, **given)
    assert not can(clerk, "visit.record", at=visit)
    with pytest.raises(NotAllowed):
        actions.record_answers(visit, by=clerk, answers={})
    tie.delete()
    assert can(clerk, "visit.record", at=visit)
    actions.add_recusal(by=desk.people["aggregator"], person=clerk, valid_from=YESTERDAY, **given)
    assert not can(clerk, "visit.record", at=visit)
    assert can(head, "visit.record", at=visit)
    take_back(named, by=head)
    assert not can(clerk, "visit.record", at=visit)


def test_a_deputy_frees_the_principal_of_nothing(desk: Desk) -> None:
    keeper, colleague = desk.people["aggregator"], desk.people["leader"]
    given: dict[str, Any] = {"authority": desk.units["department"], "unit": desk.units["commune"], "kind": "kinship"}
    mine = actions.add_recusal(by=keeper, person=keeper, valid_from=YESTERDAY, **given)
    lend(desk, keeper, "aggregator", "province", colleague)
    with pytest.raises(RuleBroken, match="của chính mình"):
        actions.end_recusal(mine, by=colleague)


def test_a_deputy_approves_no_conclusion_that_the_principal_drafted(desk: Desk) -> None:
    leader, adder = desk.people["leader"], desk.people["aggregator"]
    with at_the_machine():
        grant_role(leader, by=None, role="team_head", unit=desk.units["department"])
    conclusion = actions.draft_conclusion(desk.signed(), by=leader)
    actions.share_conclusion(conclusion, by=desk.people["team_head"])
    actions.reply_to_conclusion(conclusion, by=desk.people["unit_head"], reply="Nhất trí")
    lend(desk, leader, "leader", "province", adder)
    with pytest.raises(RuleBroken, match="không tự duyệt"):
        actions.approve_conclusion(conclusion, by=adder)
    other = somebody(desk, "other", "leader", "department")
    assert actions.approve_conclusion(conclusion, by=other).state == "approved"


def test_whoever_inspected_or_proposed_judges_through_nobody(desk: Desk) -> None:
    visit = concluded(desk)
    one = proposed(desk, visit)
    coordinator, clerk = desk.people["coordinator"], somebody(desk, "clerk", "records_clerk", "district")
    named = lend(desk, coordinator, "coordinator", "district", clerk)
    options: dict[str, Any] = {"number": "7/QĐ-UBND", "decided_on": today()}
    seat = visit.inspection.team.create(person=coordinator, role="member")
    with pytest.raises(NotAllowed, match="Người trong đoàn"):
        followup.decide_measure(one, by=clerk, **options)  # in the stead of somebody who sat on the team
    seat.delete()
    visit.inspection.team.create(person=clerk, role="member")
    with pytest.raises(NotAllowed, match="Người trong đoàn"):
        followup.decide_measure(one, by=clerk, **options)
    assert not named.acts.exists()
    assert followup.decide_measure(one, by=coordinator, **options).state == "decided"


def test_standing_in_ties_to_a_unit_only_by_what_was_done_there(desk: Desk) -> None:
    head, idle, busy = (
        desk.people["unit_head"],
        *(somebody(desk, name, "records_clerk", "commune") for name in ("idle", "busy")),
    )
    visit = desk.signed()
    conclusion = actions.draft_conclusion(visit, by=desk.people["team_head"])
    actions.share_conclusion(conclusion, by=desk.people["team_head"])

    def tied(person: Person, day: date) -> bool:
        told = ties_between([person.pk], [(desk.units["commune"].pk, day)])
        return any(tie.begins == today() for tie in told)

    named = lend(desk, head, "unit_head", "commune", idle)
    take_back(named, by=head)
    assert not tied(idle, today() + timedelta(days=30))
    named = lend(desk, head, "unit_head", "commune", busy)
    actions.reply_to_conclusion(conclusion, by=busy, reply="Nhất trí")
    take_back(named, by=head)
    assert tied(busy, today() + timedelta(days=30))
