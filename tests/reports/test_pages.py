"""The pages of figures answer whatever an address may hold: with the numbers, or with a sentence, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.orgs.models import Person
from tests.desk import Desk

Clients = Callable[[Any], Client]
QUARTER = {"scope": "u3", "from": "2019-01-01", "to": "2019-03-31"}
MOST_QUERIES = 55  # among them one for each capability that has an entry in the menu
"""For the first page, whatever the number of rows: who asks, the figures of two years, the province at a glance."""


@pytest.fixture
def client(leader: Person, as_person: Clients) -> Client:
    return as_person(leader)


def text_of(answer: Any) -> str:
    """What a person reads."""
    bare = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(bare))


@pytest.mark.parametrize(
    ("wrong", "sentence", "kept"),
    [
        ({"scope": "nowhere"}, "Không tìm thấy đơn vị “nowhere”", "nowhere"),
        ({"scope": "x\0y"}, "ký tự rỗng (NUL)", None),
        ({"from": "31/02/2019"}, "không có trong lịch", "31/02/2019"),
        ({"from": "2019-02-31"}, "không có trong lịch", "2019-02-31"),
        ({"to": "hôm qua"}, "không có trong lịch", "hôm qua"),
        ({"from": "01/05/2019", "to": "30/04/2019"}, "01/05/2019 sau ngày cuối kỳ 30/04/2019", "01/05/2019"),
        ({"from": "01/01/0001"}, "Năm 1 nằm ngoài phạm vi", "01/01/0001"),
        ({"restated": "32/13/2020"}, "không có trong lịch", "32/13/2020"),
        ({"restated": "01/01/0001"}, "nằm ngoài phạm vi", "01/01/0001"),
        ({"view": "owner"}, "Không có cách nhìn «owner»", None),
        ({"part": "Q9", "year": "2019"}, "Không có kỳ «Q9»", "2019"),
        ({"part": "Q1", "year": "20x9"}, "Gõ năm bằng bốn chữ số", "20x9"),
        ({"part": "Q1", "year": "99999"}, "nằm ngoài phạm vi", "99999"),
        ({"period": "2019-Q7", "from": "", "to": ""}, "Không hiểu kỳ «2019-Q7»", None),
    ],
    ids=str,
)
def test_what_cannot_be_understood_is_told_and_stays(
    client: Client, wrong: dict[str, str], sentence: str, kept: str | None
) -> None:
    answer = client.get("/figures/", {**QUARTER, **wrong})
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    if kept:
        assert f'value="{kept}"' in answer.content.decode()


@pytest.mark.parametrize("address", ["/figures/visits/list/", "/figures/print/"])
def test_a_fault_in_another_address_is_mended_on_the_page_of_figures(client: Client, address: str) -> None:
    answer = client.get(address, {**QUARTER, "from": "31/02/2019"}, follow=True)
    assert answer.status_code == 422
    assert 'value="31/02/2019"' in answer.content.decode()
    assert "không có trong lịch" in text_of(answer)


def test_a_file_of_a_faulty_question_is_refused_in_words(client: Client) -> None:
    answer = client.get("/lists/figure.csv", {**QUARTER, "figure": "visits", "to": "31/02/2019"})
    assert answer.status_code == 422
    assert "không có trong lịch" in text_of(answer)


@pytest.mark.parametrize(
    "address", ["/figures/visit/list/", "/figures/same_period_last_year/list/", "/lists/figure.csv"]
)
def test_an_unknown_list_is_not_found_and_says_where_lists_are(client: Client, address: str) -> None:
    answer = client.get(address, QUARTER)
    assert answer.status_code == 404
    assert "Hãy mở danh sách từ trang số liệu" in text_of(answer)


def test_an_unknown_kind_of_file_says_which_there_are(client: Client) -> None:
    answer = client.get("/lists/figure.pdf", QUARTER)
    assert answer.status_code == 404
    assert "xlsx hoặc csv" in text_of(answer)


@pytest.mark.parametrize("page", ["abc", "0", "-1", "2", "99999999999", "٣", ""])
def test_a_page_that_is_not_there_is_told_and_the_first_one_shown(client: Client, page: str) -> None:
    answer = client.get("/figures/visits/list/", {**QUARTER, "page": page})
    assert answer.status_code == 200
    assert f"Không có trang «{page}»" in text_of(answer) or not page
    assert answer.context["page"].number == 1
    assert len(answer.context["lines"]) == 2


def test_a_part_that_is_not_there_is_told(client: Client) -> None:
    for name, status in (("visits", 422), ("findings_by_group", 200)):
        answer = client.get(f"/figures/{name}/list/", {**QUARTER, "key": "banana"})
        assert answer.status_code == status
        assert "không có phần «banana»" in text_of(answer)
    for address in ("/figures/visits/list/", "/lists/figure.csv"):
        assert client.get(address, {**QUARTER, "figure": "visits", "key": "a\0"}).status_code == 422


def test_the_box_of_units_offers_only_what_one_may_see(desk: Desk, as_person: Clients) -> None:
    client = as_person(desk.people["coordinator"])
    offered = {found["value"] for found in client.get("/figures/scopes/", {"q": "xa"}).json()}
    assert offered == {"xa-hoang-dong", "xa-binh-minh"}


@pytest.mark.parametrize("address", ["/figures/", "/figures/print/", "/figures/visits/list/", "/lists/figure.xlsx"])
def test_figures_elsewhere_are_refused_with_the_reason(client: Client, address: str) -> None:
    answer = client.get(address, {**QUARTER, "figure": "visits", "scope": "u1"})
    assert answer.status_code == 403
    assert "figures.see" in answer.content.decode() or "quyền" in text_of(answer)


@pytest.mark.parametrize("address", ["/figures/", "/figures/print/", "/figures/visits/list/", "/lists/figure.csv"])
def test_nobody_is_asked_to_sign_in(small: Any, address: str) -> None:
    answer = Client().get(address, QUARTER)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/?next=")


def test_a_person_without_figures_is_told_what_to_do(small: Any, as_person: Clients) -> None:
    nobody = as_person(Person.objects.create(username="nobody", full_name="Chưa có vai trò"))
    assert "không xem số liệu" in text_of(nobody.get("/figures/"))
    assert nobody.get("/figures/visits/list/").status_code == 403


def test_the_form_leads_to_an_address_that_gives_the_same_again(client: Client) -> None:
    asked = {
        "scope": "u3",
        "part": "dates",
        "from": "01/01/2019",
        "to": "31/03/2019",
        "view": "lead",
        "restated": "31/12/2019",
    }
    answer = client.get("/figures/", asked)
    assert answer.status_code == 302
    first, again = client.get(answer["Location"]), client.get(answer["Location"])
    assert first.context["asked"] == again.context["asked"]
    assert first.context["figures"] == again.context["figures"]
    assert "view=lead" in answer["Location"]
    assert "restated=2019-12-31" in answer["Location"]
    for name in ("from", "to", "restated"):
        assert f'value="{asked[name]}"' in first.content.decode()


def test_a_named_period_keeps_its_name_in_the_address(client: Client) -> None:
    answer = client.get("/figures/", {"scope": "u3", "part": "nd09:Q1", "year": "2019"})
    assert answer["Location"] == "/figures/?scope=u3&period=nd09%3A2019-Q1"
    assert "15/12/2018" in text_of(client.get(answer["Location"]))


def test_the_sheet_for_paper_holds_the_numbers_and_how_to_get_them_again(client: Client) -> None:
    page, sheet = client.get("/figures/", QUARTER), client.get("/figures/print/", QUARTER)
    assert sheet.context["figures"] == page.context["figures"]
    assert "./run figures --scope u3 --from 2019-01-01 --to 2019-03-31" in text_of(sheet)
    for card in page.context["head_cards"]:
        assert card.definition in text_of(sheet)


def test_the_first_page_asks_few_questions_of_the_database(client: Client) -> None:
    client.get("/figures/", QUARTER)
    with CaptureQueriesContext(connection) as queries:
        client.get("/figures/", QUARTER)
    assert len(queries) <= MOST_QUERIES


def test_without_the_demonstration_there_is_no_tour(client: Client) -> None:
    answer = client.get("/tour/")
    assert answer.status_code == 404
    assert "./run load demo" in text_of(answer)
    assert "Hành trình" not in text_of(client.get("/figures/"))
