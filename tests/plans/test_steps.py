"""The way of a plan from draft to archive: who takes which step, when it is refused, and what the history then says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.orgs.actions import create_account, grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.plans import actions, rules
from kycuong.plans.models import InspectionPlan, PlanStep
from kycuong.plans.rules import NOT_YET_ISSUED, PLAN_TRANSITIONS, STEPS, PlanState, StepKind
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import year_to_date
from tests.desk import BEGIN, Desk, settle

YEAR = today().year
PAPER = {"document_number": "15/QĐ-UBND", "document_on": today()}
Sign = Callable[[Any], Client]


@pytest.fixture
def chief(desk: Desk) -> Any:
    """The leader of the district."""
    with at_the_machine():
        person, _ = create_account(by=None, at=desk.units["district"], username="chief", full_name="Chủ tịch huyện")
        grant_role(person, by=None, role="leader", unit=desk.units["district"], valid_from=BEGIN)
    return settle(person)


def drafted(desk: Desk, **given: Any) -> InspectionPlan:
    options = {"by": desk.people["coordinator"], "agency": desk.units["district"], "year": YEAR, **given}
    return actions.draft_plan(**options)


def kinds(plan: InspectionPlan) -> list[str]:
    return list(PlanStep.objects.filter(plan=plan).values_list("kind", flat=True))


def test_a_plan_goes_all_the_way_and_its_history_says_who_and_by_which_document(desk: Desk, chief: Any) -> None:
    planner, plan = desk.people["coordinator"], drafted(desk, target_percent=30)
    actions.submit_plan(plan, by=planner)
    actions.return_plan(plan, by=chief, note="Chỉ tiêu còn thấp, nâng lên 50 %.")
    actions.change_plan(plan, by=planner, version=plan.version, title="", window_from=None, window_to=None,
                        target_units=None, target_percent=50)  # fmt: skip
    actions.submit_plan(plan, by=planner)
    actions.approve_plan(plan, by=chief)
    actions.issue_plan(plan, by=planner, issued_on=today())
    actions.number_plan(plan, by=planner, number="5/KH-UBND")
    actions.amend_plan(plan, by=planner, version=plan.version, target_units=4, **PAPER)
    actions.close_plan(plan, by=planner, note="Đã hoàn thành trước hạn.")
    plan.refresh_from_db()
    assert (plan.state, plan.issued_on, plan.number, plan.target_units) == ("closed", today(), "5/KH-UBND", 4)
    assert kinds(plan) == ["draft", "submit", "return", "submit", "approve", "issue", "number", "amend", "close"]
    amended = plan.steps.get(kind="amend")
    assert (amended.taken_by, amended.document_number, amended.document_on) == (planner, "15/QĐ-UBND", today())


def test_figures_keep_counting_a_plan_that_was_amended_and_closed(desk: Desk) -> None:
    planner, agency = desk.people["aggregator"], desk.units["department"]
    plan = drafted(desk, by=planner, agency=agency, target_units=2)
    names = ["agencies_with_plan", "plan_progress"]

    def figures() -> dict[str, Any]:
        return figures_for(agency, year_to_date(today()), names=names)

    actions.issue_plan(plan, by=planner, issued_on=today())
    issued = figures()
    actions.amend_plan(plan, by=planner, version=plan.version, target_units=2, **PAPER)
    assert figures() == issued
    actions.close_plan(plan, by=planner, note="Đã hoàn thành trước hạn.")
    assert figures() == issued
    assert issued["agencies_with_plan"]["numerator"] == 1
    assert issued["plan_progress"]["denominator"] == 2


def test_what_was_submitted_is_not_rewritten_until_it_is_withdrawn(desk: Desk) -> None:
    planner, plan = desk.people["coordinator"], drafted(desk)
    actions.submit_plan(plan, by=planner)
    content = {"title": "Khác", "window_from": None, "window_to": None, "target_units": None, "target_percent": None}
    with pytest.raises(RuleBroken, match="rút lại"), transaction.atomic():
        actions.change_plan(plan, by=planner, version=plan.version, **content)
    plan.refresh_from_db()
    with pytest.raises(RuleBroken, match="Ban hành"), transaction.atomic():
        actions.issue_plan(plan, by=planner, issued_on=today())
    actions.withdraw_plan(plan, by=planner)
    assert actions.change_plan(plan, by=planner, version=plan.version, **content).title == "Khác"


def test_nobody_approves_what_they_submitted(desk: Desk) -> None:
    planner, plan = desk.people["coordinator"], drafted(desk)
    with at_the_machine():
        grant_role(planner, by=None, role="leader", unit=desk.units["district"], valid_from=BEGIN)
    actions.submit_plan(plan, by=planner)
    with pytest.raises(RuleBroken, match="không tự duyệt"):
        actions.approve_plan(plan, by=planner)
    assert actions.approve_plan(plan, by=desk.people["leader"]).state == PlanState.APPROVED


NOT_FOR = {
    "submit_plan": ("records_clerk", "leader", "outsider"),
    "approve_plan": ("coordinator", "aggregator", "records_clerk"),
    "return_plan": ("coordinator",),
    "close_plan": ("leader",),
    "withdraw_plan": ("team_head",),
}


def test_a_step_is_not_for_everybody(desk: Desk) -> None:
    plan = drafted(desk)
    before = AuditEntry.objects.count()
    for act, people in NOT_FOR.items():
        given = {"note": "Cần sửa lại chỉ tiêu."} if act in ("return_plan", "close_plan") else {}
        for who in people:
            with pytest.raises(NotAllowed):
                getattr(actions, act)(plan, by=desk.people[who], **given)
    plan.refresh_from_db()
    assert (plan.state, kinds(plan), AuditEntry.objects.count()) == ("draft", ["draft"], before)


def test_of_two_people_with_one_version_the_second_is_told(desk: Desk, chief: Any) -> None:
    plan = drafted(desk)
    actions.submit_plan(plan, by=desk.people["coordinator"])
    first, second = (InspectionPlan.objects.get(pk=plan.pk) for _ in range(2))
    actions.return_plan(first, by=chief, note="Chưa nêu rõ nội dung.")
    with pytest.raises(RuleBroken, match="Dự thảo|dự thảo"):
        actions.approve_plan(second, by=desk.people["leader"])
    actions.submit_plan(first, by=desk.people["coordinator"])
    with pytest.raises(Stale):
        actions.approve_plan(second, by=desk.people["leader"], version=second.version - 1)
    assert InspectionPlan.objects.get(pk=plan.pk).state == "submitted"


def test_reasons_and_documents_are_asked_for(desk: Desk, chief: Any) -> None:
    planner, plan = desk.people["coordinator"], drafted(desk)
    actions.submit_plan(plan, by=planner)
    with pytest.raises(BadInput):
        actions.return_plan(plan, by=chief, note="sửa")
    actions.approve_plan(plan, by=chief)
    actions.issue_plan(plan, by=planner, issued_on=today() - timedelta(days=3))
    with pytest.raises(BadInput):
        actions.close_plan(plan, by=planner)
    for paper in (
        {**PAPER, "document_number": " "},
        {**PAPER, "document_on": today() + timedelta(days=1)},
        {**PAPER, "document_on": today() - timedelta(days=4)},
    ):
        with pytest.raises((BadInput, RuleBroken)), transaction.atomic():
            actions.amend_plan(plan, by=planner, version=plan.version, **paper)
        plan.refresh_from_db()
    assert plan.state == PlanState.ISSUED


def test_the_arrows_are_those_of_the_steps() -> None:
    arrows = {(source, target) for sources, target in STEPS.values() for source in sources}
    assert arrows == {(source, target) for source, targets in PLAN_TRANSITIONS.items() for target in targets}


@settings(max_examples=60)
@given(st.lists(st.sampled_from(list(STEPS)), max_size=12))
def test_whatever_the_order_of_steps_a_plan_is_issued_exactly_once(steps: list[StepKind]) -> None:
    """Once issued, a plan never goes back to a state that figures would not count."""
    state, issued = PlanState.DRAFT, 0
    for kind in steps:
        if rules.may_follow(state, kind):
            assert not (state not in NOT_YET_ISSUED and STEPS[kind][1] in NOT_YET_ISSUED)
            issued += kind == StepKind.ISSUE
            state = STEPS[kind][1]
    assert issued == (state not in NOT_YET_ISSUED)


def test_the_database_refuses_an_issued_plan_without_a_day(desk: Desk) -> None:
    plan = drafted(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        InspectionPlan.objects.filter(pk=plan.pk).update(state="issued")


def test_a_sheet_of_plans_says_how_each_came(desk: Desk) -> None:
    rows = [
        actions.PlanRow(desk.units["district"], YEAR, "1/KH", today()),
        actions.PlanRow(desk.units["other_district"], YEAR),
    ]
    issued, draft = actions.record_issued_plans(rows, by=desk.people["aggregator"], source="import")
    assert [(plan.state, kinds(plan)) for plan in (issued, draft)] == [("issued", ["issue"]), ("draft", ["draft"])]


def test_the_page_offers_what_the_person_may_do_and_keeps_what_was_typed(
    desk: Desk, chief: Any, as_person: Sign
) -> None:
    plan = drafted(desk)
    planner, leader = as_person(desk.people["coordinator"]), as_person(chief)
    assert "Trình duyệt" in planner.get(plan.get_absolute_url()).content.decode()
    assert planner.post(f"/plans/{plan.uid}/submission/", {"version": plan.version}).status_code == 302
    shown = leader.get(plan.get_absolute_url()).content.decode()
    assert f"/plans/{plan.uid}/approval/" in shown
    assert f"/plans/{plan.uid}/withdrawal/" not in shown
    refused = leader.post(f"/plans/{plan.uid}/return/", {"note": "ngắn", "version": 2})
    assert refused.status_code == 422
    assert "ngắn</textarea>" in refused.content.decode()
    assert (
        leader.post(f"/plans/{plan.uid}/return/", {"note": "Bổ sung tiến độ từng tháng.", "version": 2}).status_code
        == 302
    )
    assert "Bổ sung tiến độ từng tháng." in planner.get(plan.get_absolute_url()).content.decode()


def test_a_stale_form_is_refused_with_a_sentence(desk: Desk, as_person: Sign) -> None:
    plan = drafted(desk)
    planner = as_person(desk.people["coordinator"])
    actions.submit_plan(plan, by=desk.people["coordinator"])
    actions.withdraw_plan(plan, by=desk.people["coordinator"])
    answer = planner.post(f"/plans/{plan.uid}/submission/", {"version": 1})
    assert answer.status_code == 422
    assert "người khác sửa" in answer.content.decode()
