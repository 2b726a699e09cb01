"""Reports of citizens: taken without knowing who sends them, read above the unit only, answered to whoever holds the code."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.audit.models import AuditBody
from kycuong.core.clock import now, today
from kycuong.core.problems import NotAllowed, RuleBroken
from kycuong.draws.models import Draw
from kycuong.draws.queries.sealed import basis_of
from kycuong.inspections.actions import add_recusal
from kycuong.inspections.models import Inspection
from kycuong.letterheads.queries import head_of
from kycuong.notices.models import Notice
from kycuong.openness import actions
from kycuong.openness.inbox import receive_report
from kycuong.openness.models import CitizenReport, ReportsOfDay
from kycuong.openness.queries.reports import heard_lines, reports_seen, words_of
from kycuong.openness.tasks import forget_senders
from kycuong.openness.views.reporting import opened_now
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from tests.clocks import Jumping
from tests.desk import BEGIN, Desk
from tests.openness.reporting import CONTACT, MARKER, TEXT, address, open_and_hear, received, seen_by

HIDDEN = re.compile(r'<form method="post" action="(/inspections/new/)">(.*?)</form>', re.DOTALL)
CODE = re.compile(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Jumping:
    return Jumping(monkeypatch)


@pytest.fixture(autouse=True)
def hearing(desk: Desk) -> None:
    open_and_hear(desk)


def sent(desk: Desk, clock: Jumping, **given: Any) -> Any:
    opened = opened_now()
    clock.by(MINUTE)
    body = {"about": "absence", "text": TEXT, "contact": CONTACT, "opened": opened, **given}
    return Client().post(address(desk), body)


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
    code = CODE.findall(sent(desk, clock, text=f"{TEXT} {MARKER}").content.decode())[0]
    kept = [str(list(model.objects.values())) for model in (CitizenReport, ReportsOfDay, Notice)]
    kept += [bytes(body).decode(errors="replace") for body in AuditBody.objects.values_list("body", flat=True) if body]
    assert any("citizen_report" in one or desk.units["commune"].slug in one for one in kept), (
        "the log is read, and what mail is made of"
    )
    secret = (MARKER, "bàn một cửa", code, "127.0.0.1")
    assert [word for word in secret if any(word in one or escaped(word) in one for one in kept)] == []


def escaped(word: str) -> str:
    """As JSON may spell it."""
    return json.dumps(word)[1:-1]


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


def test_a_report_begins_a_sealed_inspection_that_does_not_tell_of_it(desk: Desk, clock: Jumping) -> None:
    report, _code = received(desk)
    client = Client()
    client.force_login(desk.people["aggregator"])
    shown = client.get(report.get_absolute_url()).content.decode()
    begun = HIDDEN.search(shown)
    assert begun, "the aggregator opens inspections"
    given = dict(re.findall(r'name="([\w-]+)" value="([^"]*)"', begun[2]))
    assert desk.units["commune"].slug not in begun[1], "an address is written into logs"
    form = client.post(begun[1], given)
    assert form.status_code == 200
    assert "errorlist" not in form.content.decode()
    assert form.context["form"]["sealed"].value()
    del given["more"]
    opened = client.post(begun[1], given)
    assert opened.status_code == 302, opened.content.decode()
    inspection = Inspection.objects.get()
    assert inspection.sealed_at
    assert inspection.form == "surprise"
    noted = AuditBody.objects.filter(entry__model=Inspection._meta.label)
    kept = [str(row) for row in Inspection.objects.values()] + [bytes(one.body).decode() for one in noted]
    assert len(kept) > 1, "the log is read, too"
    assert [one for one in kept if str(report.uid) in one or "phản ánh" in one.lower()] == []


def test_after_spam_no_inspection_is_offered(desk: Desk) -> None:
    report, _code = received(desk)
    client = Client()
    client.force_login(desk.people["aggregator"])
    assert HIDDEN.search(client.get(report.get_absolute_url()).content.decode())
    actions.settle_report(report, by=desk.people["aggregator"], outcome="spam", reason="Quảng cáo", answer="")
    assert HIDDEN.search(client.get(report.get_absolute_url()).content.decode()) is None


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
    without = Client().post(address(desk), {"about": "absence", "text": TEXT})
    assert (at_once.status_code, forged.status_code, without.status_code) == (422, 422, 422)
    assert "bấm gửi một lần nữa" in without.content.decode(), "told what to do, not that a field nobody sees is empty"
    assert not CitizenReport.objects.exists()


def test_no_place_sends_more_than_a_few_a_day_and_a_copy_is_marked(desk: Desk) -> None:
    first, _code = received(desk)
    for number in range(4):
        received(desk, text=f"{TEXT} Lần {number}.")
    with pytest.raises(RuleBroken, match="ngày mai"):
        received(desk, text="Một phản ánh khác hẳn, dài hơn hai mươi chữ.")
    copy, _code = received(desk, text=TEXT.upper().replace("Á", "A"), address="10.0.0.2")
    assert copy.same_as == first


def test_a_home_with_many_addresses_is_one_place(desk: Desk) -> None:
    for number in range(5):
        received(desk, text=f"{TEXT} Lần {number}.", address=f"2001:db8:1:2::{number}")
    with pytest.raises(RuleBroken, match="ngày mai"):
        received(desk, address="2001:db8:1:2:ffff::9")
    received(desk, address="2001:db8:1:3::1")
    received(desk, address="::ffff:10.0.0.7")


def test_a_unit_that_fills_its_day_silences_nobody_and_reads_no_difference(desk: Desk, clock: Jumping) -> None:
    for number in range(50):
        received(desk, text=f"{TEXT} Lần {number}.", address=f"10.0.1.{number}")
    told = Notice.objects.count()
    page = sent(desk, clock)
    assert CODE.search(page.content.decode()), "taken like any other"
    late = CitizenReport.objects.order_by("-pk")[0]
    assert (words_of(late)[0], late.held_back, Notice.objects.count()) == (TEXT, True, told)
    assert reports_seen(desk.people["aggregator"]).last() == late, "and read after those that came before"


def test_a_flood_hides_no_report_that_waits(desk: Desk) -> None:
    waiting, _code = received(desk)
    for number in range(35):
        one, _code = received(desk, text=f"{TEXT} Lần {number}.", address=f"10.0.1.{number}")
        CitizenReport.objects.filter(pk=one.pk).update(
            outcome="spam", reason="Thư rác", settled_at=now(), settled_by=desk.people["aggregator"]
        )
    client = Client()
    client.force_login(desk.people["aggregator"])
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/citizen-reports/").content.decode()
    assert waiting.get_absolute_url() in page
    assert page.count("/citizen-reports/0") < 31
    assert any("LIMIT 30" in query["sql"] for query in asked), "no more is read than is shown"


def test_a_code_stays_good_when_the_secret_key_is_changed(desk: Desk, settings: Any) -> None:
    _report, code = received(desk)
    settings.SECRET_KEY = "another key, as each year"
    assert "Đã nhận" in Client().post("/report/", {"code": code}).content.decode()


def test_addresses_are_counted_under_a_key_that_is_gone_the_next_day(
    desk: Desk, clock: Jumping, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    received(desk)
    [key] = tmp_path.iterdir()
    assert (key.stat().st_mode & 0o777, f"{today()}" in key.name) == (0o600, True)
    [before] = ReportsOfDay.objects.values_list("place_digest", flat=True)
    key.unlink()
    received(desk)
    assert ReportsOfDay.objects.exclude(place_digest=before).exists(), "the secret key alone leads to no address"
    clock.by(timedelta(days=1))
    forget_senders(today())
    assert list(tmp_path.iterdir()) == []


def test_spam_is_erased_whole_with_the_contacts(desk: Desk, clock: Jumping) -> None:
    report, _code = received(desk, contact="")
    by = desk.people["coordinator"]
    actions.settle_report(report, by=by, outcome="spam", reason="Thư rác", answer="")
    clock.by(timedelta(days=180))
    assert "1 phản ánh" in forget_senders(today())
    report.refresh_from_db()
    assert (words_of(report), report.text_erased_on) == (("", ""), today())
    client = Client()
    client.force_login(by)
    assert "nội dung đã xóa" in client.get(report.get_absolute_url()).content.decode()
    assert forget_senders(today()) == ""
    call_command("audit", "verify")


def test_a_request_that_sends_a_report_is_logged_without_a_person(desk: Desk, caplog: Any) -> None:
    client = Client()
    client.force_login(desk.people["aggregator"])
    with caplog.at_level("INFO", logger="kycuong.access"):
        client.post(address(desk), {"about": "absence"})
        client.post("/report/", {"code": "aaaa"})
        client.get("/citizen-reports/")
    told = [(one.told["route"], bool(one.told["person"])) for one in caplog.records if one.name == "kycuong.access"]
    assert told == [("report/<slug:unit>/", False), ("report/", False), ("citizen-reports/", True)]


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
    line = f"{desk.units['commune'].slug}: 1, đơn thư, phản ánh"
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


def test_a_copy_weighs_when_the_first_was_not_valid(desk: Desk) -> None:
    by = desk.people["coordinator"]
    report, _code = received(desk)
    copy, _code = received(desk, address="10.0.0.2")
    actions.settle_report(report, by=by, outcome="spam", reason="Thư rác", answer="")
    actions.settle_report(copy, by=by, outcome="valid", reason="Đã xác minh", answer="Cảm ơn")
    assert heard_lines(by) == [f"{desk.units['commune'].slug}: 1, đơn thư, phản ánh"]


def test_a_draw_tells_nobody_of_reports_about_a_unit_to_which_they_are_tied(desk: Desk) -> None:
    report, _code = received(desk)
    by = desk.people["aggregator"]
    actions.settle_report(report, by=by, outcome="valid", reason="Đã xác minh", answer="Cảm ơn")
    assert heard_lines(desk.people["coordinator"]) != []
    told = {"person": desk.people["coordinator"], "unit": desk.units["commune"], "kind": "kinship"}
    add_recusal(authority=desk.units["district"], by=by, **told)
    assert heard_lines(desk.people["coordinator"]) == []


def test_what_a_draw_is_told_by_itself_makes_no_draw_fail(desk: Desk, settings: Any) -> None:
    by = desk.people["coordinator"]
    inside, outside = desk.units["commune"], desk.units["district"]
    told = [f"{inside.slug}: 1, đơn thư, phản ánh", f"{outside.slug}: 2, đơn thư, phản ánh"]
    settings.DRAWS_HEARD = ["tests.openness.test_reports.heard"]
    TOLD[:] = told
    client = Client()
    client.force_login(by)
    assert "\n".join(told) in client.get("/draws/new/").content.decode()
    day = today() + timedelta(days=1)
    body = {"lead": outside.slug, "area": outside.slug, "size_commune_pc": "1", "source": "Xổ số miền Bắc"}
    body |= {"source_on": f"{day:%d/%m/%Y}", "reveal_by": f"{day + timedelta(days=20):%d/%m/%Y}"}
    typed = client.post("/draws/new/", {**body, "complaints": f"{outside.slug}: 3, sổ tiếp dân"})
    assert typed.status_code == 422, "what somebody typed is not left out silently"
    assert client.post("/draws/new/", {**body, "complaints": "\n".join(told)}).status_code == 302
    assert list(basis_of(Draw.objects.get()).spec["complaints"]) == [str(inside.uid)]
    many = client.post("/draws/new/", {**body, "complaints": "\n".join(told[:1] * 201)})
    assert "nhiều nhất 200 dòng" in many.content.decode()


TOLD: list[str] = []


def heard(_person: object) -> list[str]:
    return TOLD


def test_a_poster_leads_to_the_page_of_its_unit(desk: Desk, settings: Any) -> None:
    client = Client()
    client.force_login(desk.people["unit_head"])
    poster = client.get(f"{address(desk)}poster/").content.decode()
    assert f"http://testserver{address(desk)}" in poster
    settings.BASE_URL = "https://kycuong.example/"
    forged = client.get(f"{address(desk)}poster/", headers={"host": "localhost"}).content.decode()
    assert f"https://kycuong.example{address(desk)}" in forged
    assert "<svg" in poster
    head = head_of(desk.units["commune"], today())
    for said in (head.issuer, "Độc lập - Tự do - Hạnh phúc", "Giữ mã nhận được để xem trả lời."):
        assert said in poster
    client.post("/ui/language/", {"language": "en"})
    spoken = client.get(f"{address(desk)}poster/").content.decode()
    assert '<span lang="vi">Ý kiến của bạn về' in spoken
    assert "Giữ mã nhận được để xem trả lời." in spoken, "the sheet hangs before people who read Vietnamese"
    actions.close_page(by=desk.people["leader"], reason="Rà soát lại")
    assert client.get(f"{address(desk)}poster/").status_code == 404


def test_the_desk_is_not_there_while_nobody_hears(desk: Desk) -> None:
    assert Client().get(address(desk)).status_code == 200
    assert Client().get(address(desk, "province")).status_code == 404
    actions.close_page(by=desk.people["leader"], reason="Rà soát lại")
    assert Client().get(address(desk)).status_code == 404
    assert Client().get("/report/").status_code == 200, "a code stays good"
