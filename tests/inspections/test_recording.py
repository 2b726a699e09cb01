"""Writing a visit down: answers, headcount, findings, words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from kycuong.core.problems import BadInput, NotAllowed, Problem, RuleBroken, Stale
from kycuong.inspections import actions
from kycuong.inspections.actions import Headcount
from kycuong.inspections.models import Finding, Visit
from kycuong.inspections.rules import InspectionState
from tests.desk import FULL_HOUSE, YESTERDAY, Desk, passing

FAILED = {"outcome": "fail", "finding": "Thiếu biển phòng tại hai phòng."}


def exceptions(visit: Visit) -> dict[str, str]:
    return dict(visit.exceptions.values_list("criterion_code", "outcome"))


def test_answers_become_exceptions_and_findings(desk: Desk) -> None:
    visit = desk.answered(
        desk.visit(), D3=FAILED, E1={"outcome": "not_applicable", "note": "Không có thủ tục"}, A3={"part": 4, "whole": 5,
        "finding": "Một người chưa nắm nội dung"},
    )  # fmt: skip
    assert exceptions(visit) == {"D3": "fail", "E1": "not_applicable", "A3": "partial"}
    finding = visit.findings.get(criterion_code="D3")
    assert (finding.group_code, finding.severity, finding.unit) == ("D", 1, desk.units["commune"])
    assert finding.due_on == YESTERDAY + timedelta(days=30)
    assert visit.answers["A3"] == {"outcome": "partial", "part": 4, "whole": 5}
    assert visit.inspection.state == InspectionState.IN_PROGRESS


def test_answers_replace_those_before(desk: Desk) -> None:
    visit = desk.answered(desk.visit(), D3=FAILED, D5={"outcome": "partial", "finding": "Chưa có biển cấm thuốc"})
    desk.answered(visit, D5={"outcome": "fail", "finding": "Không có biển cấm thuốc"})
    assert exceptions(visit) == {"D5": "fail"}
    assert visit.findings.get().description == "Không có biển cấm thuốc"
    actions.record_answers(visit, by=desk.people["team_member"], answers={})
    assert not visit.answers.get("D5")
    assert not visit.findings.exists()


def test_what_is_short_of_a_pass_must_be_described(desk: Desk) -> None:
    visit = desk.visit()
    with pytest.raises(RuleBroken, match="D3"):
        desk.answered(visit, D3={"outcome": "fail"})
    visit.refresh_from_db()
    assert (visit.answers, visit.version) == ({}, 1)
    desk.answered(visit, D3=FAILED)
    desk.answered(visit, D3={"outcome": "fail"})  # described before
    assert visit.findings.get().description == FAILED["finding"]


def test_all_faults_are_told_by_criterion(desk: Desk) -> None:
    with pytest.raises(BadInput) as refusal:
        desk.answered(desk.visit(), D3={"outcome": "x"}, D1={"part": 9, "whole": 2}, B1={"outcome": "pass"})
    assert {fault["field"] for fault in refusal.value.errors} == {"D3", "D1", "B1"}  # B1 is not in the short form


def test_headcount_answers_presence_and_describes_absence(desk: Desk) -> None:
    visit = desk.answered(desk.visit())
    assert visit.answers["C1"] == {"outcome": "pass"}
    absent = Headcount(quota=12, present=9, absent_excused=1, absent_unexcused=2, late=1)
    actions.record_headcount(visit, by=desk.people["team_member"], headcount=absent)
    assert exceptions(visit) == {"C1": "fail"}
    assert visit.findings.get().description == "Vắng không lý do 2 người; đi muộn, về sớm 1 người."
    actions.record_headcount(visit, by=desk.people["team_member"], headcount=FULL_HOUSE)
    assert not visit.findings.exists()


@pytest.mark.parametrize(
    "numbers",
    [
        {"quota": 5, "present": 6},
        {"quota": 5, "present": 4, "absent_excused": 1, "absent_unexcused": 1},
        {"present": -1},
        {"present": 10**9},
        {"present": 1, "late": 2},
        {"late": 1},
    ],
)
def test_headcount_that_cannot_be_is_refused(desk: Desk, numbers: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        actions.record_headcount(desk.visit(), by=desk.people["team_head"], headcount=Headcount(**numbers))


def test_of_two_writers_the_second_is_told(desk: Desk) -> None:
    visit = desk.visit()
    mine, theirs = Visit.objects.get(pk=visit.pk), Visit.objects.get(pk=visit.pk)
    actions.record_answers(mine, by=desk.people["team_head"], version=1, answers=passing(visit), headcount=FULL_HOUSE)
    with pytest.raises(Stale):
        actions.record_explanation(theirs, by=desk.people["team_member"], version=0, text="Đã rõ")
    with pytest.raises(Stale) as refusal:
        actions.record_explanation(theirs, by=desk.people["team_member"], version=1, text="Đã rõ")
    assert "còn nguyên" in refusal.value.vi
    assert Visit.objects.get(pk=visit.pk).unit_explanation == ""


@pytest.mark.parametrize(
    "person", ["leader", "auditor", "records_clerk", "unit_head", "system_admin", "outsider", "nobody"]
)
def test_recording_by_others_is_not_allowed(desk: Desk, person: str) -> None:
    visit, by = desk.visit(), desk.people[person]
    acts: list[Any] = [
        lambda: actions.record_answers(visit, by=by, answers={}),
        lambda: actions.record_headcount(visit, by=by, headcount=FULL_HOUSE),
        lambda: actions.record_explanation(visit, by=by, text="x"),
        lambda: actions.add_finding(visit, by=by, description="x"),
        lambda: actions.choose_checklist(visit, by=by, checklist_form="full"),
        lambda: actions.remove_draft_visit(visit, by=by),
        lambda: actions.sign_minutes(visit, by=by, team_signatory="x", unit_signatory="y"),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_nothing_is_written_into_signed_minutes(desk: Desk) -> None:
    visit, by = desk.signed(), desk.people["team_head"]
    acts: list[Any] = [
        lambda: actions.record_answers(visit, by=by, answers={}),
        lambda: actions.record_headcount(visit, by=by, headcount=FULL_HOUSE),
        lambda: actions.record_explanation(visit, by=by, text="x"),
        lambda: actions.add_finding(visit, by=by, description="Thêm sau"),
        lambda: actions.choose_checklist(visit, by=by, checklist_form="full"),
        lambda: actions.remove_draft_visit(visit, by=by),
        lambda: desk.sign(visit),
    ]
    for act in acts:
        with pytest.raises(RuleBroken, match="đã ký thì không sửa được"):
            act()


def test_findings_of_their_own_are_added_changed_and_removed(desk: Desk) -> None:
    visit, by = desk.visit(), desk.people["team_member"]
    finding = actions.add_finding(visit, by=by, description="Trụ sở xuống cấp", severity=3)
    assert finding.due_on == YESTERDAY + timedelta(days=15)
    assert actions.add_finding(visit, by=by, description="Lặp", uid=finding.uid) == finding
    actions.change_finding(finding, by=by, description="Trụ sở dột", severity=2, due_on=None)
    assert (finding.description, finding.severity, finding.due_on) == ("Trụ sở dột", 2, None)
    with pytest.raises(BadInput, match="sớm hơn ngày kiểm tra"):
        actions.change_finding(finding, by=by, description="x", severity=2, due_on=YESTERDAY - timedelta(days=1))
    actions.remove_finding(finding, by=by)
    assert not Finding.objects.exists()


def test_a_finding_that_an_answer_rests_on_stays(desk: Desk) -> None:
    visit = desk.answered(desk.visit(), D3=FAILED)
    with pytest.raises(RuleBroken, match="D3"):
        actions.remove_finding(visit.findings.get(), by=desk.people["team_head"])


@pytest.mark.parametrize(
    "given", [{"description": ""}, {"description": "x" * 1001}, {"description": "x", "severity": 9},
              {"description": "x", "criterion_code": "B1"}, {"description": "a\x00"}]
)  # fmt: skip
def test_a_finding_that_is_not_in_order_is_refused(desk: Desk, given: dict[str, Any]) -> None:
    with pytest.raises(Problem):
        actions.add_finding(desk.visit(), by=desk.people["team_head"], **given)


def test_the_form_changes_as_long_as_no_answer_is_lost(desk: Desk) -> None:
    visit, by = desk.answered(desk.visit()), desk.people["team_head"]
    actions.choose_checklist(visit, by=by, checklist_form="full")
    assert len(visit.answers) == 15
    actions.record_answers(visit, by=by, answers={**visit.answers, "A2": {"outcome": "pass"}})
    with pytest.raises(RuleBroken, match="A2"):
        actions.choose_checklist(visit, by=by, checklist_form="short")
    with pytest.raises(RuleBroken):
        actions.choose_checklist(visit, by=by, checklist_form="")
