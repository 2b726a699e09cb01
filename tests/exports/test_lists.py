"""Every list of a page may be had as a file: the same rows, under the same rights, by one mechanism."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.core.clock import today
from kycuong.core.problems import BadInput, Missing, NotAllowed, RuleBroken
from kycuong.exports.actions import ask_for_file, fetch, set_rule
from kycuong.exports.models import ListExport
from kycuong.exports.tasks import make_next
from kycuong.inspections.actions import Planned, Seat, change_team
from kycuong.inspections.models import Inspection
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.actions import end_role
from kycuong.orgs.models import Assignment, Person
from kycuong.selfchecks.models import SelfCheck
from tests.budget import long_run
from tests.desk import YESTERDAY, Desk
from tests.sides import Sides
from tests.surface import addresses


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def in_csv(answer: Any) -> tuple[list[str], list[list[str]], str]:
    """The titles, the rows, the last line."""
    text = body(answer).decode("utf-8-sig")
    titles, *rows, _blank, last = csv.reader(io.StringIO(text, newline=""))
    return titles, rows, last[0]


def signed_in(desk: Desk, who: str) -> Client:
    client = Client()
    client.force_login(desk.people[who])
    return client


ASKED = {
    "self-check-gaps": ("campaign", "self_sent"),
    "self-check-progress": ("campaign", "self_sent"),
    "round-progress": ("round", "round_open"),
    "plan-items": ("plan", "plan"),
}
READERS = {"people": "system_admin", "self-checks": "unit_head", "notices": "team_head"}
MAY_BE_EMPTY = {"recusals", "legal-bases", "ticks", "overlaps", "self-check-gaps"}


def asked(name: str, sides: Sides) -> dict[str, str]:
    """What a list needs beside its name."""
    if name == "figure":
        return {"figure": "visits", "scope": "tinh-thu-nghiem", "view": "subject"}
    if name not in ASKED:
        return {"days-off": {"year": "2032"}, "calendar": {"whose": "all"}}.get(name, {})
    parameter, thing = ASKED[name]
    return {parameter: sides["own"][thing]}


def test_every_list_opens_in_both_types_with_as_many_rows_as_it_says(desk: Desk, sides: Sides) -> None:
    filled = set()
    for name in settings.LISTS:
        client = signed_in(desk, READERS.get(name, "aggregator"))
        answer = client.get(f"/lists/{name}.csv", asked(name, sides))
        assert answer.status_code == 200, name + re.sub("<[^>]*>|\\s+", " ", body(answer).decode())
        titles, rows, last = in_csv(answer)
        assert last == f"Số dòng: {len(rows)}"
        book = openpyxl.load_workbook(io.BytesIO(body(client.get(f"/lists/{name}.xlsx", asked(name, sides)))))
        sheet = book.active
        lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head = next(place for place, line in enumerate(lines) if line[0] == "STT")
        assert lines[head][1:] == titles, name
        assert [line[0] for line in lines[head + 1 :]] == list(range(1, len(rows) + 1)), name
        assert f"Số dòng: {len(rows)}" in [line[0] for line in lines[:head]]
        filled |= {name} if rows else set()
    assert set(settings.LISTS) - filled <= MAY_BE_EMPTY


def test_a_list_is_narrowed_as_its_page_is_and_says_so(desk: Desk) -> None:
    """The years, the words typed and the choice stand on the file; what matches nothing gives no row."""
    desk.open()
    desk.open(form="planned", decision_number="12/QĐ", decision_on=YESTERDAY)
    client, asked = signed_in(desk, "aggregator"), {"form": "planned", "year": str(YESTERDAY.year), "page": "7"}
    _titles, rows, _last = in_csv(client.get("/lists/inspections.csv", asked))
    assert [row[4] for row in rows] == ["12/QĐ"]
    sheet = openpyxl.load_workbook(io.BytesIO(body(client.get("/lists/inspections.xlsx", asked)))).active
    assert sheet["A3"].value == f"Điều kiện: Năm: {YESTERDAY.year}; Hình thức: Theo kế hoạch"
    assert in_csv(client.get("/lists/inspections.csv", {"q": "khong co"}))[1:] == ([], "Số dòng: 0")


def test_a_workbook_can_be_signed_printed_and_read(desk: Desk) -> None:
    """Title, who and when, the number; the head frozen and repeated; A4 across, one page wide; days are days."""
    desk.open()
    answer = signed_in(desk, "aggregator").get("/lists/inspections.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(body(answer))).active
    assert sheet["A1"].value == "Các cuộc kiểm tra"
    assert sheet["A2"].value.startswith(f"Người xuất: {desk.people['aggregator']}, lúc ")
    assert (sheet["A3"].value, sheet["A4"].value) == ("Điều kiện: không lọc", "Số dòng: 1")
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("C7", "$6:$6")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    opened, number = sheet["D7"], sheet["I7"]
    assert (opened.is_date, number.value, opened.font.name, opened.font.sz) == (True, 1, "Times New Roman", 12)


def test_what_people_type_is_never_run(desk: Desk) -> None:
    desk.open(title="=cmd|' /C calc'!A0")
    client = signed_in(desk, "aggregator")
    assert in_csv(client.get("/lists/inspections.csv"))[1][0][0].startswith("'=cmd|")
    sheet = openpyxl.load_workbook(io.BytesIO(body(client.get("/lists/inspections.xlsx")))).active
    assert (sheet["B7"].data_type, sheet["B7"].value[:5]) == ("s", "=cmd|")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_more_rows_ask_no_more_questions(desk: Desk, form: str) -> None:
    client = signed_in(desk, "aggregator")

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            body(client.get(f"/lists/inspections.{form}"))
        return len(questions)

    desk.open()
    asked()  # what is asked of a session once
    few = asked()
    for unit in ("commune", "second_commune", "other_commune"):
        desk.open(visits=[Planned(desk.units[unit], YESTERDAY, "short")])
    assert asked() == few


def test_rows_are_read_a_piece_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A CSV goes out while it is read, and nobody holds it whole."""
    monkeypatch.setattr("kycuong.sheets.listing.PIECE", 2)
    for _each in range(5):
        desk.open()
    answer = signed_in(desk, "aggregator").get("/lists/inspections.csv")
    assert answer.streaming
    pieces = list(answer.streaming_content)
    assert [piece.count(b"\r\n") for piece in pieces] == [1, 2, 2, 1, 2]
    sheet = openpyxl.load_workbook(
        io.BytesIO(body(signed_in(desk, "aggregator").get("/lists/inspections.xlsx")))
    ).active
    assert sheet.max_row == 6 + Inspection.objects.count()


def test_pages_offer_their_files_under_the_filters_of_the_page(desk: Desk, sides: Sides) -> None:
    """Every list has a page that leads to it: none is forgotten, none leads nowhere."""
    offered: set[str] = set()
    for who in ("aggregator", "system_admin", "unit_head"):
        if offered >= set(settings.LISTS) and not long_run():
            break  # what the others are offered besides is the same again
        client = signed_in(desk, who)
        pages = [address for address in addresses() if "<" not in address and not address.startswith("/api/")]
        pages += [f"/plans/{sides['own']['plan']}/", f"/self-checks/campaigns/{sides['own']['self_sent']}/"]
        pages += [f"{SelfCheck.objects.get(uid=sides['own']['self_done']).campaign.get_absolute_url()}gap/"]
        pages += ["/figures/visits/list/", f"/rounds/{sides['own']['round_open']}/"]
        for address in pages:
            answer = client.get(address, {"year": YESTERDAY.year})
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                found = re.findall(r'href="/lists/([a-z-]+)\.csv([^"]*)"', answer.content.decode())
                assert all(f"year={YESTERDAY.year}" in query for _name, query in found), address
                offered |= {name for name, _query in found}
    assert set(settings.LISTS) - offered == set()


def test_a_list_that_nobody_declared_is_said_to_be_missing(desk: Desk) -> None:
    client = signed_in(desk, "aggregator")
    assert client.get("/lists/secrets.csv").status_code == 404
    assert client.get("/lists/inspections.pdf").status_code == 404
    assert client.get("/lists/plan-items.csv", {"plan": "khong"}).status_code == 404
    assert client.get("/lists/units.csv", {"on": "31/02/2020"}).status_code == 422
    nul = {"list": "people", "query": "q=%00", "file": "csv"}
    assert signed_in(desk, "system_admin").post("/exports/new/", nul).status_code == 422


def test_the_command_line_and_the_api_give_the_same_rows(desk: Desk, tmp_path: Any) -> None:
    desk.open()
    page = body(signed_in(desk, "aggregator").get("/lists/inspections.csv"))
    assert body(signed_in(desk, "aggregator").get("/api/v1/lists/inspections", {"format": "csv"})) == page
    target = tmp_path / "cuoc.csv"
    call_command("list", "inspections", "--as", "aggregator", "-o", str(target))
    assert target.read_bytes() == page
    assert "inspections" in signed_in(desk, "aggregator").get("/api/v1/lists").json()["items"]


def files_of(person: Person, sides: Sides) -> dict[str, ListExport]:
    """A file in the background of every list that the person may open, each of which may be fetched now."""
    found = {}
    for name in settings.LISTS:
        try:
            export = ask_for_file(name, by=person, form="csv", asked=asked(name, sides))
        except (NotAllowed, Missing, BadInput):
            continue
        except RuleBroken:
            assert name in ("mine", "calendar")
            continue
        assert make_next()
        assert fetch(export, by=person).exists(), name
        found[name] = export
    return found


def refused(found: dict[str, ListExport]) -> bool:
    for name, export in found.items():
        try:
            fetch(export, by=export.person)
        except NotAllowed:
            continue
        pytest.fail(name)
    return True


def test_no_file_of_any_list_outlives_the_role_that_it_was_made_under(desk: Desk, sides: Sides) -> None:
    readers = {"aggregator", *READERS.values()}
    found = {who: files_of(desk.people[who], sides) for who in readers}
    assert {"mine", "calendar"} == set(settings.LISTS).difference(*found.values())
    for who in sorted(readers, key=lambda who: who == "system_admin"):  # who ends roles ends its own at last
        for role in Assignment.objects.filter(person=desk.people[who]):
            end_role(role, by=desk.people["system_admin"], on=today())
        assert refused(found[who])


def test_no_file_of_any_list_outlives_the_seat_that_it_was_made_with(desk: Desk, sides: Sides) -> None:
    """Even where the list would be the same without the seat: what else it shows nobody can tell of an old file."""
    head, gone = desk.people["team_head"], desk.outsider
    inspection = desk.open(team=[Seat(head, role=TeamRole.HEAD), Seat(gone)])
    found = files_of(gone, sides)
    assert {"inspections", "recommendations", "plans", "notices"} <= set(found)
    change_team(inspection, by=head, leaving={inspection.team.get(person=gone): "Chuyển công tác"})
    assert refused(found)


def test_a_list_that_is_never_made_beforehand_is_given_at_once_however_long(desk: Desk) -> None:
    set_rule(by=desk.people["aggregator"], valid_from=today(), at_once=1, days_kept=3)
    for _each in range(2):
        desk.signed()
    client = signed_in(desk, "aggregator")
    month = {"whose": "all", "month": f"{YESTERDAY:%Y-%m}"}
    assert len(in_csv(client.get("/lists/calendar.csv", month))[1]) > 1
    for address in ("/mine/", "/calendar/"):
        assert "/exports/new/" not in client.get(address).content.decode()
    assert client.get("/exports/new/", {"list": "mine", "file": "csv"}).status_code == 422


def test_filters_that_are_too_long_to_keep_are_said(desk: Desk) -> None:
    set_rule(by=desk.people["aggregator"], valid_from=today(), at_once=1, days_kept=3)
    desk.open()
    desk.open()
    client = signed_in(desk, "aggregator")
    for words, status in (("ế" * 200, 302), ("ế" * 300, 422)):
        answer = client.get("/lists/inspections.csv", {"else": words})
        assert answer.status_code == status
    assert "Điều kiện lọc dài" in answer.content.decode()
    asked_in_form = {"list": "inspections", "query": "else=" + "x" * 2000, "file": "csv"}
    assert "Điều kiện lọc dài" in client.post("/exports/new/", asked_in_form).content.decode()
