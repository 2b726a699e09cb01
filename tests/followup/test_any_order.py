"""Whatever unit, inspectors, leader and calendar do, in any order, on any day: what is overdue is owed, and nobody who
answered in time is ever late (Hypothesis, stateful)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import Problem
from kycuong.deadlines.actions import add_day_off
from kycuong.deadlines.queries import term_of
from kycuong.followup import actions
from kycuong.followup.models import Extension, Recommendation, RemedyReport, Reminder
from kycuong.followup.rules import OPEN, SETTLED, TermKind
from kycuong.followup.tasks import accept_unread_reports, remind_of_terms, tell_of_unread_reports
from kycuong.notices.models import Notice
from tests.budget import examples
from tests.clocks import it_is
from tests.desk import Desk
from tests.followup.issued import DONE, recommended

WHICH = st.integers(0, 1)
WHO = st.sampled_from(
    ["unit_head"] * 4 + ["team_head"] * 4 + ["leader"] * 3 + ["aggregator", "outsider", "nobody", "coordinator"]
)
REASON = "Lý do đủ dài để giữ lại"


class FollowUp(RuleBasedStateMachine):
    """Two recommendations of one visit, from their issue on."""

    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.patch = pytest.MonkeyPatch()
        self.day = today()
        self.answered_in_time: set[int] = set()

    def teardown(self) -> None:
        self.patch.undo()
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @initialize()
    def issued(self) -> None:
        recommended(self.desk)

    # ------------------------------------------------------------ what happens

    @rule(days=st.sampled_from([1, 2, 5, 9, 16, 30]))
    def time_passes(self, days: int) -> None:
        self.day += timedelta(days=days)
        it_is(self.patch, self.day)

    @rule()
    def the_tick_runs(self) -> None:
        for step in (accept_unread_reports, remind_of_terms, tell_of_unread_reports):
            step(self.day)

    @rule(who=WHO, which=WHICH, extent=st.sampled_from(["full", "partial"]))
    def report(self, who: str, which: int, extent: str) -> None:
        one = self.one(which)
        owed_in_time = one.state in OPEN and one.due_on is not None and self.day <= one.due_on
        done = self.tries(who, lambda by: actions.report_remedy(one, by=by, text=DONE, extent=extent))
        if done and owed_in_time and extent == "full":
            self.answered_in_time.add(done.pk)

    @rule(who=WHO, which=WHICH, whole=st.booleans())
    def accept(self, who: str, which: int, whole: bool) -> None:
        if report := self.report_of(which):
            self.tries(who, lambda by: actions.accept_remedy(report, by=by, note=REASON, whole=whole))

    @rule(who=WHO, which=WHICH)
    def send_back(self, who: str, which: int) -> None:
        if report := self.report_of(which):
            self.tries(who, lambda by: actions.return_remedy(report, by=by, reason=REASON))

    @rule(who=WHO, which=WHICH, days=st.integers(1, 90))
    def ask(self, who: str, which: int, days: int) -> None:
        one = self.one(which)
        assert one.due_on
        until = one.due_on + timedelta(days=days)
        self.tries(who, lambda by: actions.ask_extension(one, by=by, until=until, reason=REASON))

    @rule(who=WHO, which=WHICH, grant=st.booleans())
    def answer(self, who: str, which: int, grant: bool) -> None:
        if asked := Extension.objects.waiting().filter(recommendation=self.one(which)).first():
            until = max(asked.until, self.day + timedelta(days=1))
            given = {"grant": grant, "reason": REASON, "until": until}
            self.tries(who, lambda by: actions.answer_extension(asked, by=by, **given))

    @rule(who=WHO, which=WHICH)
    def close(self, who: str, which: int) -> None:
        one = self.one(which)
        self.tries(who, lambda by: actions.close_recommendation(one, by=by, reason=REASON))

    @rule(after=st.integers(0, 25))
    def a_day_off_is_announced(self, after: int) -> None:
        day = self.day + timedelta(days=after)
        self.tries("aggregator", lambda by: add_day_off(by=by, day=day, name="Nghỉ theo thông báo"))

    # ------------------------------------------------------------ what always holds

    @invariant()
    def what_is_overdue_is_owed(self) -> None:
        overdue = list(Recommendation.objects.overdue(on=self.day))
        assert all(one.due_on and one.due_on < self.day and one.state in OPEN for one in overdue)
        waiting = set(Recommendation.objects.waiting().values_list("pk", flat=True))
        assert not waiting & {one.pk for one in overdue}

    @invariant()
    def the_term_is_the_last_one_that_was_set_and_no_answer_shortens_it(self) -> None:
        for one in Recommendation.objects.all():
            terms = list(one.terms.all())
            assert one.due_on == terms[-1].due_on
            for earlier, later in zip(terms, terms[1:], strict=False):
                assert later.due_on > earlier.due_on or later.kind == TermKind.DAYS_OFF
            for term in terms:
                if term.start and term is terms[-1] and term.due_on >= self.day and one.state in OPEN:
                    assert term.due_on == term_of(term.start, term.days or 0).due_on

    @invariant()
    def who_answered_in_time_is_not_late(self) -> None:
        for report in RemedyReport.objects.filter(pk__in=self.answered_in_time, decision__in=["accepted", "silent"]):
            if report.recommendation.state == "verified" and report.recommendation.settled_on == report.submitted_on:
                assert report.recommendation.days_late == 0

    @invariant()
    def nobody_is_reminded_of_what_is_settled(self) -> None:
        for reminder in Reminder.objects.select_related("recommendation"):
            one = reminder.recommendation
            if one.state in SETTLED:
                assert one.decided_on
                assert reminder.reminded_on <= one.decided_on

    @invariant()
    def a_notice_reaches_only_who_may_see_it(self) -> None:
        strangers = [self.desk.people[who] for who in ("outsider", "nobody", "system_admin")]
        assert not Notice.objects.filter(person__in=strangers).exists()

    # ------------------------------------------------------------ how it is asked

    def one(self, which: int) -> Recommendation:
        return list(Recommendation.objects.select_related("visit__inspection__lead", "unit"))[which]

    def report_of(self, which: int) -> RemedyReport | None:
        return RemedyReport.objects.waiting().filter(recommendation=self.one(which)).first()

    def tries(self, who: str, act: Callable[[Any], Any]) -> Any:
        """What is refused writes nothing."""
        before = AuditEntry.objects.count()
        try:
            with transaction.atomic():
                return act(self.desk.people[who])
        except Problem:
            assert AuditEntry.objects.count() == before
            return None


@override_settings(DEADLINES_RUNNING=["kycuong.followup.actions.move_terms"])
def test_any_order(desk: Desk) -> None:
    FollowUp.desk = desk
    some = settings(
        max_examples=examples(6, long=600),
        stateful_step_count=30,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(FollowUp, settings=some)
