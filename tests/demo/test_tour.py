"""The tour: one row for each statement of 2019, its list one step away, and this year's figures that a visit moves."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.demo.accounts import ACCOUNTS, DEMO_PASSWORD
from kycuong.demo.statements import STATEMENTS
from tests.english_pages import Data, vietnamese

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stages")]
Clients = Callable[[str], Client]
MOST_QUERIES = {"/figures/": 56, "/tour/": 142}
"""On the whole demonstration; the tour asks twenty questions, each of a dozen texts."""
NAMED = re.compile(r"UBND huyện (Đình Lập|Chi Lăng|Cao Lộc)|Sở Nội vụ")
"""Authorities stand by their names in sentences in English, too."""
BY_NAME = {statement.key: statement for statement in STATEMENTS}


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def rows_of(client: Client) -> dict[str, Any]:
    return {row.statement.key: row for row in client.get("/tour/").context["rows"]}


def test_every_statement_has_a_row_that_agrees(client_of: Clients) -> None:
    answer = client_of("lanhdao").get("/tour/")
    rows = answer.context["rows"]
    assert [row.statement.key for row in rows] == list(BY_NAME)
    assert all(row.holds for row in rows)
    assert answer.context["agreeing"] == len(STATEMENTS)
    for row in rows:
        assert f"«{row.statement.said}»" in text_of(answer)
        assert row.definition in text_of(answer)


def test_every_row_leads_to_its_list_and_its_page(client_of: Clients) -> None:
    client = client_of("lanhdao")
    for row in rows_of(client).values():
        listed, page = client.get(row.list_url), client.get(row.page_url)
        assert (listed.status_code, page.status_code) == (200, 200)
        assert listed.context["page"].paginator.count > 0
        assert page.context["asked"].scope.slug == row.statement.scope


def test_rows_tell_what_stands_behind_the_round_words(client_of: Clients) -> None:
    rows = rows_of(client_of("lanhdao"))
    assert rows["plans-issued"].missing == "Ban Dân tộc"
    assert rows["cao-loc"].target.replace("\u00a0", " ") == "100 %"
    assert "cải cách hành chính" in rows["so-noi-vu"].topics.lower()
    whole = rows["first-months-2019"]
    assert whole.double_counted > 0
    assert whole.sum_of_leads - whole.double_counted == 197


def test_on_the_organisation_of_today_districts_have_heirs(client_of: Clients) -> None:
    rows = rows_of(client_of("lanhdao"))
    assert rows["year-2018"].restated.number not in ("", "296")
    assert rows["year-2018"].restated.flagged > 0
    assert rows["plans-issued"].restated.number == rows["plans-issued"].number
    assert rows["plans-issued"].restated.flagged == 0
    assert rows["dinh-lap"].restated.number == ""
    assert "Xã Đình Lập" in rows["dinh-lap"].restated.heirs


def test_what_is_said_to_have_happened_three_times_did(client_of: Clients) -> None:
    answer = client_of("lanhdao").get("/tour/")
    assert len(answer.context["stages"]) == 1 + 3
    assert "cấp xã đã sắp xếp ba lần" in text_of(answer)


def test_the_communes_of_each_stage(client_of: Clients) -> None:
    stages = client_of("lanhdao").get("/tour/").context["stages"]
    assert [stage.communes for stage in stages] == [226, 200, 194, 65]


def test_setting_out_opens_a_surprise_visit_and_remembers_the_figures(client_of: Clients) -> None:
    client = client_of("tonghop")
    before = {one.label: one.now for one in client.get("/tour/").context["live"]}
    answer = client.post("/tour/start/")
    assert re.fullmatch(r"/visits/new/\?form=surprise&unit=(xa|phuong)-[a-z0-9-]+", answer["Location"])
    tour = client.get("/tour/")
    assert {one.label: one.before for one in tour.context["live"]} == before
    assert not tour.context["has_moved"]
    assert "chưa số nào đổi" in text_of(tour)
    client.post("/tour/forget/")
    assert not client.get("/tour/").context["begun"]


def test_those_who_may_not_see_or_record_are_told_who_may(client_of: Clients) -> None:
    assert "đăng nhập bằng «tonghop»" in text_of(client_of("lanhdao").get("/tour/"))
    assert "«tonghop»" in text_of(client_of("quantri").get("/tour/"))
    assert client_of("quantri").post("/tour/start/").status_code == 403
    part = client_of("truongdoan").get("/tour/")
    assert not part.context["whole"]
    assert [row.statement.key for row in part.context["rows"]] == ["so-noi-vu"]


@pytest.mark.parametrize(("who", "scope"), [("truongdoan", "so-noi-vu"), ("daumoi", "xa-dong-dang")])
def test_who_records_for_one_agency_moves_the_figures_of_that_agency(client_of: Clients, who: str, scope: str) -> None:
    client = client_of(who)
    tour = client.get("/tour/")
    assert tour.context["asked"].scope.slug == scope
    assert all(f"scope={scope}" in one.url for one in tour.context["live"])
    assert re.fullmatch(r"/visits/new/\?form=surprise&unit=[a-z0-9-]+", client.post("/tour/start/")["Location"])
    assert client.get("/tour/").context["begun"]


@pytest.mark.parametrize("who", ["thanhvien", "thutruong", "vanthu", "quantri"])
def test_who_neither_sees_the_province_nor_signs_has_nothing_to_move(client_of: Clients, who: str) -> None:
    client = client_of(who)
    assert not client.get("/tour/").context["live"]
    assert client.post("/tour/start/").status_code == 403


def test_the_sign_in_page_offers_every_account_and_leads_to_the_tour(client_of: Clients) -> None:
    page = Client().get("/sign-in/?next=/").content.decode()
    assert re.findall(r'name="login" value="(\w+)"', page) == [one.username for one in ACCOUNTS]
    assert set(re.findall(r'name="next" value="([^"]+)"', page.split("demo-accounts")[1])) == {"/tour/"}
    answer = Client().post("/sign-in/", {"login": "tonghop", "password": DEMO_PASSWORD, "next": "/tour/"})
    assert answer["Location"] == "/tour/"


@pytest.mark.parametrize("address", MOST_QUERIES)
def test_a_page_asks_few_questions_of_the_database(client_of: Clients, address: str) -> None:
    client = client_of("lanhdao")
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    assert len(queries) <= MOST_QUERIES[address]


def test_the_tour_is_english_where_the_reader_is(client_of: Clients) -> None:
    client = client_of("lanhdao")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    body = client.get("/tour/").content.decode()
    assert '<html lang="en"' in body
    left = [one for one in vietnamese(body, Data(set())) if not NAMED.search(one)]
    assert left == []
    assert "nearly 200" in body
