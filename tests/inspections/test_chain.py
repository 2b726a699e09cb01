"""The papers of an inspection as one chain, and a missing link as a to-do of the person whose duty it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from kycuong.core.clock import today
from kycuong.deadlines.queries import term_of
from kycuong.followup import actions as following
from kycuong.followup.queries import todos as of_followup
from kycuong.inspections import actions
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import chain_of, chain_of_visit, lines_of, plan_of, sealing_of, todos
from kycuong.orgs.models import Person
from tests.desk import YESTERDAY, Desk
from tests.followup.issued import drafted, issue, of

Client = Callable[[Any], Any]
NUMBER, CONCLUDE, ASK = "Ghi số quyết định", "Soạn kết luận", "Bổ sung kiến nghị cho tồn tại chưa có"


def chain(found: Inspection, person: Person) -> dict[str, str]:
    [line] = lines_of([found], person)
    return {link.name: link.state for link in chain_of(person, line, today=today())}


def of_visit(visit: Visit, person: Person, *, guarded: bool = False) -> dict[str, str]:
    return {link.name: link.state for link in chain_of_visit(person, visit, guarded=guarded, today=today())}


def waiting(person: Person) -> dict[str, Any]:
    """What waits → by which day."""
    return {one.what: one.due for part in (todos, of_followup) for one in part(person, today=today())}


def test_the_chain_grows_link_by_link_and_each_missing_one_waits_for_somebody(desk: Desk) -> None:
    head, clerk, by = desk.people["team_head"], desk.people["records_clerk"], desk.people["aggregator"]
    visit = desk.visit(visits=[Planned(desk.units["commune"], YESTERDAY, "short")])
    found = visit.inspection
    assert chain(found, by) == {
        "Kế hoạch": "unneeded", "Quyết định": "missing", "Thông báo, lịch": "unneeded", "Biên bản": "missing",
        "Báo cáo kết quả": "later", "Kết luận": "later", "Khắc phục": "later", "Báo cáo tổng hợp": "later",
    }  # fmt: skip
    assert waiting(clerk)[NUMBER] == YESTERDAY
    assert NUMBER not in waiting(desk.people["leader"]), "not whose duty it is"
    actions.record_decision(found, by=clerk, number="12/QĐ-SNV", decision_on=YESTERDAY)
    desk.sign(desk.answered(visit, D3={"outcome": "fail", "finding": "Chưa có biển tên."}))
    found.refresh_from_db()
    told = chain(found, by)
    assert (told["Quyết định"], told["Biên bản"], told["Báo cáo kết quả"]) == ("there", "there", "missing")
    assert (told["Kết luận"], told["Khắc phục"]) == ("missing", "later")
    assert NUMBER not in waiting(clerk)
    assert waiting(head)[CONCLUDE] == term_of(today(), 15).due_on
    assert CONCLUDE not in waiting(desk.people["coordinator"])
    visit.refresh_from_db()
    conclusion = actions.draft_conclusion(visit, by=head)
    assert CONCLUDE not in waiting(head)
    assert chain(found, by)["Kết luận"] == "draft"
    issue(desk, conclusion)
    told = chain(found, by)
    assert (told["Kết luận"], told["Khắc phục"]) == ("there", "draft")
    assert of_visit(visit, desk.people["unit_head"]) == {
        "Biên bản": "there", "Kết luận": "there", "Khắc phục": "draft", "Báo cáo tổng hợp": "later",
    }  # fmt: skip


def test_the_day_of_a_conclusion_follows_the_rule_of_the_day_of_the_minutes(desk: Desk) -> None:
    by, given = desk.people["aggregator"], {"unit_silence": "stands", "lead_silence": "waits"}
    days: dict[str, Any] = {"reply_days": 5, "decide_days": 10, "conclude_days": 4}
    desk.sign(desk.answered(desk.visit()))
    assert waiting(desk.people["team_head"])[CONCLUDE] == term_of(today(), 15).due_on
    actions.set_silence_rule(by=by, valid_from=today() + timedelta(days=1), **days, **given)
    assert waiting(desk.people["team_head"])[CONCLUDE] == term_of(today(), 15).due_on
    actions.set_silence_rule(by=by, valid_from=today(), **days, **given)
    assert waiting(desk.people["team_head"])[CONCLUDE] == term_of(today(), 4).due_on


def test_a_finding_that_no_recommendation_answers_is_a_missing_link(desk: Desk) -> None:
    conclusion, head = drafted(desk), desk.people["team_head"]
    found = Inspection.objects.get(pk=conclusion.visit.inspection_id)
    assert of_visit(conclusion.visit, desk.people["unit_head"])["Khắc phục"] == "later", "how drafting goes is not told"
    following.remove_recommendation(of(conclusion.visit)[0], by=head)
    assert of_visit(conclusion.visit, desk.people["unit_head"])["Khắc phục"] == "later"
    assert chain(found, head)["Khắc phục"] == "later"
    assert ASK not in waiting(head), "the draft itself waits already"
    actions.share_conclusion(conclusion, by=head)
    assert chain(found, head)["Khắc phục"] == "missing"
    assert ASK in waiting(head)
    assert ASK not in waiting(desk.people["unit_head"])
    assert ASK not in waiting(desk.people["leader"]), "who does not draft cannot do it"


def test_what_is_still_sealed_has_no_chain_for_others(desk: Desk) -> None:
    units = [desk.units["commune"], desk.units["second_commune"]]
    sealed = desk.open(sealed=True, title="Kín", visits=[Planned(unit, YESTERDAY, "short") for unit in units])
    head, other = desk.people["team_head"], desk.people["aggregator"]
    assert chain(sealed, head)["Quyết định"] == "later"
    assert NUMBER not in waiting(desk.people["records_clerk"])
    first = actions.begin_target(sealed, by=head, key=plan_of(sealing_of(sealed)).waiting[0].key, as_planned=True)
    desk.sign(desk.answered(first))
    sealed.refresh_from_db()
    first.refresh_from_db()
    assert chain(sealed, other) == {}
    assert list(of_visit(first, other, guarded=True)) == ["Biên bản", "Kết luận", "Khắc phục", "Báo cáo tổng hợp"]
    assert chain(sealed, head)["Biên bản"] == "draft", "there is more to come, for whoever knows"


def test_pages_show_the_chain_in_order_and_what_is_next(desk: Desk, as_person: Client) -> None:
    visit = desk.visit()
    page = " ".join(
        as_person(desk.people["team_head"]).get(visit.inspection.get_absolute_url()).content.decode().split()
    )
    assert page.index("Chuỗi văn bản") < page.index("Các lượt kiểm tra")
    assert page.index(">Quyết định<") < page.index(">Biên bản<") < page.index(">Kết luận<")
    assert "Thiếu, quá hạn" in page
    assert f"trưởng đoàn, hạn {YESTERDAY:%d/%m/%Y}" in page
    desk.sign(desk.answered(visit))
    told = as_person(desk.people["unit_head"]).get(visit.get_absolute_url()).content.decode()
    assert "Chuỗi văn bản" in told
    assert ">Quyết định<" not in told, "the unit is told of its minutes and what follows them"
