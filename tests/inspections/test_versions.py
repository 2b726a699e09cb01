"""Visits and versions of the checklist: which one is used, what is asked of it, and what figures make of that."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kycuong.catalog.actions import add_criterion, add_group, change_criterion, publish_draft, start_draft
from kycuong.catalog.models import Checklist
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, RuleBroken
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, VisitRow
from kycuong.inspections.models import Visit
from kycuong.inspections.queries import answers_in_words, criteria_at, unanswered
from kycuong.inspections.rules import Headcount
from kycuong.orgs.authority import at_the_machine
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import Period
from tests.desk import FULL_HOUSE, Desk, asked, passing


def published(desk: Desk, version: str, begins: date, **changed: dict[str, Any]) -> Checklist:
    """A version in which some criteria of the standard one say something else."""
    by = desk.people["aggregator"]
    draft = start_draft(by=by, version=version, title="Phiếu", based_on=desk.checklist)
    for code, content in changed.items():
        change_criterion(draft.criteria.get(code=code), by=by, content=content)
    return publish_draft(draft, by=by, valid_from=begins)


def visited(desk: Desk, unit: str = "commune", day: date | None = None, **given: Any) -> Visit:
    return desk.visit(visits=[Planned(desk.units[unit], day or today(), "short")], **given)


def answers(desk: Desk) -> dict[str, Any]:
    """The figure on answers, of all days until today."""
    period = Period(date(2019, 1, 1), today())
    found = figures_for(desk.units["province"], period, names=["answers_by_criterion"])["answers_by_criterion"]
    return dict(found)


CONDITION = {"asked_after": "D3", "asked_on": "short"}


def test_a_new_visit_uses_the_newest_version_valid_on_its_day(desk: Desk) -> None:
    now = published(desk, "1.1", today())
    later = published(desk, "1.2", today() + timedelta(days=10))
    assert visited(desk).checklist == now
    assert visited(desk, day=today() - timedelta(days=1)).checklist == desk.checklist
    assert visited(desk, day=today() + timedelta(days=10)).checklist == later


def test_a_visit_keeps_the_version_it_began_with(desk: Desk) -> None:
    visit = visited(desk)
    published(desk, "1.1", today())
    desk.answered(visit)
    desk.sign(visit)
    visit.refresh_from_db()
    assert visit.checklist == desk.checklist


def test_a_conditional_criterion_is_asked_only_after_its_answer(desk: Desk) -> None:
    published(desk, "1.1", today(), D5=CONDITION)
    visit, head = visited(desk), desk.people["team_head"]
    given = passing(visit)
    del given["D5"]
    failed = given | {"D3": {"outcome": "fail", "finding": "Không có biển tên"}}
    actions.record_answers(visit, by=head, answers=failed, headcount=FULL_HOUSE)
    assert unanswered(criteria_at(visit), visit.answers) == ["D5"]
    with pytest.raises(RuleBroken, match="D5"):
        desk.sign(visit)
    smoke = {"D5": {"outcome": "fail", "finding": "Có người hút thuốc"}}
    actions.record_answers(visit, by=head, answers=failed | smoke)
    assert visit.findings.filter(criterion_code="D5").exists()
    actions.record_answers(visit, by=head, answers=given | smoke)
    assert "D5" not in visit.answers
    assert not visit.findings.filter(criterion_code="D5").exists()
    assert visit.exceptions.get(criterion_code="D5").outcome == "not_asked"
    desk.sign(visit)
    codes = [line.criterion.code for group in answers_in_words(visit, []) for line in group.lines]
    assert "D3" in codes
    assert "D5" not in codes


def test_figures_take_nothing_unasked_for_a_pass_and_compare_versions_by_code(desk: Desk) -> None:
    first = visited(desk, day=today() - timedelta(days=1))
    published(desk, "1.1", today(), D5=CONDITION, D6={"for_kinds": ["division"]})
    second, third = visited(desk), visited(desk, "division", lead=desk.units["province"], by="aggregator")
    for visit in (first, second):
        desk.answered(visit)
        desk.sign(visit)
    failing = passing(third) | {"D3": {"outcome": "fail", "finding": "Không có biển tên"}}
    actions.record_answers(third, by=desk.people["aggregator"], answers=failing, headcount=FULL_HOUSE)
    actions.sign_minutes(third, by=desk.people["aggregator"], team_signatory="Đoàn", unit_signatory="Phòng")
    found = answers(desk)
    assert (found["D3"]["pass"], found["D3"]["fail"], found["D3"]["units_asked"]) == (2, 1, 2)
    assert (found["D5"]["pass"], found["D5"]["units_asked"]) == (2, 2)
    assert (found["D6"]["pass"], found["D6"]["not_applicable"], found["D6"]["units_asked"]) == (2, 0, 2)
    assert (found["C1"]["pass"], found["C1"]["units_asked"]) == (3, 2)


def test_only_criteria_for_the_kind_of_unit_are_asked(desk: Desk) -> None:
    published(desk, "1.1", today(), D6={"for_kinds": ["division"]})
    visit = visited(desk)
    assert "D6" not in criteria_at(visit)
    given = {code: answer for code, answer in passing(visit).items() if code != "D6"}
    with pytest.raises(BadInput, match="không có tiêu chí D6"):
        actions.record_answers(visit, by=desk.people["team_head"], answers={**given, "D6": {"outcome": "pass"}})
    actions.record_answers(visit, by=desk.people["team_head"], answers=given, headcount=FULL_HOUSE)
    desk.sign(visit)
    assert visit.exceptions.get(criterion_code="D6").outcome == "not_asked"


def test_signed_visits_taken_in_bulk_follow_the_same_rules(desk: Desk) -> None:
    version = published(desk, "1.1", today(), D5=CONDITION, D6={"for_kinds": ["division"]})
    given = passing(visited(desk))
    row = VisitRow(
        "a", desk.units["department"], desk.units["commune"], today(), "surprise", checklist=version,
        checklist_form="short", headcount=Headcount(12, 12, 0, 0, 0),
        answers={code: answer for code, answer in given.items() if code not in ("D5", "D6")},
    )  # fmt: skip
    with at_the_machine():
        [visit] = actions.record_signed_visits([row], by=None, source="import")
    assert dict(visit.exceptions.values_list("criterion_code", "outcome")) == {"D5": "not_asked", "D6": "not_asked"}


def added(desk: Desk, who: str, place: str, letters: str) -> Checklist:
    """What an authority asks in addition, published today."""
    by = desk.people[who]
    draft = start_draft(by=by, version=f"8.{desk.units[place].pk}", title="Bổ sung", authority=desk.units[place])
    group = add_group(draft, by=by, code=letters, title="Nội dung bổ sung")
    content = asked(counted=False, in_short_form=True)
    add_criterion(draft, by=by, group=group, code=f"{letters}1", content=content)
    return publish_draft(draft, by=by)


def test_an_authority_asks_more_at_its_own_visits_and_no_comparison_sees_it(desk: Desk) -> None:
    before = visited(desk)
    added(desk, "coordinator", "district", "IHD")
    added(desk, "aggregator", "department", "ISN")
    assert "ISN1" not in criteria_at(before)
    visit = visited(desk, unit="second_commune")
    theirs = desk.visit(
        by="coordinator", lead=desk.units["district"], visits=[Planned(desk.units["commune"], today(), "short")]
    )
    assert ["IHD1" in criteria_at(one) for one in (visit, theirs)] == [False, True]
    assert "ISN1" in criteria_at(visit)
    failing = passing(visit) | {"ISN1": {"outcome": "fail", "finding": "Chưa có sổ"}}
    actions.record_answers(visit, by=desk.people["team_head"], answers=failing, headcount=FULL_HOUSE)
    desk.sign(visit)
    words = [line.criterion.code for group in answers_in_words(visit, []) for line in group.lines]
    assert words[-1] == "ISN1"
    assert "ISN1" not in answers(desk)
    actions.remove_draft_visit(theirs, by=desk.people["coordinator"])
