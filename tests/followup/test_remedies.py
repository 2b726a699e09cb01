"""What becomes of recommendations: answered, verified, returned, extended, closed; and when they are overdue."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.deadlines.queries import term_of
from kycuong.followup import actions
from kycuong.followup.models import Recommendation, RemedyReport
from kycuong.followup.rules import FollowupTerms
from kycuong.inspections import actions as inspecting
from kycuong.orgs.authority import at_the_machine
from tests.desk import Desk
from tests.followup.issued import DONE, WHY, at, drafted, issue, of, recommended
from tests.photos import examined

LATER = today() + timedelta(days=90)


@pytest.fixture
def two(desk: Desk) -> list[Recommendation]:
    return recommended(desk)


def overdue(on: object = LATER) -> set[int]:
    return set(Recommendation.objects.overdue(on=on).values_list("pk", flat=True))  # type: ignore[arg-type]


def report(desk: Desk, one: Recommendation, **given: str) -> RemedyReport:
    return actions.report_remedy(one, by=desk.people["unit_head"], text=DONE, **given)


def test_a_recommendation_is_issued_with_its_conclusion_and_its_term_is_computed(two: list[Recommendation]) -> None:
    one = two[0]
    [term] = one.terms.all()
    assert (one.state, one.issued_on, one.unit.slug, one.issued_to) == ("issued", today(), "xa-hoang-dong", one.unit)
    assert one.due_on == term.due_on == term_of(today(), one.days).due_on
    assert f"{one.days} ngày làm việc kể từ {today():%d/%m/%Y}" in term.words


def test_one_recommendation_may_answer_several_findings_and_one_finding_have_several(desk: Desk) -> None:
    conclusion = drafted(desk)
    head, findings = desk.people["team_head"], list(conclusion.visit.findings.all())
    both = actions.draft_recommendation(conclusion.visit, by=head, text="Chấn chỉnh toàn cơ quan", findings=findings)
    more = actions.draft_recommendation(conclusion.visit, by=head, text="Lắp biển tên", findings=findings[:1], days=3)
    issue(desk, conclusion)
    for one in (both, more):
        one.refresh_from_db()
        assert one.state == "issued"
    actions.accept_remedy(report(desk, more), by=head)
    findings[0].refresh_from_db()
    assert findings[0].remedied_on is None, "something about it is still open"
    actions.accept_remedy(report(desk, both), by=head)
    assert {one.remedied_on for one in conclusion.visit.findings.all()} == {today()}


def test_a_recommendation_answers_a_finding_or_is_refused(desk: Desk) -> None:
    conclusion = drafted(desk)
    with pytest.raises(BadInput, match="ít nhất một tồn tại"):
        actions.draft_recommendation(conclusion.visit, by=desk.people["team_head"], text="Chấn chỉnh")


def test_what_the_unit_was_shown_does_not_change_behind_its_back(desk: Desk) -> None:
    conclusion = drafted(desk)
    head = desk.people["team_head"]
    [one, _other] = actions.recommend_for_findings(conclusion.visit, by=head)
    inspecting.share_conclusion(conclusion, by=head, reply_until=today() + timedelta(days=30))
    with pytest.raises(RuleBroken, match="còn là dự thảo"):
        actions.change_recommendation(
            one, by=head, version=one.version, text="Khác", days=1, findings=list(one.findings.all())
        )
    with pytest.raises(RuleBroken, match="còn là dự thảo"):
        actions.remove_recommendation(one, by=head)


def test_a_report_in_time_is_in_time_however_late_it_is_verified(
    desk: Desk, two: list[Recommendation], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = two[0]
    sent = report(desk, one)
    assert overdue() == {two[1].pk}, "an unread answer never counts against the unit"
    at(monkeypatch, LATER)
    done = actions.accept_remedy(sent, by=desk.people["team_head"])
    assert (done.state, done.settled_on, done.decided_on, done.days_late) == ("verified", today(), LATER, 0)


def test_a_late_remedy_keeps_how_late_it_was(
    desk: Desk, two: list[Recommendation], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = two[0]
    assert one.due_on
    at(monkeypatch, one.due_on + timedelta(days=4))
    done = actions.accept_remedy(report(desk, one), by=desk.people["team_head"])
    assert done.days_late == 4
    assert done.pk not in overdue()


def test_a_returned_report_leaves_the_unit_time(
    desk: Desk, two: list[Recommendation], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, head = two[0], desk.people["team_head"]
    sent = report(desk, one)
    assert one.due_on
    late = one.due_on + timedelta(days=20)
    at(monkeypatch, late)
    back = actions.return_remedy(sent, by=head, reason="Ảnh chụp không thấy rõ biển tên.")
    assert back.due_on == term_of(late, FollowupTerms().return_days).due_on
    assert back.pk not in overdue(late)
    with pytest.raises(RuleBroken, match="đã có quyết định"):
        actions.accept_remedy(sent, by=head)
    again = actions.accept_remedy(report(desk, back), by=head)
    assert again.days_late == 0


def test_a_part_that_is_accepted_leaves_the_rest_open(desk: Desk, two: list[Recommendation]) -> None:
    head, sent = desk.people["team_head"], report(desk, two[0], extent="partial")
    with pytest.raises(BadInput):
        actions.accept_remedy(sent, by=head)
    part = actions.accept_remedy(sent, by=head, note="Còn thiếu phòng họp tầng hai.")
    assert (part.state, part.settled_on, part.pk in overdue()) == ("acknowledged", None, True)


def test_a_recheck_keeps_the_report_waiting(desk: Desk, two: list[Recommendation]) -> None:
    sent = report(desk, two[0])
    inspection = actions.order_recheck(sent, by=desk.people["team_head"], visited_on=today() + timedelta(days=3))
    assert (inspection.form, inspection.visits.get().unit) == ("recheck", two[0].unit)
    with pytest.raises(RuleBroken, match="Đã có cuộc phúc tra"):
        actions.order_recheck(sent, by=desk.people["team_head"], visited_on=today())
    assert two[0].pk not in overdue()


def test_a_granted_extension_stops_overdue_and_a_pending_one_too(
    desk: Desk, two: list[Recommendation], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = two
    assert one.due_on and other.due_on
    asked = [actions.ask_extension(each, by=desk.people["unit_head"], until=LATER, reason=WHY) for each in (one, other)]
    assert overdue() == set()
    late = other.due_on + timedelta(days=2)
    at(monkeypatch, late)
    granted = actions.answer_extension(asked[0], by=desk.people["leader"], grant=True)
    assert (granted.due_on, granted.terms.last().kind) == (LATER, "extended")  # type: ignore[union-attr]
    refused = actions.answer_extension(
        asked[1], by=desk.people["leader"], grant=False, reason="Việc này làm được ngay."
    )
    assert refused.due_on == term_of(late, FollowupTerms().return_days).due_on, "answered late: time is left"
    assert overdue(late) == set()
    with pytest.raises(RuleBroken, match="đã có quyết định"):
        actions.answer_extension(asked[0], by=desk.people["leader"], grant=False, reason="Đổi ý, không gia hạn.")


def test_an_extension_is_asked_for_in_time(
    desk: Desk, two: list[Recommendation], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = two[0]
    assert one.due_on
    with pytest.raises(BadInput, match="Hạn mới phải sau"):
        actions.ask_extension(one, by=desk.people["unit_head"], until=one.due_on, reason=WHY)
    at(monkeypatch, one.due_on + timedelta(days=1))
    with pytest.raises(RuleBroken, match="đã qua"):
        actions.ask_extension(one, by=desk.people["unit_head"], until=LATER, reason=WHY)


def test_only_the_leader_closes_without_a_remedy(desk: Desk, two: list[Recommendation]) -> None:
    with pytest.raises(NotAllowed):
        actions.close_recommendation(two[0], by=desk.people["team_head"], reason="Đơn vị đã giải thể từ đầu năm.")
    done = actions.close_recommendation(
        two[0], by=desk.people["leader"], reason="Trụ sở đã chuyển, không còn phòng đó."
    )
    assert (done.state, done.days_late) == ("closed", None)
    assert done.pk not in overdue()


def test_the_unit_alone_reports_and_does_not_verify(desk: Desk, two: list[Recommendation]) -> None:
    with pytest.raises(NotAllowed):
        actions.report_remedy(two[0], by=desk.people["team_head"], text=DONE)
    sent = report(desk, two[0])
    for name in ("unit_head", "outsider", "team_member"):
        with pytest.raises(NotAllowed):
            actions.accept_remedy(sent, by=desk.people[name])
    with pytest.raises(RuleBroken, match="đang chờ kiểm chứng"):
        report(desk, two[0])


def test_proof_stays_with_the_criterion_and_is_closed_with_the_decision(desk: Desk, two: list[Recommendation]) -> None:
    sent = report(desk, two[0])
    code = two[0].findings.get().criterion_code
    file = actions.add_remedy_file(sent, by=desk.people["unit_head"], examined=examined(), criterion_code=code)
    assert file.criterion_code == code
    actions.accept_remedy(sent, by=desk.people["team_head"])
    with pytest.raises(RuleBroken):
        actions.add_remedy_file(sent, by=desk.people["unit_head"], examined=examined())


def test_silence_accepts_only_where_the_setting_said_so_from_the_start(desk: Desk) -> None:
    aggregator, far = desk.people["aggregator"], LATER
    waiting = report(desk, recommended(desk)[0])
    with at_the_machine():
        assert not actions.accept_unread(waiting, by=None, today=far), "the usual setting lets it wait"
    terms = FollowupTerms(check_silence="accepted")
    actions.set_rule(by=aggregator, valid_from=today(), terms=terms)
    with at_the_machine():
        assert not actions.accept_unread(waiting, by=None, today=waiting.check_until)
        assert actions.accept_unread(waiting, by=None, today=far)
        assert not actions.accept_unread(waiting, by=None, today=far), "once"
    done = of(waiting.recommendation.visit)[0]
    assert (done.state, done.days_late, done.settled_by) == ("verified", 0, None)


def test_a_finding_that_is_followed_is_not_confirmed_beside_its_recommendation(
    desk: Desk, two: list[Recommendation]
) -> None:
    finding = two[0].findings.get()
    with pytest.raises(RuleBroken, match="theo dõi bằng kiến nghị"):
        inspecting.confirm_remedy(finding, by=desk.people["team_head"], remedied_on=today())
