"""What one side did not do in time never costs the other: unanswered requests, parts, late returns, ends; and who may not be both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.deadlines.queries import term_of
from kycuong.followup import actions
from kycuong.followup.models import Recommendation
from kycuong.followup.queries import todos
from kycuong.followup.rules import FollowupTerms
from kycuong.followup.tasks import accept_unread_reports, remind_of_terms
from kycuong.inspections import actions as inspecting
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Document, absorb_units, dissolve_unit
from tests.clocks import it_is
from tests.desk import Desk
from tests.followup.issued import DONE, WHY, drafted, issue, of, recommended

WHOLE = "Còn thiếu phòng họp tầng hai."


@pytest.fixture
def two(desk: Desk) -> list[Recommendation]:
    return recommended(desk)


def report(desk: Desk, one: Recommendation) -> object:
    return actions.report_remedy(one, by=desk.people["unit_head"], text=DONE)


def test_a_request_that_nobody_answered_does_not_make_the_remedy_late(
    desk: Desk, two: list[Recommendation], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = two[0]
    assert one.due_on
    asked = actions.ask_extension(one, by=desk.people["unit_head"], until=one.due_on + timedelta(days=30), reason=WHY)
    it_is(monkeypatch, one.due_on + timedelta(days=5))
    done = actions.accept_remedy(report(desk, one), by=desk.people["team_head"])  # type: ignore[arg-type]
    asked.refresh_from_db()
    assert (done.days_late, asked.decision) == (0, "ended")
    assert not [line for line in todos(desk.people["leader"], today=today()) if "gia hạn" in line.what]


def test_a_part_that_is_accepted_late_leaves_time(
    desk: Desk, two: list[Recommendation], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = two[0]
    sent = report(desk, one)
    assert one.due_on
    late = one.due_on + timedelta(days=30)
    it_is(monkeypatch, late)
    part = actions.accept_remedy(sent, by=desk.people["team_head"], whole=False, note=WHOLE)  # type: ignore[arg-type]
    assert part.due_on == term_of(late, FollowupTerms().return_days).due_on
    remind_of_terms(late)
    assert not part.reminders.exclude(level="ahead").exists()
    assert not Recommendation.objects.overdue(on=late).filter(pk=one.pk).exists()


def test_a_late_report_does_not_wash_lateness_away(
    desk: Desk, two: list[Recommendation], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = two[0]
    assert one.due_on
    it_is(monkeypatch, one.due_on + timedelta(days=60))
    sent = report(desk, one)
    it_is(monkeypatch, one.due_on + timedelta(days=64))
    back = actions.return_remedy(sent, by=desk.people["team_head"], reason="Báo cáo không kèm minh chứng.")  # type: ignore[arg-type]
    done = actions.accept_remedy(report(desk, back), by=desk.people["team_head"])  # type: ignore[arg-type]
    assert done.days_late == 60, "the four days that it waited do not count, the sixty before do"


def test_a_unit_that_ends_while_its_report_waits_is_not_closed_over_it(desk: Desk, two: list[Recommendation]) -> None:
    actions.set_rule(by=desk.people["aggregator"], valid_from=today(), terms=FollowupTerms(check_silence="accepted"))
    sent = report(desk, two[0])
    why = Document(duties_reason="Trụ sở bàn giao cho huyện, không còn hoạt động.")
    dissolve_unit(desk.units["commune"], by=desk.people["aggregator"], on=today(), document=why)
    first, second = (Recommendation.objects.get(pk=one.pk) for one in two)
    assert (first.state, first.unit, second.state) == ("remedied_claimed", desk.units["district"], "closed")
    late = sent.check_until + timedelta(days=1)  # type: ignore[attr-defined]
    assert accept_unread_reports(late) == "Chấp nhận 1 báo cáo khắc phục đã hết hạn kiểm chứng."


def test_one_recommendation_that_ends_marks_the_finding_in_either_order(desk: Desk) -> None:
    conclusion = drafted(desk)
    head, finding = desk.people["team_head"], conclusion.visit.findings.earliest("pk")
    actions.draft_recommendation(conclusion.visit, by=head, text="Chấn chỉnh", findings=[finding])
    issue(desk, conclusion)
    first, second = (one for one in of(conclusion.visit) if finding in one.findings.all())
    actions.accept_remedy(report(desk, first), by=head)  # type: ignore[arg-type]
    actions.close_recommendation(second, by=desk.people["leader"], reason="Trùng với kiến nghị đã thực hiện.")
    finding.refresh_from_db()
    assert finding.remedied_on == today()


def test_nothing_is_asked_about_what_is_remedied_and_a_unit_that_ended_is_not_asked(desk: Desk) -> None:
    conclusion = drafted(desk)
    first, second = conclusion.visit.findings.order_by("pk")
    inspecting.confirm_remedy(first, by=desk.people["team_head"], remedied_on=today())
    into = desk.units["second_commune"]
    absorb_units([desk.units["commune"]], by=desk.people["aggregator"], on=today(), into=into)
    with at_the_machine():
        grant_role(desk.people["unit_head"], by=None, role="unit_head", unit=into)
    issue(desk, conclusion)
    [one] = of(conclusion.visit)
    assert (list(one.findings.all()), one.unit, one.issued_to) == ([second], into, into)


def test_who_answers_for_the_unit_decides_nothing_for_the_other_side(desk: Desk, two: list[Recommendation]) -> None:
    with at_the_machine():
        for role in ("unit_head", "leader", "coordinator"):
            grant_role(desk.people["nobody"], by=None, role=role, unit=desk.units["province"])
    both, sent = desk.people["nobody"], report(desk, two[0])
    with pytest.raises(NotAllowed, match="trả lời thay đơn vị"):
        actions.accept_remedy(sent, by=both)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="trả lời thay đơn vị"):
        actions.close_recommendation(two[1], by=both, reason="Đơn vị đã khó khăn nhiều năm.")
    Recommendation.objects.filter(pk=two[0].pk).update(state="acknowledged")
    with pytest.raises(RuleBroken, match="Hãy kiểm chứng hoặc trả lại báo cáo ấy trước"):
        actions.close_recommendation(two[0], by=desk.people["leader"], reason="Trụ sở đã chuyển đi nơi khác.")


def test_odd_years_are_told_apart_from_faults(desk: Desk, two: list[Recommendation], client: Client) -> None:
    client.force_login(desk.people["leader"])
    for year in ("99999", "-5"):
        for name in ("recommendations", "measures"):
            assert client.get(f"/api/v1/{name}?year={year}").status_code == 422
    inspecting.annul_visit(two[0].visit, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị được kiểm tra.")
    assert client.get(f"/api/v1/recommendations/{two[0].uid}").json()["standing"] == "annulled"
