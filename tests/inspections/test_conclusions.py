"""After the minutes: the report, the conclusion, the unit's word before it is final; and the state that follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kycuong.audit.history import entries_for
from kycuong.core import clock
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Conclusion, Visit
from kycuong.inspections.rules import InspectionState
from kycuong.inspections.rules.conclusions import CONCLUSION_TRANSITIONS, ConclusionState
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from tests.desk import YESTERDAY, Desk

AsPerson = Callable[[Any], Client]
SHORT = {"outcome": "fail", "finding": "Chưa có biển tên ở bàn làm việc"}


@pytest.fixture
def visit(desk: Desk) -> Visit:
    visit = desk.answered(desk.visit(), D3=SHORT)
    desk.sign(visit)
    visit.refresh_from_db()
    return visit


@pytest.fixture
def draft(desk: Desk, visit: Visit) -> Conclusion:
    return actions.draft_conclusion(visit, by=desk.people["team_head"])


def shared(desk: Desk, conclusion: Conclusion) -> Conclusion:
    return actions.share_conclusion(conclusion, by=desk.people["team_head"])


def answered(desk: Desk, conclusion: Conclusion) -> Conclusion:
    return actions.reply_to_conclusion(shared(desk, conclusion), by=desk.people["unit_head"], reply="Nhất trí")


def approved(desk: Desk, conclusion: Conclusion) -> Conclusion:
    return actions.approve_conclusion(answered(desk, conclusion), by=desk.people["leader"])


def issued(desk: Desk, conclusion: Conclusion) -> Conclusion:
    return actions.issue_conclusion(approved(desk, conclusion), by=desk.people["aggregator"], issued_on=today())


def test_a_draft_begins_with_what_the_minutes_say(desk: Desk, draft: Conclusion) -> None:
    finding = draft.visit.findings.get()
    assert draft.shortcomings == f"1. (D3) {SHORT['finding']}"
    assert draft.requests.endswith("theo các kiến nghị kèm theo và báo cáo kết quả đúng hạn.")
    assert list(draft.visit.recommendations.values_list("findings", flat=True)) == [finding.pk]
    assert draft.requests.startswith("Xã Hoàng Đồng, Huyện Đông khắc phục")
    assert actions.draft_conclusion(draft.visit, by=desk.people["team_head"]) == draft
    assert Conclusion.objects.count() == 1


def test_from_the_draft_to_the_issue(desk: Desk, draft: Conclusion) -> None:
    done = issued(desk, draft)
    assert (done.state, done.issued_on, done.approved_by) == ("issued", today(), desk.people["leader"])
    actions.number_conclusion(done, by=desk.people["records_clerk"], number="9/KL-SNV")
    with pytest.raises(RuleBroken, match="đã có số 9/KL-SNV"):
        actions.number_conclusion(done, by=desk.people["records_clerk"], number="10/KL")
    verbs = [entry.verb for entry in entries_for(done)]
    assert set(verbs) == {f"conclusion.{verb}" for verb in ("draft", "share", "reply", "approve", "issue", "number")}
    done.visit.inspection.refresh_from_db()
    assert done.visit.inspection.state == InspectionState.CONCLUDED


def test_nobody_is_concluded_upon_unheard(desk: Desk, draft: Conclusion, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = shared(desk, draft)
    with pytest.raises(RuleBroken, match="chưa hết hạn lấy ý kiến"):
        actions.approve_conclusion(waiting, by=desk.people["leader"])
    later = waiting.reply_until
    assert later
    for day, heard in ((later, False), (later + timedelta(days=1), True)):
        monkeypatch.setattr("kycuong.inspections.actions.concluding.today", lambda day=day: day)
        if heard:
            assert actions.approve_conclusion(waiting, by=desk.people["leader"]).state == "approved"
        else:
            with pytest.raises(RuleBroken):
                actions.approve_conclusion(waiting, by=desk.people["leader"])
    assert clock.today() < later


def test_who_drafted_does_not_approve(desk: Desk, visit: Visit) -> None:
    with at_the_machine():
        grant_role(desk.people["team_head"], by=None, role="leader", unit=desk.units["department"])
    draft = answered(desk, actions.draft_conclusion(visit, by=desk.people["team_head"]))
    with pytest.raises(RuleBroken, match="không tự duyệt"):
        actions.approve_conclusion(draft, by=desk.people["team_head"])


def test_a_returned_draft_is_changed_and_shared_anew(desk: Desk, draft: Conclusion) -> None:
    back = actions.return_conclusion(approved(desk, draft), by=desk.people["leader"], reason="Chưa nêu nguyên nhân")
    assert (back.state, back.approved_by, back.reply) == ("draft", None, "Nhất trí")
    head = desk.people["team_head"]
    changed = actions.change_conclusion(back, by=head, version=back.version, strengths="Tốt", causes="Thiếu kinh phí")
    assert changed.causes == "Thiếu kinh phí"
    assert shared(desk, changed).return_reason == ""


@pytest.mark.parametrize("state", list(ConclusionState))
def test_an_act_out_of_order_is_refused(desk: Desk, draft: Conclusion, state: ConclusionState) -> None:
    steps = {"draft": lambda desk, one: one, "shared": answered, "approved": approved, "issued": issued}
    there = steps[state](desk, draft)
    people = desk.people
    acts: dict[ConclusionState, list[Callable[[], Any]]] = {
        ConclusionState.SHARED: [lambda: actions.share_conclusion(there, by=people["team_head"])],
        ConclusionState.APPROVED: [lambda: actions.approve_conclusion(there, by=people["leader"])],
        ConclusionState.ISSUED: [lambda: actions.issue_conclusion(there, by=people["aggregator"], issued_on=today())],
        ConclusionState.DRAFT: [
            lambda: actions.return_conclusion(there, by=people["leader"], reason="Cần xem lại từ đầu")
        ],
    }
    for reached, attempts in acts.items():
        if reached not in CONCLUSION_TRANSITIONS[state]:
            for attempt in attempts:
                with pytest.raises(RuleBroken, match="trạng thái"):
                    attempt()
    assert Conclusion.objects.get().state == state


def test_of_two_who_read_the_same_draft_one_wins(desk: Desk, draft: Conclusion) -> None:
    head, read = desk.people["team_head"], draft.version
    actions.change_conclusion(draft, by=head, version=read, strengths="Bản thứ nhất")
    with pytest.raises(Stale):
        actions.change_conclusion(draft, by=head, version=read, strengths="Bản thứ hai")
    with pytest.raises(Stale):
        actions.share_conclusion(draft, by=head, version=read)
    assert Conclusion.objects.get().strengths == "Bản thứ nhất"


@pytest.mark.parametrize("days", [0, -1, 4, 61])
def test_the_term_for_the_reply_is_that_of_the_rule_or_longer(desk: Desk, draft: Conclusion, days: int) -> None:
    with pytest.raises(BadInput, match="Thời hạn lấy ý kiến"):
        actions.share_conclusion(draft, by=desk.people["team_head"], days=days)


def test_an_annulled_visit_is_concluded_no_more(desk: Desk, draft: Conclusion) -> None:
    actions.annul_visit(draft.visit, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị")
    with pytest.raises(RuleBroken, match="đã hủy"):
        shared(desk, draft)


@pytest.mark.parametrize("who", ["unit_head", "coordinator"])
def test_the_unit_reads_it_once_it_is_asked(desk: Desk, draft: Conclusion, as_person: AsPerson, who: str) -> None:
    page = as_person(desk.people[who])
    address = draft.get_absolute_url()
    assert page.get(address).status_code == 404
    assert address not in page.get(draft.visit.get_absolute_url()).content.decode()
    shared(desk, draft)
    assert SHORT["finding"] in page.get(address).content.decode()
    assert address in page.get(draft.visit.get_absolute_url()).content.decode()


def test_only_the_unit_answers(desk: Desk, draft: Conclusion) -> None:
    waiting = shared(desk, draft)
    for who in ("leader", "aggregator", "coordinator", "team_head"):
        with pytest.raises(NotAllowed):
            actions.reply_to_conclusion(waiting, by=desk.people[who], reply="Thay mặt đơn vị")
    assert Conclusion.objects.get().reply == ""


def test_a_report_is_handed_in_when_all_is_signed(desk: Desk, as_person: AsPerson) -> None:
    head, units = desk.people["team_head"], (desk.units["commune"], desk.units["second_commune"])
    with at_the_machine():
        grant_role(desk.people["unit_head"], by=None, role="unit_head", unit=units[1])
    inspection = desk.open(visits=[Planned(unit, YESTERDAY, "short") for unit in units])
    first, second = inspection.visits.order_by("pk")
    desk.sign(desk.answered(first, D3=SHORT))
    told: dict[str, Any] = {"text": "Đã kiểm tra hai xã.", "reported_on": YESTERDAY}
    with pytest.raises(RuleBroken, match="khi mọi biên bản đã ký"):
        actions.submit_report(inspection, by=head, **told)
    desk.sign(desk.answered(second))
    page = as_person(head)
    offered = page.get(f"/inspections/{inspection.uid}/report/").content.decode()
    assert "Xã Bình Minh, Huyện Đông" in offered
    assert SHORT["finding"] in offered
    actions.submit_report(inspection, by=head, **told)
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.REPORTED
    address = inspection.get_absolute_url()
    assert told["text"] in page.get(address).content.decode()
    assert told["text"] not in as_person(desk.people["unit_head"]).get(address).content.decode()
    issued(desk, actions.draft_conclusion(Visit.objects.get(pk=first.pk), by=head))
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.REPORTED
    issued(desk, actions.draft_conclusion(Visit.objects.get(pk=second.pk), by=head))
    inspection.refresh_from_db()
    assert inspection.state == InspectionState.CONCLUDED
    with pytest.raises(RuleBroken, match="chưa có kết luận"):
        actions.submit_report(inspection, by=head, **told)


def test_through_the_pages_by_those_who_do_it(desk: Desk, visit: Visit, as_person: AsPerson) -> None:
    head, unit, leader, clerk = (
        as_person(desk.people[who]) for who in ("team_head", "unit_head", "leader", "records_clerk")
    )
    assert "Soạn kết luận" in head.get(visit.get_absolute_url()).content.decode()
    at = head.post(f"/visits/{visit.uid}/conclusion/").url
    assert head.post(f"{at}text/", {"strengths": "", "version": "1"}).status_code == 422
    assert head.post(f"{at}text/", {"shortcomings": "Thiếu biển tên", "version": "1"}).status_code == 302
    stale = head.post(f"{at}text/", {"shortcomings": "Bản khác, gõ đã lâu", "version": "1"})
    assert stale.status_code == 409
    assert "Bản khác, gõ đã lâu" in stale.content.decode()
    assert head.post(f"{at}sharing/", {"days": "4"}).status_code == 422
    assert head.post(f"{at}sharing/", {"days": "6"}).status_code == 302
    assert unit.post(f"{at}reply/", {"reply": " "}).status_code == 422
    assert unit.post(f"{at}reply/", {"reply": "Đã đặt làm biển tên"}).status_code == 302
    assert "Đã đặt làm biển tên" in leader.get(at).content.decode()
    version = str(Conclusion.objects.get().version)
    assert leader.post(f"{at}approval/", {"version": "1"}).status_code == 409
    assert leader.post(f"{at}approval/", {"version": version}).status_code == 302
    assert (
        as_person(desk.people["aggregator"]).post(f"{at}issue/", {"issued_on": f"{today():%d/%m/%Y}"}).status_code
        == 302
    )
    assert clerk.post(f"{at}number/", {"number": "9/KL-SNV"}).status_code == 302
    for address in (at, f"{at}?print=1"):
        shown = unit.get(address).content.decode()
        assert "9/KL-SNV" in shown
        assert "Thiếu biển tên" in shown
