"""Names go when their term is over, from the rows and from the log; nothing else changes, and the log stays sound."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.audit.models import AuditBody
from kycuong.audit.reconcile import differences
from kycuong.audit.verification import verify_log
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.followup import actions
from kycuong.followup.models import AccountabilityMeasure, NameRetention
from kycuong.followup.queries.retention import due_names, kept_until_of
from kycuong.followup.rules.retention import kept_until
from kycuong.followup.tasks import erase_names_past_term
from kycuong.inspections import actions as inspecting
from kycuong.inspections.models import ConcernedPerson, Visit
from kycuong.orgs.authority import at_the_machine
from kycuong.reports.queries import accountability_for, figures_for
from kycuong.reports.rules.periods import parse_period
from tests.clocks import it_is
from tests.desk import Desk

from .issued import SHORT, issue
from .measured import NAME, installed, proposed, recorded

WHY = "Đang giải quyết khiếu nại, cần giữ hồ sơ."
YEAR = f"{today().year}"


@pytest.fixture
def visit(desk: Desk) -> Visit:
    """Two people with names at a finding, a decided measure and a declined one about people."""
    installed()
    draft = desk.answered(desk.visit(), **SHORT)
    finding, head = draft.findings.first(), desk.people["team_head"]
    for number in (1, 2):
        inspecting.add_concerned(
            finding, by=head, category="civil_servant", position="Chuyên viên", name=f"{NAME} {number}"
        )
    desk.sign(draft)
    draft.refresh_from_db()
    issue(desk, inspecting.draft_conclusion(draft, by=head))
    recorded(desk, draft)
    declined = proposed(desk, draft)
    actions.decline_measure(declined, by=desk.people["coordinator"], reason="Người này đã chuyển công tác.")
    return draft


def over(visit: Visit) -> date:
    return kept_until_of(visit, today=today()) + timedelta(days=1)


def all_figures(desk: Desk) -> tuple[Any, Any]:
    scope, period = desk.units["province"], parse_period(YEAR)
    told = accountability_for(scope, period, person=None)
    return figures_for(scope, period), (told.table, told.rows and told.rows.dicts())


def in_log(words: list[str]) -> int:
    bodies = [bytes(one.body).decode() for one in AuditBody.objects.exclude(body=None) if one.body]
    return sum(body.count(word) for body in bodies for word in words)


def test_what_is_due_is_erased_and_no_number_changes(desk: Desk, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    day, before = over(visit), all_figures(desk)
    assert erase_names_past_term(day - timedelta(days=1)) == ""
    it_is(monkeypatch, day)
    [kept] = due_names(day)
    assert (kept.visit, kept.people, kept.hold) == (visit, 4, None)
    sealed = [
        row.sealed_name
        for model in (ConcernedPerson, AccountabilityMeasure)
        for row in model.objects.all()
        if row.sealed_name
    ]
    assert len(sealed) == 4
    assert in_log(sealed) >= 4, "the log holds them, so that the test can fail"
    assert erase_names_past_term(day)
    assert erase_names_past_term(day) == "", "once"
    assert in_log(sealed) == 0
    assert not ConcernedPerson.objects.exclude(sealed_name="").exists()
    for one in AccountabilityMeasure.objects.all():
        assert (one.sealed_name, one.position, one.grounds, one.erased_on) == ("", "", "", day)
        assert (one.category, one.rank, one.kind.code) == ("civil_servant", "staff", "criticism")
    assert all_figures(desk) == before
    assert [*verify_log(), *differences()] == []


def test_a_hold_stops_the_erasure_until_it_ends(desk: Desk, visit: Visit) -> None:
    leader, day = desk.people["leader"], over(visit)
    with pytest.raises(BadInput, match="lý do"):
        actions.hold_names(visit, by=leader, reason="")
    for who in ("team_head", "unit_head", "auditor", "outsider"):
        with pytest.raises(NotAllowed):
            actions.hold_names(visit, by=desk.people[who], reason=WHY)
    actions.hold_names(visit, by=leader, reason=WHY)
    with pytest.raises(RuleBroken, match="từ trước"):
        actions.hold_names(visit, by=leader, reason=WHY)
    assert erase_names_past_term(day) == ""
    with at_the_machine(), pytest.raises(RuleBroken, match="giữ lại"):
        actions.erase_names(visit, by=None, today=day)
    assert ConcernedPerson.objects.exclude(sealed_name="").count() == 2
    actions.end_hold(visit, by=leader, reason="Khiếu nại đã giải quyết xong.")
    assert erase_names_past_term(day)


def test_nobody_erases_by_hand_or_before_the_term(desk: Desk, visit: Visit) -> None:
    for who in ("aggregator", "leader", "system_admin"):
        with pytest.raises(NotAllowed):
            actions.erase_names(visit, by=desk.people[who], today=over(visit))
    with at_the_machine(), pytest.raises(RuleBroken, match="chưa xóa"):
        actions.erase_names(visit, by=None, today=over(visit) - timedelta(days=1))


def test_the_term_is_a_setting_from_a_day_on(desk: Desk, visit: Visit) -> None:
    aggregator = desk.people["aggregator"]
    assert NameRetention.on(today()) == 5
    for years, valid_from in ((0, today()), (71, today()), (3, today() - timedelta(days=1))):
        with pytest.raises(BadInput):
            actions.set_retention(by=aggregator, valid_from=valid_from, years=years)
    actions.set_retention(by=aggregator, valid_from=today() + timedelta(days=1), years=1)
    assert (NameRetention.on(today()), NameRetention.on(today() + timedelta(days=1))) == (5, 1)
    assert kept_until(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_the_preview_lists_and_erases_nothing(desk: Desk, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    it_is(monkeypatch, over(visit))
    out = io.StringIO()
    call_command("retention", "--preview", stdout=out, stderr=io.StringIO())
    assert str(visit.uid) in out.getvalue()
    assert "4 người" in out.getvalue()
    client = Client()
    client.force_login(desk.people["leader"])
    page = client.get("/measures/retention/").content.decode()
    assert str(visit.uid) in page
    assert NAME not in page + out.getvalue()
    assert ConcernedPerson.objects.exclude(sealed_name="").count() == 2
