"""Where a rule asks for two people, who stands in for one of them is that one: refused, by the lent role alone, what the other did or may not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.followup import actions as followup
from kycuong.followup.models import Recommendation
from kycuong.inspections import actions
from kycuong.inspections.actions import Seat
from kycuong.inspections.models import Inspection, StandingRecusal
from kycuong.inspections.queries import plan_of
from kycuong.inspections.rules import TeamRole
from kycuong.openness import actions as openness
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine, can
from kycuong.orgs.models import Person
from kycuong.plans import actions as plans
from kycuong.rounds import actions as rounds
from tests.desk import BEGIN, Desk, settle
from tests.followup.issued import DONE, WHY, recommended
from tests.followup.issued import drafted as concluding
from tests.followup.measured import STAFF, concluded, kind, proposed
from tests.inspections.tied import kin, opened
from tests.openness.reporting import open_and_hear, received
from tests.orgs.lending import drafted, lend, somebody
from tests.orgs.test_deputies_ties import tie
from tests.rounds.asked import of_district
from tests.rounds.asked import opened as asked

PLACES = ("department", "district", "province")
REASON = "Chưa đủ minh chứng kèm theo."


@dataclass
class Case:
    """Who lends which role where, and the act that the deputy is refused. `undo` takes away what stands in the way of it."""

    principal: str
    role: str
    place: str
    verb: str
    do: Callable[[Person], Any]
    undo: Callable[[], Any] | None = None


def also(desk: Desk, name: str, role: str, place: str) -> Person:
    with at_the_machine():
        grant_role(desk.people[name], by=None, role=role, unit=desk.units[place], valid_from=BEGIN)
    return settle(desk.people[name])


def plan_approved(desk: Desk) -> Case:
    leader = also(desk, "leader", "coordinator", "district")
    plan = drafted(desk, leader)
    plans.submit_plan(plan, by=leader)
    return Case("leader", "leader", "province", "plan.approve", lambda by: plans.approve_plan(plan, by=by))


def conclusion_approved(desk: Desk) -> Case:
    leader = also(desk, "leader", "team_head", "department")
    conclusion = actions.draft_conclusion(desk.signed(), by=leader)
    actions.share_conclusion(conclusion, by=desk.people["team_head"])
    actions.reply_to_conclusion(conclusion, by=desk.people["unit_head"], reply="Nhất trí")
    do = lambda by: actions.approve_conclusion(conclusion, by=by)  # noqa: E731 - one act
    return Case("leader", "leader", "province", "conclusion.approve", do)


def finding_decided(desk: Desk) -> Case:
    conclusion = concluding(desk)
    also(desk, "team_head", "unit_head", "commune")
    actions.share_conclusion(conclusion, by=desk.people["aggregator"])
    finding = conclusion.visit.findings.order_by("pk")[0]
    actions.answer_finding(finding, by=desk.people["unit_head"], accepts=False, text="Đã có biển tên từ trước.")
    given: dict[str, Any] = {"outcome": "kept", "reason": "Đã xem lại ảnh."}
    do = lambda by: actions.decide_finding(finding, by=by, **given)  # noqa: E731 - one act
    return Case("team_head", "team_head", "department", "conclusion.draft", do, _no_longer(desk, "team_head"))


def _no_longer(desk: Desk, name: str) -> Callable[[], Any]:
    """The principal no longer speaks for the unit."""
    return lambda: desk.people[name].assignments.filter(role="unit_head").delete()


def reported(desk: Desk) -> tuple[Recommendation, Any]:
    one = recommended(desk)[0]
    also(desk, "team_head", "unit_head", "commune")
    return one, followup.report_remedy(one, by=desk.people["unit_head"], text=DONE)


def remedy_confirmed(desk: Desk) -> Case:
    _one, report = reported(desk)
    do = lambda by: followup.accept_remedy(report, by=by)  # noqa: E731 - one act
    return Case("team_head", "team_head", "department", "remedy.confirm", do, _no_longer(desk, "team_head"))


def remedy_returned(desk: Desk) -> Case:
    _one, report = reported(desk)
    do = lambda by: followup.return_remedy(report, by=by, reason=REASON)  # noqa: E731 - one act
    return Case("team_head", "team_head", "department", "remedy.confirm", do, _no_longer(desk, "team_head"))


def own_remedy_confirmed(desk: Desk) -> Case:
    """The principal reported, and no longer speaks for the unit."""
    one = recommended(desk)[0]
    also(desk, "team_head", "unit_head", "commune")
    report = followup.report_remedy(one, by=desk.people["team_head"], text=DONE)
    desk.people["team_head"].assignments.filter(role="unit_head").delete()
    do = lambda by: followup.accept_remedy(report, by=by)  # noqa: E731 - one act
    return Case("team_head", "team_head", "department", "remedy.confirm", do)


def extension_answered(desk: Desk) -> Case:
    also(desk, "leader", "unit_head", "commune")
    one = recommended(desk)[0]
    assert one.due_on
    wanted = followup.ask_extension(one, by=desk.people["unit_head"], until=one.due_on + timedelta(days=10), reason=WHY)
    do = lambda by: followup.answer_extension(wanted, by=by, grant=False, reason=REASON)  # noqa: E731 - one act
    return Case("leader", "leader", "province", "extension.decide", do, _no_longer(desk, "leader"))


def recommendation_closed(desk: Desk) -> Case:
    also(desk, "leader", "unit_head", "commune")
    one = recommended(desk)[0]
    do = lambda by: followup.close_recommendation(one, by=by, reason=REASON)  # noqa: E731 - one act
    return Case("leader", "leader", "province", "recommendation.close", do, _no_longer(desk, "leader"))


def _seated(desk: Desk, inspection: Inspection) -> Callable[[], Any]:
    seat = inspection.team.create(person=desk.people["coordinator"], role="member")
    return lambda: seat.delete()


def measure_recorded(desk: Desk) -> Case:
    visit = concluded(desk)
    given: dict[str, Any] = {
        "subject": STAFF,
        "kind": kind("criticism"),
        "authority": desk.units["district"],
        "number": "7/QĐ-UBND",
    }
    given |= {"decided_on": today(), "findings": list(visit.findings.all())}
    do = lambda by: followup.record_measure(visit, by=by, **given)  # noqa: E731 - one act
    undo = _seated(desk, visit.inspection)
    return Case("coordinator", "coordinator", "district", "measure.record", do, undo)


def measure_declined(desk: Desk) -> Case:
    one = proposed(desk, concluded(desk))
    do = lambda by: followup.decline_measure(one, by=by, reason=REASON)  # noqa: E731 - one act
    undo = _seated(desk, one.visit.inspection)
    return Case("coordinator", "coordinator", "district", "measure.record", do, undo)


def own_proposal_decided(desk: Desk) -> Case:
    also(desk, "coordinator", "team_head", "department")
    one = proposed(desk, concluded(desk), by=desk.people["coordinator"])
    given: dict[str, Any] = {"number": "7/QĐ-UBND", "decided_on": today()}
    do = lambda by: followup.decide_measure(one, by=by, **given)  # noqa: E731 - one act
    return Case("coordinator", "coordinator", "district", "measure.record", do)


def round_accepted(desk: Desk) -> Case:
    also(desk, "aggregator", "coordinator", "district")
    report = of_district(asked(desk), desk)
    rounds.submit_agency_report(report, by=desk.people["aggregator"])
    do = lambda by: rounds.accept_report(report, by=by)  # noqa: E731 - one act
    return Case("aggregator", "aggregator", "province", "round.open", do)


def conflict_waived(desk: Desk) -> Case:
    leader = desk.people["leader"]
    inspection = opened(desk, team=[Seat(leader, role=TeamRole.HEAD)])
    kin(inspection, leader, desk.units["commune"])
    given: dict[str, Any] = {"person": leader, "unit": desk.units["commune"], "reason": "Không còn ai khác trong đoàn"}
    do = lambda by: actions.waive_conflict(inspection, by=by, **given)  # noqa: E731 - one act
    return Case("leader", "leader", "province", "conflict.waive", do)


def recusal_ended(desk: Desk) -> Case:
    keeper = desk.people["aggregator"]
    given: dict[str, Any] = {"authority": desk.units["province"], "unit": desk.units["commune"], "kind": "kinship"}
    mine = actions.add_recusal(by=keeper, person=keeper, **given)
    do = lambda by: actions.end_recusal(mine, by=by)  # noqa: E731 - one act
    return Case("aggregator", "aggregator", "province", "recusal.keep", do)


def draft_visit_removed(desk: Desk) -> Case:
    visit = desk.visit()
    tie(desk, desk.people["team_head"])
    do = lambda by: actions.remove_draft_visit(visit, by=by)  # noqa: E731 - one act
    return Case("team_head", "team_head", "department", "visit.record", do, _untied(desk, "team_head"))


def _untied(desk: Desk, name: str) -> Callable[[], Any]:
    return lambda: StandingRecusal.objects.filter(person=desk.people[name]).delete()


def target_begun(desk: Desk) -> Case:
    """The deputy is on the short list, the principal is tied to the unit."""
    deputy = Person.objects.get(username="dee.department")
    inspection = desk.open(sealed=True, short_list=[deputy])
    [target] = plan_of(inspection.sealing).waiting
    tie(desk, desk.people["team_head"])
    do = lambda by: actions.begin_target(inspection, by=by, key=target.key, as_planned=True)  # noqa: E731 - one act
    return Case("team_head", "team_head", "department", "visit.record", do, _untied(desk, "team_head"))


def citizen_report_taken(desk: Desk) -> Case:
    open_and_hear(desk)
    report, _code = received(desk)
    tie(desk, desk.people["aggregator"])
    do = lambda by: openness.take_report(report, by=by)  # noqa: E731 - one act
    return Case("aggregator", "aggregator", "province", "citizen_report.handle", do, _untied(desk, "aggregator"))


def citizen_report_settled(desk: Desk) -> Case:
    case = citizen_report_taken(desk)
    report, _code = received(desk, address="10.0.0.2", text="Chiều thứ Ba không có ai trực.")
    given: dict[str, Any] = {
        "outcome": "unfounded",
        "reason": "Đã kiểm tra",
        "answer": "Đã kiểm tra, không đúng như phản ánh.",
    }
    case.do = lambda by: openness.settle_report(report, by=by, **given)
    return case


CASES = [
    plan_approved,
    conclusion_approved,
    finding_decided,
    remedy_confirmed,
    remedy_returned,
    own_remedy_confirmed,
    extension_answered,
    recommendation_closed,
    measure_recorded,
    measure_declined,
    own_proposal_decided,
    round_accepted,
    conflict_waived,
    recusal_ended,
    draft_visit_removed,
    target_begun,
    citizen_report_taken,
    citizen_report_settled,
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_who_stands_in_is_refused_what_the_principal_did_or_may_not(desk: Desk, case: Callable[[Desk], Case]) -> None:
    deputies = {place: somebody(desk, f"dee.{place}", "records_clerk", place) for place in PLACES}
    found = case(desk)
    deputy, at = deputies[found.place], desk.units[found.place]
    lend(desk, desk.people[found.principal], found.role, deputy, place=found.place)
    assert can(deputy, found.verb, at=at)
    with pytest.raises((NotAllowed, RuleBroken)) as told:
        found.do(deputy)
    assert "Vai trò làm được" not in str(told.value)
    if found.undo:
        found.undo()
        found.do(settle(Person.objects.get(pk=deputy.pk)))
