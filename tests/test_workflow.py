"""Whatever anybody tries, in any order: what is refused changes nothing, and what is done leaves everything in order.

A random machine over plan, inspection, visit, minutes, report and conclusion, by every role (Hypothesis, stateful).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kycuong.audit.models import AuditEntry
from kycuong.audit.reconcile import differences
from kycuong.audit.verification import verify_log
from kycuong.core.clock import now, today
from kycuong.core.problems import Problem
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Conclusion, Finding, Inspection, Sealing, Visit
from kycuong.inspections.queries import plan_of
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.inspections.tasks import withdraw_unread
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from kycuong.plans import actions as plans
from kycuong.plans.models import InspectionPlan
from tests.budget import examples, long_run
from tests.desk import FULL_HOUSE, ROLES, YESTERDAY, Desk, passing
from tests.order import InOrder, states

EVERYBODY = [*ROLES, "outsider", "nobody"]
WHO = st.sampled_from(["aggregator"] * 15 + ["leader"] * 6 + ["unit_head"] * 3 + EVERYBODY)
"""Everybody, and those oftener who can: an office in which nothing ever gets done proves little."""
UNITS = st.sampled_from(["commune", "second_commune", "other_commune"])
LEADS = st.sampled_from(["department", "district"])
WHICH = st.integers(0, 7)
REASON = "Lý do đủ dài để giữ"


class Workflow(InOrder):
    """An office in which everybody presses everything."""

    def __init__(self) -> None:
        super().__init__()
        self.days = 0
        self.clock = patch("django.utils.timezone.localdate", lambda *given: YESTERDAY + timedelta(days=1 + self.days))
        self.clock.start()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.states = states()

    def teardown(self) -> None:
        try:
            assert list(verify_log()) == []
            assert list(differences()) == []
        finally:
            self.clock.stop()
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    @initialize(begun=st.integers(0, 4))
    def an_office_at_work(self, begun: int) -> None:
        """Two visits, one of them as far as somebody has brought it."""
        head, leader, planner = (self.desk.people[who] for who in ("team_head", "leader", "aggregator"))
        places = [Planned(self.desk.units[unit], YESTERDAY, "") for unit in ("commune", "second_commune")]
        visit = self.desk.open(visits=places[: 2 - begun % 2]).visits.order_by("pk").first()
        assert visit
        if begun:
            written = actions.record_answers(visit, by=head, answers={}, strengths="Nền nếp")
            for due in (YESTERDAY, YESTERDAY + timedelta(days=10)):
                actions.add_finding(written, by=head, description="Chưa có biển tên", severity=2, due_on=due)
            self.desk.sign(written)
        if begun > 1:
            drafted = actions.draft_conclusion(visit, by=planner)
            words = actions.change_conclusion(drafted, by=planner, version=drafted.version, strengths="Nền nếp")
        if begun > 2:
            actions.share_conclusion(words, by=head)
            actions.reply_to_conclusion(words, by=self.desk.people["unit_head"], reply="Nhất trí")
        if begun > 3:
            actions.approve_conclusion(words, by=leader)
        plan = plans.draft_plan(by=planner, agency=self.desk.units["department"], year=today().year)
        if begun % 2:
            plans.submit_plan(plan, by=planner)
        self.states = states()

    # ------------------------------------------------------------ what people try

    @precondition(lambda self: InspectionPlan.objects.count() < 2)
    @rule(who=WHO, lead=LEADS)
    def draft_a_plan(self, who: str, lead: str) -> None:
        unit = self.desk.units[lead]
        self.tries(who, lambda by: plans.draft_plan(by=by, agency=unit, year=today().year, target_units=3))

    @rule(who=WHO, which=WHICH, step=st.sampled_from(["submit", "withdraw", "return", "approve", "issue", "close"]))
    def take_a_step(self, who: str, which: int, step: str) -> None:
        before = {"submit": "draft", "issue": "approved", "close": "issued"}
        if plan := one_of(InspectionPlan, which, mostly=before.get(step, "submitted")):
            given: dict[str, Any] = {"issued_on": today()} if step == "issue" else {"note": REASON}
            self.tries(who, lambda by: getattr(plans, f"{step}_plan")(plan, by=by, **given))

    @rule(who=WHO, which=WHICH, units=st.integers(1, 5))
    def amend_a_plan(self, who: str, which: int, units: int) -> None:
        if plan := one_of(InspectionPlan, which):
            given: dict[str, Any] = {"document_number": "2/QĐ", "document_on": today(), "target_units": units}
            self.tries(who, lambda by: plans.amend_plan(plan, by=by, version=plan.version, **given))

    @precondition(lambda self: Inspection.objects.count() < 3)
    @rule(who=WHO, lead=LEADS, unit=UNITS, form=st.sampled_from(["planned", "surprise", "self_check"]))
    def open_an_inspection(self, who: str, lead: str, unit: str, form: str) -> None:
        visits = [Planned(self.desk.units[unit], YESTERDAY, "")]
        self.tries(who, lambda by: actions.open_inspection(by=by, lead=self.desk.units[lead], form=form, visits=visits))

    @precondition(lambda self: Sealing.objects.count() < 2)
    @rule(who=WHO, lead=LEADS, units=st.lists(UNITS, min_size=1, max_size=2, unique=True))
    def seal_an_inspection(self, who: str, lead: str, units: list[str]) -> None:
        visits = [Planned(self.desk.units[unit], YESTERDAY, "") for unit in units]
        given: dict[str, Any] = {"lead": self.desk.units[lead], "form": "surprise", "sealed": True, "visits": visits}
        team = [Seat(self.desk.people["team_member"])]
        self.tries(who, lambda by: actions.open_inspection(by=by, team=team, **given))

    @rule(who=WHO, which=WHICH, step=st.sampled_from(["begin", "strike", "release", "open", "join"]))
    def go_under_the_seal(self, who: str, which: int, step: str) -> None:
        if not (sealing := one_of(Sealing, which)):
            return
        inspection, waiting = sealing.inspection, plan_of(sealing).waiting
        if step == "release":
            moment = now() - timedelta(hours=1)
            self.tries(who, lambda by: actions.release_members(inspection, by=by, members_from=moment))
        elif step == "open":
            self.tries(who, lambda by: actions.open_all(inspection, by=by))
        elif step == "join":
            seats = [Seat(position="Đại diện Ban Nội chính")]
            self.tries(who, lambda by: actions.change_team(inspection, by=by, joining=seats))
        elif waiting and step == "begin":
            key = waiting[0].key
            self.tries(who, lambda by: actions.begin_target(inspection, by=by, key=key, as_planned=True))
        elif waiting:
            self.tries(who, lambda by: actions.strike_target(inspection, by=by, key=waiting[0].key, reason=REASON))

    @rule(who=WHO, which=WHICH, unit=UNITS, days=st.integers(0, 2))
    def add_a_visit(self, who: str, which: int, unit: str, days: int) -> None:
        if inspection := one_of(Inspection, which):
            day = YESTERDAY - timedelta(days=days)
            self.tries(who, lambda by: actions.add_visit(inspection, by=by, unit=self.desk.units[unit], visited_on=day))

    @rule(who=WHO, which=WHICH)
    def cancel(self, who: str, which: int) -> None:
        if inspection := one_of(Inspection, which):
            self.tries(who, lambda by: actions.cancel_inspection(inspection, by=by, reason=REASON))

    @rule(who=WHO, which=WHICH, stale=st.booleans())
    def write(self, who: str, which: int, stale: bool) -> None:
        if visit := one_of(Visit, which, mostly="draft"):
            version = visit.version - stale if visit.version > 1 else None
            given: dict[str, Any] = {
                "answers": passing(visit),
                "headcount": FULL_HOUSE,
                "strengths": "Nền nếp",
                "version": version,
            }
            self.tries(who, lambda by: actions.record_answers(visit, by=by, **given))

    @rule(who=WHO, which=WHICH)
    def find(self, who: str, which: int) -> None:
        if visit := one_of(Visit, which, mostly="draft"):
            self.tries(who, lambda by: actions.add_finding(visit, by=by, description="Chưa có biển tên", severity=2))

    @rule(who=WHO, which=WHICH)
    def remove_a_draft(self, who: str, which: int) -> None:
        if visit := one_of(Visit, which):
            self.tries(who, lambda by: actions.remove_draft_visit(visit, by=by))

    @rule(who=WHO, which=WHICH, refused=st.booleans())
    def sign(self, who: str, which: int, refused: bool) -> None:
        if visit := one_of(Visit, which, mostly="draft"):
            unit: dict[str, Any] = {"unit_signatory": "Chủ tịch UBND xã"}
            if refused:
                unit = {"unit_signature": "refused", "refusal_reason": REASON, "witness": "Công an xã"}
            self.tries(who, lambda by: actions.sign_minutes(visit, by=by, team_signatory="Trưởng đoàn", **unit))

    @rule(who=WHO, which=WHICH)
    def annul(self, who: str, which: int) -> None:
        if visit := one_of(Visit, which, mostly="signed"):
            self.tries(who, lambda by: actions.annul_visit(visit, by=by, reason=REASON))

    @rule(who=WHO, which=WHICH)
    def report(self, who: str, which: int) -> None:
        if inspection := one_of(Inspection, which, mostly="minutes_signed"):
            given: dict[str, Any] = {"text": "Đã kiểm tra xong", "reported_on": YESTERDAY}
            self.tries(who, lambda by: actions.submit_report(inspection, by=by, **given))

    @rule(who=WHO, which=WHICH)
    def draft_a_conclusion(self, who: str, which: int) -> None:
        if visit := one_of(Visit, which, mostly="signed"):
            self.tries(who, lambda by: actions.draft_conclusion(visit, by=by))

    @rule(
        who=WHO,
        which=WHICH,
        step=st.sampled_from(["change", "share", "reply_to", "return", "approve", "issue", "number"]),
    )
    def move_a_conclusion(self, who: str, which: int, step: str) -> None:
        before = {"change": "draft", "share": "draft", "reply_to": "shared", "approve": "shared", "issue": "approved"}
        if conclusion := one_of(Conclusion, which, mostly=before.get(step, "issued")):
            given: dict[str, dict[str, Any]] = {
                "change": {"version": conclusion.version, "strengths": "Nền nếp"},
                "share": {"days": None},
                "reply_to": {"reply": "Nhất trí"},
                "return": {"reason": REASON},
                "issue": {"issued_on": today()},
                "number": {"number": "1/KL"},
            }
            act = getattr(actions, f"{step}_conclusion")
            self.tries(who, lambda by: act(conclusion, by=by, **given.get(step, {})))

    @rule(who=WHO, which=WHICH, accepts=st.booleans())
    def answer_a_finding(self, who: str, which: int, accepts: bool) -> None:
        asked = [one for one in Finding.objects.all() if state_of(one) == ConclusionState.SHARED]
        if found := pick(asked or Finding.objects.all(), which):
            unit = "unit_head" if which % 2 else who
            self.tries(unit, lambda by: actions.answer_finding(found, by=by, accepts=accepts, text="Không đúng"))

    @rule(who=WHO, which=WHICH, outcome=st.sampled_from(["kept", "changed", "withdrawn"]))
    def decide_on_a_finding(self, who: str, which: int, outcome: str) -> None:
        disputed = [one for one in Finding.objects.all() if one.is_disputed]
        if found := pick(disputed or Finding.objects.all(), which):
            given: dict[str, Any] = {"outcome": outcome, "reason": REASON, "description": "Sửa", "severity": 3}
            self.tries(who, lambda by: actions.decide_finding(found, by=by, **given))

    @precondition(lambda self: Conclusion.objects.exclude(reply_until=None).exists() and self.days < 60)
    @rule(days=st.sampled_from([1, 6, 15, 25]), ticks=st.booleans())
    def days_pass(self, days: int, ticks: bool) -> None:
        self.days += days
        if ticks:
            withdraw_unread(today())
            assert withdraw_unread(today()) == ""

    def tries(self, who: str, act: Callable[[Person], Any]) -> None:
        """Done whole, with an entry in the log; or refused, in both languages, and nothing is changed."""
        before, entries = states(), AuditEntry.objects.count()
        try:
            with transaction.atomic():
                act(self.desk.people[who])
        except Problem as problem:
            refusal: Problem | None = problem
        else:
            refusal = None
        if refusal:
            assert refusal.vi
            assert refusal.en
            assert states() == before
            assert AuditEntry.objects.count() == entries
            return
        assert who not in {"nobody", "auditor", "system_admin"}, "whoever only looks has changed something"


def state_of(one: Finding) -> str:
    conclusion = getattr(one.visit, "conclusion", None)
    return conclusion.state if conclusion else ""


def pick(rows: Any, which: int) -> Any:
    found = list(rows)
    return found[which % len(found)] if found else None


def one_of(model: Any, which: int, *, mostly: str = "") -> Any:
    """One of those that are there, oftener one in the state in which the act makes sense; None when there is none."""
    found = list(model.objects.order_by("pk"))
    if mostly and which % 4:
        found = [one for one in found if one.state == mostly] or found
    return found[which % len(found)] if found else None


@pytest.mark.django_db
def test_nothing_that_anybody_tries_breaks_the_order(desk: Desk) -> None:
    Workflow.desk = desk
    with at_the_machine():  # somebody who drafts and might approve, too
        grant_role(desk.people["aggregator"], by=None, role="leader", unit=desk.units["department"])
    run_state_machine_as_test(
        Workflow,
        settings=settings(
            max_examples=examples(5, long=1_000),
            stateful_step_count=40,
            deadline=None,
            # Making a failing story short takes minutes: --long does it.
            phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if long_run() else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )
