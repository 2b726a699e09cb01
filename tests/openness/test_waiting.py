"""Reports of citizens that wait: in «Việc của tôi» of who is told of them, and by the API for the eyes of who handles them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.core.clock import today
from kycuong.inspections.actions import add_recusal
from kycuong.openness import actions
from kycuong.openness.inbox import receive_report
from kycuong.openness.models import CitizenReport
from kycuong.openness.queries import todos
from kycuong.orgs.actions import end_role, grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import absorb_units, dissolve_unit
from kycuong.signin.actions.keys import make_key
from tests.desk import BEGIN, Desk
from tests.openness.reporting import CONTACT, TEXT, open_and_hear, received

WAITS, BEGUN = "Xem phản ánh của người dân", "Trả lời phản ánh đang xem"
ADDRESS = "/api/v1/citizen-reports"


@pytest.fixture(autouse=True)
def hearing(desk: Desk) -> None:
    open_and_hear(desk)


def told(desk: Desk) -> dict[str, list[str]]:
    """Person → lines."""
    lines = {who: [one.what for one in todos(person, today=today())] for who, person in desk.people.items()}
    return {who: found for who, found in lines.items() if found}


def test_it_waits_for_the_nearest_above_who_may_read_it(desk: Desk) -> None:
    received(desk)
    assert told(desk) == {"coordinator": [WAITS]}
    [line] = todos(desk.people["coordinator"], today=today())
    assert (line.about, line.url) == (f"1 phản ánh, nhận sớm nhất ngày {today():%d/%m/%Y}", "/citizen-reports/")


def test_what_the_nearest_may_not_read_waits_for_the_next(desk: Desk) -> None:
    received(desk)
    tie = {"person": desk.people["coordinator"], "unit": desk.units["commune"], "kind": "kinship"}
    add_recusal(authority=desk.units["district"], by=desk.people["aggregator"], **tie)
    assert told(desk) == {"aggregator": [WAITS]}


def test_who_holds_a_role_at_the_unit_is_passed_over(desk: Desk) -> None:
    received(desk)
    with at_the_machine():
        grant_role(desk.people["coordinator"], by=None, role="unit_head", unit=desk.units["commune"], valid_from=BEGIN)
    assert told(desk) == {"aggregator": [WAITS]}


def test_a_unit_that_has_ended_waits_for_whoever_sees_it(desk: Desk) -> None:
    received(desk)
    with at_the_machine():
        dissolve_unit(desk.units["commune"], by=None, on=today())
    assert told(desk) == {"aggregator": [WAITS], "coordinator": [WAITS]}


def test_begun_it_is_ones_own_until_it_is_settled_or_one_is_gone(desk: Desk) -> None:
    first, _code = received(desk)
    second, _code = received(desk, text=TEXT + " Lần nữa.", address="10.0.0.2")
    by = desk.people["coordinator"]
    actions.take_report(first, by=by)
    assert told(desk) == {"coordinator": [WAITS, BEGUN]}
    actions.settle_report(first, by=by, outcome="unfounded", reason="Đã xác minh", answer="Cảm ơn")
    assert told(desk) == {"coordinator": [WAITS]}
    actions.take_report(second, by=by)
    with at_the_machine():
        end_role(by.assignments.get(), by=None, on=today())
    assert told(desk) == {"aggregator": [WAITS]}, "what somebody began who is gone waits anew"


def test_begun_by_somebody_who_stands_elsewhere_now_it_waits_anew(desk: Desk) -> None:
    report, _code = received(desk)
    by = desk.people["coordinator"]
    actions.take_report(report, by=by)
    receive_report(desk.units["other_commune"], about="absence", text=TEXT, contact="", address="10.3.0.1")
    with at_the_machine():
        end_role(by.assignments.get(), by=None, on=today())
        grant_role(by, by=None, role="coordinator", unit=desk.units["other_district"], valid_from=today())
    desk.people["coordinator"] = type(by).objects.get(pk=by.pk)
    assert told(desk) == {who: [WAITS] for who in ("aggregator", "coordinator", "outsider")}
    about = {one.about.split(",")[0] for one in todos(desk.people["aggregator"], today=today())}
    assert about == {"1 phản ánh"}, "the other one waits for those nearest to it"


def test_begun_by_somebody_who_has_a_tie_now_it_waits_anew(desk: Desk) -> None:
    report, _code = received(desk)
    tie = {"person": desk.people["coordinator"], "unit": desk.units["commune"], "kind": "kinship"}
    actions.take_report(report, by=desk.people["coordinator"])
    add_recusal(authority=desk.units["district"], by=desk.people["aggregator"], **tie)
    assert told(desk) == {"aggregator": [WAITS]}


def test_begun_about_a_unit_that_has_ended_it_stays_with_whoever_began(desk: Desk) -> None:
    for unit in ("commune", "second_commune"):
        receive_report(desk.units[unit], about="absence", text=f"{TEXT} {unit}", contact="", address="10.4.0.1")
        actions.take_report(CitizenReport.objects.latest("pk"), by=desk.people["coordinator"])
    with at_the_machine():
        dissolve_unit(desk.units["commune"], by=None, on=today())
        absorb_units([desk.units["second_commune"]], by=None, on=today(), into=desk.units["other_commune"])
    assert told(desk) == {"coordinator": [BEGUN], "aggregator": [WAITS], "outsider": [WAITS]}


def test_as_many_questions_for_many_reports_as_for_few(desk: Desk) -> None:
    def costs(who: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            list(todos(desk.people[who], today=today()))
        return len(queries)

    assert costs("leader") <= 1, "who handles none is asked for nothing but the roles"
    received(desk)
    few = {who: costs(who) for who in ("aggregator", "coordinator")}
    for number in range(12):
        for place in ("commune", "second_commune", "other_commune"):
            given = {"about": "absence", "text": f"{TEXT} {number}", "contact": "", "address": f"10.1.{number}.1"}
            receive_report(desk.units[place], **given)
    assert {who: costs(who) for who in few} == few


def client_of(desk: Desk, who: str) -> Client:
    client = Client()
    client.force_login(desk.people[who])
    return client


def test_the_api_lists_what_one_may_handle_without_its_words(desk: Desk) -> None:
    report, _code = received(desk)
    client = client_of(desk, "coordinator")
    answer = client.get(ADDRESS).json()
    assert (answer["total"], answer["citizen_reports"][0]["uid"]) == (1, str(report.uid))
    assert TEXT not in str(answer)
    assert client_of(desk, "outsider").get(ADDRESS).json()["total"] == 0
    assert client_of(desk, "unit_head").get(ADDRESS).status_code == 403
    assert client_of(desk, "unit_head").get(f"{ADDRESS}/{report.uid}").status_code == 404


def test_by_the_api_it_is_read_begun_and_settled_once(desk: Desk) -> None:
    report, _code = received(desk)
    client, where = client_of(desk, "coordinator"), f"{ADDRESS}/{report.uid}"
    whole = client.get(where).json()
    assert (whole["text"], whole["contact"], whole["progress"]) == (TEXT, CONTACT, "received")
    assert client.post(f"{where}/taking").json()["progress"] == "reading"
    body = {"outcome": "valid", "reason": "Đã xác minh", "answer": "Cảm ơn ông bà"}
    settled = client.post(f"{where}/settlement", body, content_type="application/json")
    assert (settled.status_code, settled.json()["outcome"]) == (200, "valid")
    again = client.post(f"{where}/settlement", body, content_type="application/json")
    assert again.status_code == 422
    assert client.get(f"{ADDRESS}?waiting=true").json()["total"] == 0
    assert client.get(ADDRESS).json()["total"] == 1
    assert CitizenReport.objects.get().settled_by == desk.people["coordinator"]


def test_a_reason_of_blanks_is_none(desk: Desk) -> None:
    report, _code = received(desk)
    client, body = client_of(desk, "coordinator"), {"outcome": "valid", "reason": "  \n ", "answer": "Cảm ơn"}
    answer = client.post(f"{ADDRESS}/{report.uid}/settlement", body, content_type="application/json")
    assert answer.status_code == 422
    assert (answer.json()["type"], answer.json()["errors"][0]["field"]) == ("urn:kycuong:problem:bad_input", "reason")
    report.refresh_from_db()
    assert report.outcome == ""


def test_no_key_of_a_program_reads_what_citizens_wrote(desk: Desk) -> None:
    received(desk)
    person = desk.people["coordinator"]
    _row, token = make_key(person, by=person, name="Phần mềm", scope="write", expires_on=today())
    answer = Client().get(ADDRESS, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403
    assert TEXT not in answer.content.decode()


def test_the_page_of_ones_work_leads_there(desk: Desk) -> None:
    received(desk)
    text = client_of(desk, "coordinator").get("/mine/").content.decode()
    assert WAITS in text
    assert WAITS not in client_of(desk, "unit_head").get("/mine/").content.decode()
