"""Themes and plans: who writes, changes, issues and numbers them, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.plans import actions
from kycuong.plans.actions import PlanRow
from kycuong.plans.models import AnnualTheme, InspectionPlan
from tests.desk import Desk

YEAR = today().year


def drafted(desk: Desk, **given: object) -> InspectionPlan:
    options = {"by": desk.people["coordinator"], "agency": desk.units["district"], "year": YEAR, **given}
    return actions.draft_plan(**options)  # type: ignore[arg-type]


def test_a_plan_is_drafted_issued_and_numbered(desk: Desk) -> None:
    plan = drafted(desk, target_percent=30)
    actions.issue_plan(plan, by=desk.people["coordinator"], issued_on=today(), version=1)
    actions.number_plan(plan, by=desk.people["coordinator"], number=" 05/KH-UBND ", version=2)
    plan.refresh_from_db()
    assert (plan.issued_on, plan.number, plan.version, plan.target_percent) == (today(), "05/KH-UBND", 3, 30)


def test_the_same_uid_is_one_draft_and_a_second_plan_of_the_year_is_refused(desk: Desk) -> None:
    uid = uuid7()
    assert drafted(desk, uid=uid) == drafted(desk, uid=uid)
    with pytest.raises(RuleBroken, match=str(YEAR)):
        drafted(desk)
    assert InspectionPlan.objects.count() == 1


def test_whoever_issues_from_an_old_text_is_told(desk: Desk) -> None:
    plan = drafted(desk)
    actions.issue_plan(plan, by=desk.people["coordinator"], issued_on=today(), version=1)
    with pytest.raises(Stale):
        actions.number_plan(plan, by=desk.people["coordinator"], number="1/KH", version=1)
    plan.refresh_from_db()
    assert plan.number == ""


def test_what_has_been_issued_is_not_rewritten_and_what_has_not_bears_no_number(desk: Desk) -> None:
    plan = drafted(desk)
    with pytest.raises(RuleBroken):
        actions.number_plan(plan, by=desk.people["coordinator"], number="1/KH")
    plan.refresh_from_db()
    with pytest.raises(RuleBroken):
        actions.issue_plan(plan, by=desk.people["coordinator"], issued_on=today() + timedelta(days=1))
    plan.refresh_from_db()
    assert plan.issued_on is None
    actions.issue_plan(plan, by=desk.people["coordinator"], issued_on=today())
    with pytest.raises(RuleBroken):
        actions.issue_plan(plan, by=desk.people["coordinator"], issued_on=today())


@pytest.mark.parametrize("name", ["outsider", "team_member", "nobody", "auditor", "system_admin"])
def test_others_draft_no_plan_for_the_district(desk: Desk, name: str) -> None:
    with pytest.raises(NotAllowed):
        drafted(desk, by=desk.people[name])
    assert not InspectionPlan.objects.exists()


def test_announcing_a_theme_again_corrects_it(desk: Desk) -> None:
    for title in ("Chủ đề cũ", "Chủ đề mới"):
        actions.announce_theme(by=desk.people["aggregator"], authority=desk.units["province"], year=YEAR, title=title)
    assert AnnualTheme.objects.get().title == "Chủ đề mới"


def test_rows_are_written_all_or_none(desk: Desk) -> None:
    good = PlanRow(desk.units["district"], YEAR, "1/KH", today())
    late = PlanRow(desk.units["other_district"], YEAR, "2/KH", today() + timedelta(days=1))
    with pytest.raises(BadInput) as fault:
        actions.record_issued_plans([good, late], by=desk.people["aggregator"], source="import")
    assert [error["row"] for error in fault.value.errors] == ["2"]
    assert not InspectionPlan.objects.exists()
