"""Reports of citizens: taken without knowing who sends them, read above the unit only, answered to whoever holds the code."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.audit.models import AuditBody
from kycuong.core.clock import today
from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.inspections.actions import add_recusal
from kycuong.notices.models import Notice
from kycuong.openness import actions
from kycuong.openness.inbox import receive_report
from kycuong.openness.models import CitizenReport, ReportsOfDay
from kycuong.openness.queries.reports import heard_lines, words_of
from kycuong.openness.tasks import forget_senders
from kycuong.openness.views.reporting import opened_now
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from tests.clocks import Jumping
from tests.desk import BEGIN, Desk

TEXT = "Sáng thứ Hai bàn một cửa không có người, chờ đến trưa."
CONTACT = "0912 000 111, bà Bí Mật"
CODE = re.compile(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Jumping:
    return Jumping(monkeypatch)


@pytest.fixture(autouse=True)
def hearing(desk: Desk) -> None:
    actions.open_page(by=desk.people["leader"], valid_from=today(), reason="Văn bản số 12/UBND", hears=True)


def address(desk: Desk, unit: str = "commune") -> str:
    return f"/report/{desk.units[unit].slug}/"


def sent(desk: Desk, clock: Jumping, **given: Any) -> Any:
    opened = opened_now()
    clock.by(MINUTE)
    body = {"about": "absence", "text": TEXT, "contact": CONTACT, "opened": opened, **given}
    return Client().post(address(desk), body)


def received(desk: Desk, **given: Any) -> tuple[CitizenReport, str]:
    words = {"about": "absence", "text": TEXT, "contact": CONTACT, "address": "10.0.0.1", **given}
    code = receive_report(desk.units["commune"], **words)
    return CitizenReport.objects.order_by("-pk")[0], code


def seen_by(desk: Desk) -> set[str]:
    return {name for name, person in desk.people.items() if CitizenReport.objects.visible_to(person).exists()}


def test_somebody_reports_and_follows_it_by_the_code_alone(desk: Desk, clock: Jumping) -> None:
    page = sent(desk, clock)
    assert page.status_code == 200
    code = CODE.findall(page.content.decode())[0]
    report = CitizenReport.objects.get()
    assert words_of(report) == (TEXT, CONTACT)
    follow = lambda typed: Client().post("/report/", {"code": typed})  # noqa: E731
    assert "Đã nhận" in follow(code).content.decode()
    assert follow("aaaa-bbbb-cccc-dddd").status_code == 422
    actions.take_report(report, by=desk.people["coordinator"])
    assert "Đang xem" in follow(code.upper()).content.decode()
    actions.settle_report(
        report,
        by=desk.people["coordinator"],
        outcome="valid",
        reason="Đã xác minh",
        answer="Cảm ơn, chúng tôi đã chấn chỉnh.",
    )
    told = follow(code).content.decode()
    assert "Đã trả lời" in told
    assert "chấn chỉnh" in told
    assert "xác minh" not in told, "why is for the office"
    assert "Có cơ sở" not in told, "it would tell of an inspection to come"


def test_tables_and_log_hold_no_word_no_contact_no_code_and_no_address(desk: Desk, clock: Jumping) -> None:
    code = CODE.findall(sent(desk, clock).content.decode())[0]
    kept = str(list(CitizenReport.objects.values())) + str(list(ReportsOfDay.objects.values()))
    kept += str([bytes(body) for body in AuditBody.objects.values_list("body", flat=True) if body])
    assert [word for word in (TEXT[:20], "0912", code, "127.0.0.1") if word in kept] == []


def test_the_unit_itself_reads_nothing_of_it_and_who_is_above_does(desk: Desk) -> None:
    report, _code = received(desk)
    assert seen_by(desk) == {"aggregator", "coordinator"}
    assert list(Notice.objects.values_list("person__username", flat=True)) == ["coordinator"], "the nearest one above"
    with at_the_machine():
        grant_role(desk.people["coordinator"], by=None, role="unit_head", unit=desk.units["commune"], valid_from=BEGIN)
    assert seen_by(desk) == {"aggregator"}, "who holds a role at the unit reads nothing, whatever else they hold"
    with pytest.raises(NotAllowed):
        actions.take_report(report, by=desk.people["coordinator"])
    client = Client()
    client.force_login(desk.people["coordinator"])
    assert client.get(report.get_absolute_url()).status_code == 404


def test_about_a_district_its_own_coordinator_reads_nothing(desk: Desk) -> None:
    receive_report(desk.units["district"], about="delay", text=TEXT, contact="", address="10.0.0.1")
    assert seen_by(desk) == {"aggregator"}


def test_whoever_is_tied_to_the_unit_handles_nothing_about_it(desk: Desk) -> None:
    report, _code = received(desk)
    person = desk.people["coordinator"]
    told = {"person": person, "unit": desk.units["commune"], "kind": "kinship"}
    add_recusal(authority=desk.units["district"], by=desk.people["aggregator"], **told)
    with pytest.raises(NotAllowed):
        actions.settle_report(report, by=person, outcome="spam", reason="Thư rác", answer="")
    client = Client()
    client.force_login(person)
    assert client.get(report.get_absolute_url()).status_code == 404
    assert "Vắng mặt" not in client.get("/citizen-reports/").content.decode()


def test_programs_that_fill_in_forms_are_not_heard(desk: Desk, clock: Jumping) -> None:
    trapped = sent(desk, clock, website="http://example.vn")
    assert CODE.search(trapped.content.decode()), "it is told what it wants to hear"
    at_once = Client().post(address(desk), {"about": "absence", "text": TEXT, "opened": opened_now()})
    forged = sent(desk, clock, opened="1:forged")
    assert (at_once.status_code, forged.status_code) == (422, 422)
    assert not CitizenReport.objects.exists()


def test_no_place_sends_more_than_a_few_a_day_and_a_copy_is_marked(desk: Desk) -> None:
    first, _code = received(desk)
    for number in range(4):
        received(desk, text=f"{TEXT} Lần {number}.")
    with pytest.raises(RuleBroken, match="ngày mai"):
        received(desk, text="Một phản ánh khác hẳn, dài hơn hai mươi chữ.")
    copy, _code = received(desk, text=TEXT.upper().replace("Á", "A"), address="10.0.0.2")
    assert copy.same_as == first


def test_what_tells_of_places_and_senders_is_forgotten(desk: Desk, clock: Jumping) -> None:
    report, _code = received(desk)
    clock.by(timedelta(days=1))
    forget_senders(today())
    assert not ReportsOfDay.objects.exists()
    clock.by(timedelta(days=178))
    assert forget_senders(today()) == ""
    clock.by(timedelta(days=1))
    assert "1 phản ánh" in forget_senders(today())
    report.refresh_from_db()
    assert (words_of(report), report.contact_erased_on) == ((TEXT, ""), today())
    call_command("audit", "verify")


def test_a_report_is_settled_once_with_a_reason_and_an_answer(desk: Desk) -> None:
    report, _code = received(desk)
    client = Client()
    client.force_login(desk.people["coordinator"])
    assert TEXT in client.get(report.get_absolute_url()).content.decode()
    refused = client.post(report.get_absolute_url(), {"outcome": "valid", "reason": "Đã xác minh", "answer": ""})
    assert refused.status_code == 422
    done = {"outcome": "valid", "reason": "Đã xác minh", "answer": "Cảm ơn"}
    assert client.post(report.get_absolute_url(), done).status_code == 302
    with pytest.raises(RuleBroken):
        actions.settle_report(report, by=desk.people["coordinator"], **done)


def test_a_valid_report_is_proposed_as_a_ticket_in_draws_for_a_year(desk: Desk, clock: Jumping) -> None:
    by = desk.people["coordinator"]
    report, _code = received(desk)
    copy, _code = received(desk)
    line = f"{desk.units['commune'].slug}: 1, phản ánh đã xác minh"
    assert heard_lines(by) == []
    for one in (report, copy):
        actions.settle_report(one, by=by, outcome="valid", reason="Đã xác minh", answer="Cảm ơn")
    assert heard_lines(by) == [line], "sent twice, it weighs once"
    assert heard_lines(desk.people["team_head"]) == [], "who may not read reports learns of none by a draw's form"
    client = Client()
    client.force_login(by)
    assert line in client.get("/draws/new/").content.decode()
    clock.by(timedelta(days=365))
    assert heard_lines(by) == []


def test_a_poster_leads_to_the_page_of_its_unit(desk: Desk) -> None:
    client = Client()
    client.force_login(desk.people["unit_head"])
    poster = client.get(f"{address(desk)}poster/").content.decode()
    assert f"http://testserver{address(desk)}" in poster
    assert "<svg" in poster
    actions.close_page(by=desk.people["leader"], reason="Rà soát lại")
    assert client.get(f"{address(desk)}poster/").status_code == 404


def test_the_desk_is_not_there_while_nobody_hears(desk: Desk) -> None:
    assert Client().get(address(desk)).status_code == 200
    assert Client().get(address(desk, "province")).status_code == 404
    actions.close_page(by=desk.people["leader"], reason="Rà soát lại")
    assert Client().get(address(desk)).status_code == 404
    assert Client().get("/report/").status_code == 200, "a code stays good"
