"""Two people at once: one act after another, so that what the second one checks is what the first one left."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from kycuong.core.problems import Problem
from kycuong.inspections import actions
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.rules import InspectionState, VisitState
from kycuong.orgs.actions import deactivate_account, end_role, grant_role
from kycuong.orgs.models import Assignment, Person
from kycuong.plans.actions import draft_plan
from kycuong.plans.models import InspectionPlan
from tests.desk import BEGIN, YESTERDAY, Desk

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 4


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What came of each: «done», or the code of the refusal. Anything else that goes wrong is raised."""
    together = threading.Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        try:
            together.wait(10)
            act()
        except Problem as refused:
            return refused.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


def fresh(visit: Visit) -> Visit:
    """As each request fetches it for itself."""
    return Visit.objects.select_related("inspection").get(pk=visit.pk)


def test_the_same_visit_is_added_once(desk: Desk) -> None:
    inspection = desk.open(visits=[])
    given = {"by": desk.people["team_head"], "unit": desk.units["commune"], "visited_on": BEGIN}
    add = lambda **more: lambda: actions.add_visit(Inspection.objects.get(pk=inspection.pk), **given, **more)  # noqa: E731
    assert at_once(*[add()] * THREADS) == ["done", *["rule_broken"] * (THREADS - 1)]
    given["visited_on"] = YESTERDAY
    assert at_once(*[add(uid=uuid.uuid4())] * THREADS) == ["done"] * THREADS, "repeated, not doubled"
    assert inspection.visits.count() == 2


def test_an_inspection_is_either_cancelled_or_signed(desk: Desk) -> None:
    visit = desk.answered(desk.visit())
    by, signature = desk.people["team_head"], {"team_signatory": "Trưởng đoàn", "unit_signatory": "Chủ tịch"}
    cancel = lambda: actions.cancel_inspection(  # noqa: E731
        fresh(visit).inspection, by=desk.people["aggregator"], reason="Không còn cần kiểm tra."
    )
    sign = lambda: actions.sign_minutes(fresh(visit), by=by, **signature)  # noqa: E731
    assert at_once(cancel, sign, cancel, sign) == ["done", *["rule_broken"] * 3]
    cancelled = fresh(visit).inspection.state == InspectionState.CANCELLED
    assert cancelled is (fresh(visit).state == VisitState.DRAFT)


def test_what_somebody_else_has_removed_is_told(desk: Desk) -> None:
    visit, by = desk.visit(), desk.people["team_head"]
    finding = actions.add_finding(visit, by=by, description="Cổng khóa trong giờ.", severity=1)
    held = [visit.findings.get() for _ in range(3)]
    actions.remove_finding(finding, by=by)
    with pytest.raises(Problem, match="vừa được người khác xóa"):
        actions.change_finding(held[0], by=by, description="Cổng mở.", severity=1, due_on=None)
    with pytest.raises(Problem, match="vừa được người khác xóa"):
        actions.remove_finding(held[1], by=by)
    visits = [fresh(visit) for _ in range(4)]
    actions.remove_draft_visit(visit, by=by)
    for act in (
        lambda: actions.record_answers(visits[0], by=by, version=visits[0].version, answers={}),
        lambda: actions.record_explanation(visits[1], by=by, text="Không"),
        lambda: actions.remove_draft_visit(visits[2], by=by),
        lambda: desk.sign(visits[3]),
    ):
        with pytest.raises(Problem, match="vừa được người khác xóa"):
            act()


def test_accounts_roles_and_plans_are_changed_once(desk: Desk) -> None:
    by, who, where = desk.people["system_admin"], desk.people["team_member"], desk.units["department"]
    once = ["done", *["rule_broken"] * (THREADS - 1)]
    grant = lambda: grant_role(who, by=by, role="records_clerk", unit=where, valid_from=BEGIN)  # noqa: E731
    assert at_once(*[grant] * THREADS) == once
    end = lambda: end_role(Assignment.objects.get(person=who, role="records_clerk"), by=by)  # noqa: E731
    assert at_once(*[end] * THREADS) == once
    close = lambda: deactivate_account(Person.objects.get(pk=who.pk), by=by)  # noqa: E731
    assert at_once(*[close] * THREADS) == once
    plan = lambda: draft_plan(by=desk.people["aggregator"], agency=where, year=YESTERDAY.year)  # noqa: E731
    assert at_once(*[plan] * THREADS) == once
    assert InspectionPlan.objects.filter(agency=where).count() == 1
