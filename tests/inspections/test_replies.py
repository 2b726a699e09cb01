"""The two-sided clock: the unit answers finding by finding, the lead side decides, silence means what was said before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from kycuong.audit.history import entries_for
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.deadlines.actions import add_day_off
from kycuong.deadlines.queries import term_of
from kycuong.draws.queries import records_of
from kycuong.inspections import actions
from kycuong.inspections.models import Conclusion, Finding, FindingDecision, SilenceRule, Visit, VisitFile
from kycuong.inspections.queries import minutes_digest
from kycuong.inspections.queries.silence import two_terms
from kycuong.inspections.tasks import withdraw_unread
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import Period
from kycuong.site.mine import waiting
from tests.desk import YESTERDAY, Desk
from tests.inspections.test_api import Caller, problem
from tests.photos import examined, jpeg

AsPerson = Callable[[Any], Client]
GoTo = Callable[[date], None]
D3, D4 = "Chưa có biển tên ở bàn làm việc", "Chưa niêm yết lịch tiếp công dân"
WHY = "Biển tên đã đặt ở bàn từ trước"
DAY = timedelta(days=1)


@pytest.fixture
def shared(desk: Desk) -> Conclusion:
    answers = {code: {"outcome": "fail", "finding": text} for code, text in (("D3", D3), ("D4", D4))}
    visit = desk.answered(desk.visit(), **answers)
    desk.sign(visit)
    visit.refresh_from_db()
    return actions.share_conclusion(
        actions.draft_conclusion(visit, by=desk.people["team_head"]), by=desk.people["team_head"]
    )


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> GoTo:
    """It is another day."""
    return lambda day: monkeypatch.setattr("django.utils.timezone.localdate", lambda: day)


def finding(conclusion: Conclusion, code: str = "D3") -> Finding:
    return Finding.objects.get(visit=conclusion.visit, criterion_code=code)


def object_to(desk: Desk, conclusion: Conclusion, code: str = "D3") -> Finding:
    actions.answer_finding(finding(conclusion, code), by=desk.people["unit_head"], accepts=False, text=WHY)
    return finding(conclusion, code)


def decide(desk: Desk, found: Finding, outcome: str, who: str = "team_head", **given: Any) -> FindingDecision:
    return actions.decide_finding(found, by=desk.people[who], **{"outcome": outcome, "reason": "Đã xem ảnh", **given})


def figures(desk: Desk, day: date) -> dict[str, Any]:
    names = ["findings", "findings_by_state", "findings_by_severity"]
    return figures_for(desk.units["province"], Period(date(day.year - 1, 1, 1), day), names=names)


def test_both_sides_read_the_same_two_terms_from_the_draft_on(
    desk: Desk, shared: Conclusion, as_person: AsPerson
) -> None:
    rule = SilenceRule.objects.get()
    assert (shared.rule, rule.reply_days, rule.decide_days, rule.lead_silence) == (rule, 5, 10, "withdrawn")
    term = term_of(today(), 5)
    assert shared.reply_until == term.due_on
    for who in ("team_head", "unit_head", "leader"):
        page = " ".join(as_person(desk.people[who]).get(shared.get_absolute_url()).content.decode().split())
        assert term.words in page
        assert "Không trả lời thì tồn tại giữ nguyên như dự thảo." in page
        assert "10 ngày làm việc kể từ ngày đơn vị có ý kiến. Không xem xét kịp thì tồn tại được rút." in page
        assert "chưa được người làm công tác kiểm tra rà soát" in page


def test_a_change_of_the_rule_changes_nothing_under_way(desk: Desk, shared: Conclusion) -> None:
    by = desk.people["aggregator"]
    given: dict[str, Any] = {"decide_days": 3, "unit_silence": "stands", "lead_silence": "waits"}
    with pytest.raises(NotAllowed):
        actions.set_silence_rule(by=desk.people["team_head"], valid_from=today(), reply_days=7, **given)
    with pytest.raises(BadInput, match="từ hôm nay"):
        actions.set_silence_rule(by=by, valid_from=YESTERDAY, reply_days=7, **given)
    actions.set_silence_rule(by=by, valid_from=today(), reply_days=8, **given)
    new = actions.set_silence_rule(by=by, valid_from=today(), reply_days=7, **given)
    assert SilenceRule.objects.get(valid_from=today()).reply_days == 7, "corrected while nothing runs under it"
    assert two_terms(Conclusion.objects.get()).rule == shared.rule
    head = desk.people["team_head"]
    back = actions.return_conclusion(shared, by=desk.people["leader"], reason="Cần nêu rõ nguyên nhân")
    assert actions.share_conclusion(back, by=head).rule == shared.rule, "shared anew, it keeps the first rule"
    other = actions.draft_conclusion(desk.signed(), by=head)
    assert actions.share_conclusion(other, by=head).rule == new
    with pytest.raises(BadInput, match="đang được dùng"):
        actions.set_silence_rule(by=by, valid_from=today(), reply_days=9, **given)


def test_the_unit_answers_each_finding_and_may_correct_it_until_it_is_decided(desk: Desk, shared: Conclusion) -> None:
    head = desk.people["unit_head"]
    found = object_to(desk, shared)
    shared.refresh_from_db()
    assert shared.decide_until == term_of(today(), 10).due_on
    with pytest.raises(BadInput, match="vì sao"):
        actions.answer_finding(found, by=head, accepts=False, text=" ")
    with pytest.raises(Stale):
        actions.answer_finding(found, by=head, accepts=True, version=9)
    agreed = actions.answer_finding(found, by=head, accepts=True, text="Xem lại thì đúng", version=1)
    assert [entry.verb for entry in entries_for(agreed)] == ["finding.reply"] * 2
    shared.refresh_from_db()
    assert shared.decide_until is None, "nothing is left to decide"
    with pytest.raises(RuleBroken, match="không có gì phải quyết định"):
        decide(desk, found, "kept")
    found = object_to(desk, shared)
    decide(desk, found, "kept")
    with pytest.raises(RuleBroken, match="đã xem xét"):
        actions.answer_finding(found, by=head, accepts=True)
    for who in ("leader", "aggregator", "team_head", "coordinator", "outsider"):
        with pytest.raises(NotAllowed):
            actions.answer_finding(finding(shared, "D4"), by=desk.people[who], accepts=True)


def test_the_term_of_the_unit_ends_and_its_silence_lets_findings_stand(
    desk: Desk, shared: Conclusion, go_to: GoTo
) -> None:
    assert shared.reply_until
    go_to(shared.reply_until)
    object_to(desk, shared)
    decide(desk, finding(shared), "kept")
    go_to(shared.reply_until + DAY)
    with pytest.raises(RuleBroken, match="Đã hết hạn có ý kiến"):
        actions.answer_finding(finding(shared, "D4"), by=desk.people["unit_head"], accepts=False, text=WHY)
    with pytest.raises(RuleBroken, match="Đã hết hạn có ý kiến"):
        actions.reply_to_conclusion(shared, by=desk.people["unit_head"], reply="Muộn")
    done = actions.approve_conclusion(shared, by=desk.people["leader"])
    assert done.state == "approved"
    assert Finding.objects.standing().count() == 2


def test_a_withdrawn_finding_is_as_if_not_found_and_the_minutes_stay_as_signed(desk: Desk, shared: Conclusion) -> None:
    commune = desk.units["commune"].pk
    assert figures(desk, today())["findings"] == records_of([commune], today())[commune].open_findings == 2
    minutes = shared.visit.minutes
    decide(desk, object_to(desk, shared), "withdrawn")
    assert figures(desk, today())["findings"] == records_of([commune], today())[commune].open_findings == 1
    shared.refresh_from_db()
    assert shared.shortcomings == f"1. (D4) {D4}"
    assert "Tồn tại 2" not in shared.requests
    assert minutes_digest(Visit.objects.get(), minutes) == minutes.digest
    assert [one.criterion_code for one in Finding.objects.all()] == ["D3", "D4"]


def test_a_changed_finding_counts_by_its_new_severity_and_both_words_are_read(
    desk: Desk, shared: Conclusion, as_person: AsPerson
) -> None:
    shared = actions.return_conclusion(shared, by=desk.people["leader"], reason="Thêm một câu")
    written = f"Qua kiểm tra: {D3}; {D4}."
    shared = actions.change_conclusion(
        shared, by=desk.people["team_head"], version=shared.version, shortcomings=written
    )
    shared = actions.share_conclusion(shared, by=desk.people["team_head"])
    found, new = object_to(desk, shared), "Một bàn chưa có biển tên"
    with pytest.raises(BadInput, match="nội dung và mức độ mới"):
        decide(desk, found, "changed")
    decide(desk, found, "changed", description=new, severity=4)
    assert figures(desk, today())["findings_by_severity"]["grave"] == 1
    shared.refresh_from_db()
    assert shared.shortcomings == f"Qua kiểm tra: {new}; {D4}."
    for address in (shared.get_absolute_url(), f"{shared.get_absolute_url()}?print=1", shared.visit.get_absolute_url()):
        page = as_person(desk.people["unit_head"]).get(address).content.decode()
        assert new in page, address
        assert D3 in page, address
        assert "Đã xem ảnh" in page, address


def test_a_decision_is_made_once_with_a_reason_and_not_by_the_unit(desk: Desk, shared: Conclusion) -> None:
    found, people = object_to(desk, shared), desk.people
    with pytest.raises(BadInput, match="lý do"):
        decide(desk, found, "withdrawn", reason=" ")
    for who in ("unit_head", "leader", "outsider", "auditor"):
        with pytest.raises(NotAllowed):
            decide(desk, found, "withdrawn", who=who)
    with at_the_machine():
        grant_role(people["team_member"], by=None, role="unit_head", unit=desk.units["commune"])
        grant_role(people["team_member"], by=None, role="team_head", unit=desk.units["department"])
    with pytest.raises(RuleBroken, match="ý kiến của chính đơn vị"):
        decide(desk, found, "kept", who="team_member")
    with pytest.raises(Stale):
        decide(desk, found, "kept", version=7)
    decision = decide(desk, found, "withdrawn", version=1)
    with pytest.raises(RuleBroken, match="không đổi được nữa"):
        decide(desk, found, "kept")
    for spoil in (
        lambda: FindingDecision.objects.filter(pk=decision.pk).update(outcome="kept"),
        lambda: FindingDecision.objects.filter(pk=decision.pk)._raw_delete("default"),
        lambda: type(found.reply).objects.filter(finding=found).update(accepts=True),
        lambda: FindingDecision(finding=finding(shared, "D4"), outcome="withdrawn", reason="Tự rút").save(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()


def test_nothing_is_approved_over_an_unread_answer_and_after_the_term_it_is_withdrawn(
    desk: Desk, shared: Conclusion, go_to: GoTo
) -> None:
    found, leader = object_to(desk, shared), desk.people["leader"]
    actions.reply_to_conclusion(shared, by=desk.people["unit_head"], reply="Xem ý kiến về từng tồn tại")
    assert shared.decide_until
    assert found.due_on
    go_to(shared.decide_until)
    with pytest.raises(RuleBroken, match="chưa xem xét"):
        actions.approve_conclusion(shared, by=leader)
    late = max(shared.decide_until, found.due_on) + DAY
    go_to(late)
    states = figures(desk, late)["findings_by_state"]
    assert states["overdue"] == 1, "the one on which the unit said nothing; the other counts against nobody"
    assert [line.what for line in waiting(leader, late) if "Duyệt" in line.what] == []
    assert actions.approve_conclusion(shared, by=leader).state == "approved"
    decision = finding(shared).decision
    assert (decision.outcome, decision.decided_by, decision.reason) == (
        "withdrawn",
        None,
        "Hết hạn xem xét mà không trả lời.",
    )
    assert figures(desk, late)["findings"] == 1


def test_the_tick_withdraws_what_nobody_read_once_and_only_under_that_rule(
    desk: Desk, shared: Conclusion, go_to: GoTo
) -> None:
    object_to(desk, shared)
    shared.refresh_from_db()
    assert shared.decide_until
    assert withdraw_unread(shared.decide_until) == ""
    go_to(shared.decide_until + 30 * DAY)
    assert withdraw_unread(today()) == "Rút 1 tồn tại đã hết hạn xem xét ý kiến của đơn vị."
    assert withdraw_unread(today()) == ""
    assert finding(shared).is_withdrawn
    given: dict[str, Any] = {"reply_days": 5, "decide_days": 2, "unit_silence": "stands", "lead_silence": "waits"}
    actions.set_silence_rule(by=desk.people["aggregator"], valid_from=today(), **given)
    head = desk.people["team_head"]
    visit = desk.answered(desk.visit(), D3={"outcome": "fail", "finding": D3})
    desk.sign(visit)
    other = actions.share_conclusion(actions.draft_conclusion(Visit.objects.get(pk=visit.pk), by=head), by=head)
    object_to(desk, other)
    go_to(today() + 40 * DAY)
    assert withdraw_unread(today()) == ""
    with pytest.raises(RuleBroken, match="chưa xem xét"):
        actions.approve_conclusion(other, by=desk.people["leader"])


def test_running_terms_move_later_when_a_day_off_is_added(desk: Desk, shared: Conclusion) -> None:
    object_to(desk, shared)
    shared.refresh_from_db()
    reply, decide_until = shared.reply_until, shared.decide_until
    assert reply
    assert decide_until
    done = add_day_off(by=desk.people["aggregator"], day=reply, name="Nghỉ vì bão")
    shared.refresh_from_db()
    assert shared.reply_until == term_of(today(), 5).due_on > reply
    assert shared.decide_until == term_of(today(), 10).due_on > decide_until
    assert {move.url for move in done.moved} == {shared.get_absolute_url()}
    assert len(done.moved) == 2


def test_photos_hang_on_the_answer_and_the_criterion_and_not_on_the_minutes(
    desk: Desk, shared: Conclusion, as_person: AsPerson
) -> None:
    unit = as_person(desk.people["unit_head"])
    found = finding(shared)
    address = f"/findings/{found.uid}/reply/"
    with pytest.raises(RuleBroken, match="ghi ý kiến"):
        actions.add_reply_file(found, by=desk.people["unit_head"], examined=examined())
    photo = _file(jpeg())
    assert unit.post(address, {"accepts": "no", "text": "", "version": ""}).status_code == 422
    assert unit.post(address, {"accepts": "no", "text": WHY, "file": photo}).status_code == 302
    file = VisitFile.objects.get()
    assert (file.reply.finding, file.criterion_code) == (found, "D3")
    minutes = shared.visit.minutes
    assert minutes_digest(Visit.objects.get(), minutes) == minutes.digest
    for who, status in (("leader", 200), ("team_head", 200), ("unit_head", 200), ("outsider", 404)):
        assert as_person(desk.people[who]).get(file.get_absolute_url()).status_code == status
    head = as_person(desk.people["team_head"])
    assert file.get_absolute_url() in head.get(f"/findings/{found.uid}/decision/").content.decode()
    assert unit.post(address, {"file": _file(b"no photo"), "caption": ""}).status_code == 422
    assert unit.post(address, {"file": _file(jpeg(colour="red")), "caption": "Bàn 2"}).status_code == 302
    assert unit.post(f"/evidence/{file.uid}/removal/").status_code == 302
    assert VisitFile.objects.standing().get().caption == "Bàn 2"
    decide(desk, finding(shared), "kept")
    left = VisitFile.objects.standing().get()
    with pytest.raises(RuleBroken, match="đã xem xét"):
        actions.remove_reply_file(left, by=desk.people["unit_head"])


def test_one_press_agrees_and_a_decision_is_written_on_its_page(
    desk: Desk, shared: Conclusion, as_person: AsPerson
) -> None:
    unit, head = as_person(desk.people["unit_head"]), as_person(desk.people["team_head"])
    assert unit.post(f"/findings/{finding(shared, 'D4').uid}/acceptance/").status_code == 302
    found = object_to(desk, shared)
    address = f"/findings/{found.uid}/decision/"
    assert head.post(address, {"outcome": "kept", "reason": ""}).status_code == 422
    assert head.post(address, {"outcome": "withdrawn", "reason": "Ảnh cho thấy có biển"}).status_code == 302
    assert "Ảnh cho thấy có biển" in unit.get(shared.get_absolute_url()).content.decode()
    told = [entry.what for entry in waiting(desk.people["team_head"], today())]
    assert "Xem xét ý kiến của đơn vị" not in told


def test_answers_and_decisions_through_the_api(desk: Desk, shared: Conclusion, as_person: AsPerson) -> None:
    unit, head = (Caller(as_person(desk.people[who])) for who in ("unit_head", "team_head"))
    at, found = f"conclusions/{shared.uid}", finding(shared)
    about = {"finding": str(found.uid)}
    problem(unit.post(f"{at}/replies", {**about, "accepts": False}), 422)
    told = unit.post(f"{at}/replies", {**about, "accepts": False, "text": WHY}).json()
    assert told["rule"]["lead_silence"] == "withdrawn"
    assert told["decide"]["until"] == term_of(today(), 10).due_on.isoformat()
    assert told["findings"][0]["reply"]["text"] == WHY
    problem(unit.post(f"{at}/decisions", {**about, "outcome": "withdrawn", "reason": "Tự rút"}), 403)
    changed = {**about, "outcome": "changed", "reason": "Đúng một phần", "description": "Một bàn", "severity": 1}
    (first, _second) = head.post(f"{at}/decisions", changed).json()["findings"]
    assert (first["description"], first["description_signed"], first["decision"]["outcome"]) == (
        "Một bàn",
        D3,
        "changed",
    )
    problem(head.post(f"{at}/decisions", changed), 422)
    assert unit.get(f"{at}/replies").json()["findings"][0]["decision"]["reason"] == "Đúng một phần"


def _file(data: bytes) -> Any:
    return SimpleUploadedFile("ban-lam-viec.jpg", data, "image/jpeg")
