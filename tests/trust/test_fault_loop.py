"""The n-th question to the database fails, for every n: an act is done whole or not at all, and the log agrees (SQLite's own method)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection

from kycuong.inspections import actions
from kycuong.inspections.models import Finding, Visit
from kycuong.orgs.actions import grant_role
from kycuong.plans.actions import draft_plan, submit_plan
from kycuong.plans.models import InspectionPlan
from tests.budget import long_run
from tests.desk import FULL_HOUSE, YESTERDAY, Desk, passing
from tests.still import Still

STRIDE = 1 if long_run() else 4
"""Every fault with --long, every fourth one otherwise."""
Act = Callable[[], Any]


class Failing:
    """Lets statements through until the n-th."""

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
        self.left -= 1
        if self.left == 0:
            raise OperationalError("disk I/O error")
        return execute(statement, parameters, many, context)


def acts(desk: Desk) -> dict[str, Act]:
    """What an office does most, each at the point where it may be done."""
    head, visit, signed, other = desk.people["team_head"], desk.answered(desk.visit()), desk.signed(), desk.signed()
    plan = draft_plan(by=desk.people["aggregator"], agency=desk.units["department"], year=YESTERDAY.year)
    answers = {**passing(visit), "D3": {"outcome": "fail", "finding": "Chưa có biển tên."}}
    return {
        "open an inspection": desk.open,
        "record answers": partial(actions.record_answers, visit, by=head, answers=answers, headcount=FULL_HOUSE),
        "add a finding": partial(actions.add_finding, visit, by=head, description="Cổng khóa.", severity=1),
        "sign minutes": lambda: desk.sign(Visit.objects.get(pk=visit.pk)),
        "annul a visit": partial(actions.annul_visit, other, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị kiểm tra."),
        "draft a conclusion": partial(actions.draft_conclusion, signed, by=head),
        "submit a plan": lambda: submit_plan(InspectionPlan.objects.get(pk=plan.pk), by=desk.people["aggregator"]),
        "give a role": partial(grant_role, desk.people["nobody"], by=desk.people["system_admin"], role="auditor", unit=desk.units["province"]),
    }  # fmt: skip


def loop(act: Act) -> tuple[int, list[str]]:
    """How many faults were tried until the act got through, and what was left half done. Each is a transaction of its own."""
    still, tried, halves = Still(), 0, []
    for at in range(1, 2000, STRIDE):
        try:
            with still.watching(), connection.execute_wrapper(Failing(at)):
                act()
        except OperationalError:  # also within a check: what could not be asked is no refusal
            tried += 1
            halves += [f"fault {at}: {changed}" for changed in [still.changed()] if changed]
        else:
            assert still.changed(), "an act that does nothing proves nothing"
            return tried, halves
    raise AssertionError("it never got through")


@pytest.mark.look
def test_an_act_is_done_whole_or_not_at_all(transactional_db: None, desk: Desk) -> None:
    tried = {}
    for name, act in acts(desk).items():
        tried[name], halves = loop(act)
        assert halves == [], name
    print(f"{sum(tried.values())} faults: {tried}")
    assert min(tried.values()) > 1


def test_the_loop_sees_what_is_half_done(transactional_db: None, desk: Desk) -> None:
    found = actions.add_finding(desk.visit(), by=desk.people["team_head"], description="Cổng khóa.", severity=1)

    def careless() -> None:
        for word in ("một", "hai"):
            Finding.objects.filter(pk=found.pk).update(description=word)
            for _each in range(STRIDE):
                Finding.objects.filter(pk=found.pk).exists()

    assert loop(careless)[1]
