"""Wherever a page names who did something, it names in whose stead; and a letter stays that of the unit for which was spoken."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.audit.log import act, record
from kycuong.core.clock import today
from kycuong.followup import actions as followup
from kycuong.inspections import actions
from kycuong.orgs.actions import take_back
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.plans import actions as plans
from kycuong.plans.documents import _sender
from kycuong.plans.models import PlanReminder
from kycuong.rounds import actions as rounds
from tests.desk import Desk, settle
from tests.followup.issued import DONE, issue, of
from tests.followup.issued import drafted as concluding
from tests.orgs.lending import drafted, lend, lend_coordinator, somebody
from tests.rounds.asked import of_district, opened


def page_of(who: Person, address: str) -> str:
    browser = Client()
    browser.force_login(who)
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_steps_of_a_plan(desk: Desk) -> None:
    clerk, coordinator = somebody(desk, "clerk", "records_clerk", "district"), desk.people["coordinator"]
    lend_coordinator(desk, clerk)
    plan = drafted(desk, coordinator)
    plans.submit_plan(plan, by=clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert f"{clerk} thay {coordinator}" in page_of(coordinator, plan.get_absolute_url())
        return len(seen)

    before = asked()
    plans.withdraw_plan(plan, by=clerk)
    plans.submit_plan(plan, by=clerk)
    assert asked() == before


def test_what_a_unit_answers_and_reports(desk: Desk) -> None:
    head, deputy = desk.people["unit_head"], somebody(desk, "dee", "records_clerk", "commune")
    lend(desk, head, "unit_head", deputy, place="commune")
    deputy = settle(Person.objects.get(pk=deputy.pk))
    conclusion = concluding(desk)
    actions.share_conclusion(conclusion, by=desk.people["team_head"], days=20)
    for finding in conclusion.visit.findings.all():
        actions.answer_finding(finding, by=deputy, accepts=True, text="")
    actions.reply_to_conclusion(conclusion, by=deputy, reply="Nhất trí")
    issue(desk, conclusion)
    told = page_of(desk.people["leader"], conclusion.get_absolute_url())
    assert told.count(f"{deputy} thay {head}") >= 3  # two findings, the reply
    one = of(conclusion.visit)[0]
    followup.report_remedy(one, by=deputy, text=DONE)
    assert f"{deputy} thay {head}" in page_of(desk.people["team_head"], one.get_absolute_url())


def test_who_judges_a_conclusion_and_a_remedy(desk: Desk) -> None:
    leader, head = desk.people["leader"], desk.people["team_head"]
    above, deputy = (
        somebody(desk, "above", "records_clerk", "province"),
        somebody(desk, "dee", "records_clerk", "department"),
    )
    lend(desk, leader, "leader", above, place="province")
    lend(desk, head, "team_head", deputy, place="department")
    conclusion = concluding(desk)
    actions.share_conclusion(conclusion, by=head, days=20)
    actions.reply_to_conclusion(conclusion, by=desk.people["unit_head"], reply="Nhất trí")
    actions.approve_conclusion(conclusion, by=above)
    assert f"{above} thay {leader}" in page_of(head, conclusion.get_absolute_url())
    actions.issue_conclusion(conclusion, by=desk.people["aggregator"], issued_on=today())
    one = of(conclusion.visit)[0]
    report = followup.report_remedy(one, by=desk.people["unit_head"], text=DONE)
    followup.accept_remedy(report, by=deputy)
    assert f"{deputy} thay {head}" in page_of(desk.people["unit_head"], one.get_absolute_url())


def test_who_submits_and_who_accepts_a_report(desk: Desk) -> None:
    keeper, coordinator = desk.people["aggregator"], desk.people["coordinator"]
    clerk, above = (
        somebody(desk, "clerk", "records_clerk", "district"),
        somebody(desk, "above", "records_clerk", "province"),
    )
    lend_coordinator(desk, clerk)
    lend(desk, keeper, "aggregator", above, place="province")
    report = of_district(opened(desk), desk)
    rounds.submit_agency_report(report, by=clerk)
    rounds.accept_report(report, by=above)
    told = page_of(keeper, report.get_absolute_url())
    assert f"{clerk} thay {coordinator}" in told
    assert f"{above} thay {keeper}" in told


def test_a_letter_is_of_the_unit_for_which_was_spoken_when_the_loan_is_over_too(desk: Desk) -> None:
    keeper, above = desk.people["aggregator"], somebody(desk, "above", "records_clerk", "province")
    named = lend(desk, keeper, "aggregator", above, place="province")
    given: dict[str, Any] = {
        "agency": desk.units["commune"],
        "year": 2026,
        "words": "Đề nghị ban hành.",
        "reminded_on": today(),
    }

    @act
    def remind() -> PlanReminder:
        authorize(above, "plan.remind", at=desk.units["commune"])
        made = PlanReminder.objects.create(reminded_by=above, **given)
        record("plan.remind", made, by=above)
        return made

    reminder = remind()
    assert _sender(reminder) == desk.units["province"]
    take_back(named, by=keeper)
    assert _sender(PlanReminder.objects.get()) == desk.units["province"]
