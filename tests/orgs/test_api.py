"""GET /api/v1/units: any day, any kind, a search; one unit with its history; refusals as problem+json."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Document, Draft, merge_units, recode_unit, rename_unit
from tests.desk import BEGIN, Desk

DAY = date(2020, 1, 1)
Get = Callable[..., Any]


@pytest.fixture
def get(desk: Desk, as_person: Callable[[Any], Client]) -> Get:
    """An answer of the API to the unit head, of whom the organisation is no secret."""
    client = as_person(desk.people["unit_head"])
    return lambda path, **asked: client.get(f"/api/v1/{path}", asked)


@pytest.fixture
def reform(desk: Desk) -> None:
    """One name before, then the two communes of the district become one, which takes the code."""
    first, second = desk.units["commune"], desk.units["second_commune"]
    with at_the_machine():
        recode_unit(first, by=None, on=date(2016, 1, 1), code="05986")
        rename_unit(first, by=None, on=date(2018, 1, 1), name="Xã Hoàng Mới")
        into = Draft("Xã Liên Hoàng", "commune_pc", desk.units["district"], "05986")
        merge_units([first, second], by=None, on=DAY, into=into, document=Document(number="819/NQ"))


def slugs(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [line["slug"] for line in answer.json()["units"]]


def test_the_units_of_a_day(get: Get, reform: None) -> None:
    before, after = get("units", on="2019-12-31", kind="commune_pc"), get("units", on="2020-01-01", kind="commune_pc")
    assert slugs(before) == ["xa-binh-minh", "xa-hoang-dong", "xa-xa"]
    assert slugs(after) == ["xa-lien-hoang", "xa-xa"]
    line = before.json()["units"][1]
    assert (line["name"], line["code"], line["parent"]) == ("Xã Hoàng Mới", "05986", "huyen-dong")
    assert slugs(get("units", on="2014-12-31")) == []
    assert slugs(get("units"))[0] == "tinh-thu-nghiem"
    assert get("units", on="2019-12-31").json()["on"] == "2019-12-31"


def test_under_a_unit_and_searched(get: Get, reform: None) -> None:
    assert slugs(get("units", under="huyen-dong", on="2019-12-31")) == ["xa-binh-minh", "xa-hoang-dong"]
    assert slugs(get("units", under="05986@2019-12-31")) == []
    assert slugs(get("units", q="hoang")) == ["xa-lien-hoang"]
    assert slugs(get("units", q="xa", under="huyen-tay")) == ["xa-xa"]
    assert slugs(get("units", q="!!!")) == []


def test_pages_meet_without_gap_or_overlap(get: Get) -> None:
    every = slugs(get("units"))
    pages = [get("units", limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [slug for page in pages for slug in slugs(page)] == every
    assert {page.json()["total"] for page in pages} == {len(every)}


def test_a_unit_with_its_history(get: Get, desk: Desk, reform: None) -> None:
    unit = desk.units["commune"]
    answers = [get(f"units/{text}").json() for text in ("xa-hoang-dong", str(unit.uid), "05986@2019-12-31")]
    assert answers[0] == answers[1] == answers[2]
    told = answers[0]
    assert (told["name"], told["exists"], told["past_names"]) == ("Xã Hoàng Mới", False, ["Xã Hoàng Đồng"])
    assert [(row["name"], row["valid_from"], row["valid_to"]) for row in told["versions"]] == [
        ("Xã Hoàng Đồng", str(BEGIN), "2018-01-01"),
        ("Xã Hoàng Mới", "2018-01-01", "2020-01-01"),
    ]
    assert told["versions"][0]["formal_name"] == "UBND xã Hoàng Đồng"
    assert told["codes"] == [{"scheme": "area", "value": "05986", "valid_from": "2016-01-01", "valid_to": "2020-01-01"}]
    [heir] = told["successors"]
    assert (heir["slug"], heir["change"], heir["on"]) == ("xa-lien-hoang", "merge", "2020-01-01")
    assert (heir["whole"], heir["document"]) == (True, "819/NQ")
    assert told["predecessors"] == []
    new = get("units/05986@2020-01-01").json()
    assert {row["slug"] for row in new["predecessors"]} == {"xa-hoang-dong", "xa-binh-minh"}
    assert {row["name"] for row in new["predecessors"]} == {"Xã Hoàng Mới", "Xã Bình Minh"}
    assert (new["exists"], new["versions"][0]["valid_to"], new["parent"]["slug"]) == (True, None, "huyen-dong")


def test_children_of_a_day(get: Get, reform: None) -> None:
    before, after = (get("units/huyen-dong", on=day).json()["children"] for day in ("2019-12-31", "2020-01-01"))
    assert [child["name"] for child in before] == ["Xã Bình Minh", "Xã Hoàng Mới"]
    assert [child["name"] for child in after] == ["Xã Liên Hoàng"]


@pytest.mark.parametrize(
    ("path", "asked", "words"),
    [
        ("units/xa-hoang", {}, "Có phải: xa-hoang-dong"),
        ("units/05986@hom-qua", {}, "không phải ngày"),
        ("units/05986@2019-01-01", {}, "Không đơn vị nào mang mã"),
        ("units/huyen-dong", {"on": "1/1/2020"}, "không phải ngày"),
        ("units", {"on": "30/4/2019"}, "không phải ngày"),
        ("units", {"kind": "team"}, "không phải một trong"),
        ("units", {"under": "khong-co"}, "Không tìm thấy đơn vị"),
        ("units", {"limit": "0"}, "limit"),
        ("units", {"offset": "-1"}, "offset"),
        ("units", {"q": "x" * 300}, "q"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_in_two_languages(
    get: Get, path: str, asked: dict[str, str], words: str
) -> None:
    answer = get(path, **asked)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert words in answer.json()["detail"]
    assert answer.json()["detail_en"]


def test_strangers_get_nothing(desk: Desk) -> None:
    for path in ("units", "units/so-noi-vu"):
        assert Client().get(f"/api/v1/{path}").status_code == 401
