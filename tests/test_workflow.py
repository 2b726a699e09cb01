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
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kycuong.audit.models import AuditEntry, AuditHead
from kycuong.audit.reconcile import differences
from kycuong.audit.verification import verify_log
from kycuong.core.clock import now, today
from kycuong.core.problems import Problem
from kycuong.draws.queries import records_of
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned, Seat
from kycuong.inspections.models import Conclusion, Finding, Inspection, Minutes, Sealing, Visit
from kycuong.inspections.queries import minutes_digest, plan_of
from kycuong.inspections.rules import INSPECTION_TRANSITIONS, VISIT_TRANSITIONS, InspectionState, VisitState
from kycuong.inspections.rules.conclusions import CONCLUSION_TRANSITIONS, ConclusionState
from kycuong.inspections.tasks import withdraw_unread
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from kycuong.plans import actions as plans
from kycuong.plans.models import InspectionPlan
from kycuong.plans.rules import NOT_YET_ISSUED, PLAN_TRANSITIONS
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import Period
from tests.budget import examples, long_run
from tests.desk import FULL_HOUSE, ROLES, YESTERDAY, Desk, passing

EVERYBODY = [*ROLES, "outsider", "nobody"]
WHO = st.sampled_from(["aggregator"] * 15 + ["leader"] * 6 + ["unit_head"] * 3 + EVERYBODY)
"""Everybody, and those oftener who can: an office in which nothing ever gets done proves little."""
UNITS = st.sampled_from(["commune", "second_commune", "other_commune"])
LEADS = st.sampled_from(["department", "district"])
WHICH = st.integers(0, 7)
EYES = ("aggregator", "leader", "team_member", "unit_head")
"""Whose eyes are asked about what is sealed: the widest sight, a member of the team, the unit's side."""
REASON = "Lý do đủ dài để giữ"
WRITERS = {"aggregator", "team_head", "coordinator", "outsider"}
"""Who signs minutes somewhere: nobody else ever does."""

Kept = dict[tuple[str, Any], str]
"""(model, key) → state."""
ARROWS: dict[str, Any] = {
    "InspectionPlan": PLAN_TRANSITIONS,
    "Inspection": INSPECTION_TRANSITIONS,
    "Visit": VISIT_TRANSITIONS,
    "Conclusion": CONCLUSION_TRANSITIONS,
}


class Workflow(RuleBasedStateMachine):
    """An office in which everybody presses everything."""

    desk: Desk

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

    # ------------------------------------------------------------ what always holds

    @invariant()
    def states_move_along_the_arrows(self) -> None:
        now = states()
        for key, state in now.items():
            before = self.states.get(key, state)
            arrows = ARROWS[key[0]]
            assert before == state or state in reached(arrows, before), f"{key}: {before} → {state}"
        self.states = now

    @invariant()
    def the_log_goes_on(self) -> None:
        assert AuditHead.objects.get().size == AuditEntry.objects.count()

    @invariant()
    def figures_count_what_is_signed(self) -> None:
        """The same by hand: signed, not annulled, no self-check."""
        counted = {
            visit.unit_id
            for visit in Visit.objects.select_related("inspection")
            if visit.state == "signed" and visit.inspection.form != "self_check"
        }
        year = Period(YESTERDAY.replace(month=1, day=1) - timedelta(days=9), today())
        told = figures_for(self.desk.units["province"], year, names=["units_inspected"])
        assert told["units_inspected"] == len(counted)

    @invariant()
    def signed_minutes_say_what_was_signed(self) -> None:
        for minutes in Minutes.objects.select_related("visit__inspection", "visit__checklist"):
            assert minutes_digest(minutes.visit, minutes) == minutes.digest
            assert minutes.visit.state != VisitState.DRAFT
            assert minutes.visit.signed_by
            assert minutes.visit.signed_by.username in WRITERS

    @invariant()
    def nobody_is_concluded_upon_unheard(self) -> None:
        for one in Conclusion.objects.filter(state__in=[ConclusionState.APPROVED, ConclusionState.ISSUED]):
            assert one.approved_by_id != one.created_by_id
            silent = one.visit.findings.filter(reply=None)
            spoken = one.replied_at or not silent.exists()
            assert spoken or (one.reply_until and one.reply_until < today())
            assert not [found for found in one.visit.findings.all() if found.is_disputed], (
                "approved over an unread answer"
            )

    @invariant()
    def what_is_withdrawn_or_unread_counts_against_nobody(self) -> None:
        """The same by hand: withdrawn findings are nowhere; what is disputed, or still asked about, is not overdue."""
        rows = Finding.objects.filter(visit__state=VisitState.SIGNED).exclude(visit__inspection__form="self_check")
        standing = [one for one in rows.select_related("visit", "reply", "decision") if not one.is_withdrawn]
        late = {one.pk for one in standing if is_late(one)}
        assert (
            set(Finding.objects.overdue(today()).filter(pk__in=rows.values("pk")).values_list("pk", flat=True)) == late
        )
        period = Period(YESTERDAY.replace(month=1, day=1) - timedelta(days=9), today())
        told = figures_for(self.desk.units["province"], period, names=["findings", "findings_by_state"])
        # what is recommended about a finding, once issued, has terms of its own, which take the place of the finding's
        issued = {one.pk: list(one.recommendations.exclude(issued_on=None)) for one in standing}
        past = {one.pk for one in standing if any(each.due_on < today() for each in issued[one.pk])}
        late = {pk for pk in late if not issued[pk]} | past
        assert (told["findings"], told["findings_by_state"]["overdue"]) == (len(standing), len(late))
        commune = self.desk.units["commune"].pk
        weighed = records_of([commune], today())[commune].open_findings
        assert weighed == sum(one.unit_id == commune and not one.remedied_on for one in standing)

    @invariant()
    def a_plan_is_approved_by_another(self) -> None:
        for plan in InspectionPlan.objects.all():
            assert (plan.issued_on is None) == (plan.state in NOT_YET_ISSUED)
            takers = {step.kind: step.taken_by_id for step in plan.steps.order_by("pk")}
            assert "approve" not in takers or takers["approve"] != takers.get("submit")

    @invariant()
    def an_inspection_stands_where_its_visits_stand(self) -> None:
        for one in Inspection.objects.prefetch_related("visits__conclusion"):
            visits = [visit.state for visit in one.visits.all()]
            if one.state == InspectionState.CANCELLED:
                assert VisitState.SIGNED not in visits
            elif one.state in (InspectionState.MINUTES_SIGNED, InspectionState.REPORTED, InspectionState.CONCLUDED):
                assert VisitState.SIGNED in visits
                assert VisitState.DRAFT not in visits
            if one.state == InspectionState.CONCLUDED:
                signed = [visit for visit in one.visits.all() if visit.state == VisitState.SIGNED]
                assert {visit.conclusion.state for visit in signed} == {ConclusionState.ISSUED}

    @invariant()
    def what_is_sealed_is_known_to_its_list_alone(self) -> None:
        for sealing in Sealing.objects.select_related("inspection"):
            inspection = sealing.inspection
            plan, signed = plan_of(sealing), inspection.visits.exclude(state=VisitState.DRAFT).exists()
            begun = {one.visit for one in plan.targets if one.visit}
            assert {str(uid) for uid in inspection.visits.values_list("uid", flat=True)} <= begun
            told = {entry.person_id for entry in inspection.short_list.all()}
            if sealing.members_from and sealing.members_from <= now():
                told |= set(inspection.team.filter(person__isnull=False).values_list("person_id", flat=True))
            for person in (self.desk.people[who] for who in EYES):
                if person.pk not in told:
                    assert (
                        not Visit.objects.visible_to(person)
                        .filter(inspection=inspection, state=VisitState.DRAFT)
                        .exists()
                    )
                    assert signed or not Inspection.objects.visible_to(person).filter(pk=inspection.pk).exists()

    @invariant()
    def a_unit_reads_only_what_is_signed_or_shared(self) -> None:
        head = self.desk.people["unit_head"]
        assert not Visit.objects.visible_to(head).filter(state=VisitState.DRAFT).exists()
        assert not Conclusion.objects.visible_to(head).filter(state=ConclusionState.DRAFT).exists()
        assert not Visit.objects.visible_to(self.desk.people["nobody"]).exists()


def is_late(one: Finding) -> bool:
    conclusion = getattr(one.visit, "conclusion", None)
    asked = conclusion and conclusion.state == ConclusionState.SHARED and conclusion.reply_until >= today()
    due = one.due_on is not None and one.due_on < today() and not one.remedied_on
    return due and not one.is_disputed and not asked


def state_of(one: Finding) -> str:
    conclusion = getattr(one.visit, "conclusion", None)
    return conclusion.state if conclusion else ""


def pick(rows: Any, which: int) -> Any:
    found = list(rows)
    return found[which % len(found)] if found else None


def states() -> Kept:
    models = (InspectionPlan, Inspection, Visit, Conclusion)
    return {(model.__name__, key): state for model in models for key, state in model.objects.values_list("pk", "state")}


def reached(arrows: Any, state: str) -> set[str]:
    """One act may take two arrows: the last draft is removed, and what was signed is complete."""
    first = set(arrows[state])
    return first.union(*(arrows[one] for one in first)) if first else first


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
            max_examples=examples(9, long=1_000),
            stateful_step_count=40,
            deadline=None,
            # Making a failing story short takes minutes: --long does it.
            phases=[Phase.explicit, Phase.generate, *([Phase.shrink] if long_run() else [])],
            suppress_health_check=list(HealthCheck),
        ),
    )
