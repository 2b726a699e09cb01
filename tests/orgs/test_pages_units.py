"""The pages of units: one unit, the tree on any day, its list as a file, search."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Document, Draft, create_unit, merge_units, move_unit, recode_unit, rename_unit
from kycuong.orgs.models import Unit
from tests.desk import Desk

Clients = Callable[[Any], Client]
RENAMED, MERGED = date(2018, 3, 1), date(2020, 1, 1)
DECISION = Document(number="818/NQ-UBTVQH14", on=date(2019, 11, 21))


@pytest.fixture
def client(desk: Desk, as_person: Clients) -> Client:
    return as_person(desk.people["leader"])


@pytest.fixture
def history(desk: Desk) -> Unit:
    """The commune is renamed in 2018 and merged with its neighbour in 2020; the new unit is the answer."""
    one, two = desk.units["commune"], desk.units["second_commune"]
    with at_the_machine():
        recode_unit(one, by=None, on=date(2016, 1, 1), code="05986")
        rename_unit(one, by=None, on=RENAMED, name="Xã Hoàng Mới", document=Document(number="7/QĐ-UBND"))
        into = Draft("Xã Liên Hoàng", "commune_pc", desk.units["district"], "05986")
        return merge_units([one, two], by=None, on=MERGED, into=into, document=DECISION).born[0]


def words(answer: Any) -> str:
    """What a person reads in the page's main part."""
    text = answer.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def test_a_unit_tells_its_names_codes_and_documents(client: Client, desk: Desk, history: Unit) -> None:
    text = words(client.get(desk.units["commune"].get_absolute_url(), {"on": "31/12/2019"}))
    assert "UBND xã Hoàng Mới · UBND cấp xã · mã 05986" in text
    assert "Tỉnh Thử Nghiệm › Huyện Đông" in text
    assert "Xã Hoàng Đồng UBND cấp xã 01/01/2015 28/02/2018" in text
    assert "Đổi tên Xã Hoàng Đồng thành Xã Hoàng Mới – 7/QĐ-UBND" in text
    assert "05986 Mã đơn vị hành chính (Tổng cục Thống kê) 01/01/2016 31/12/2019" in text


def test_kin_are_links_in_both_directions(client: Client, desk: Desk, history: Unit) -> None:
    old = client.get(desk.units["commune"].get_absolute_url()).content.decode()
    assert f'<a href="{history.get_absolute_url()}">Xã Liên Hoàng</a>' in old
    new = client.get(history.get_absolute_url())
    for key in ("commune", "second_commune"):
        assert f'<a href="{desk.units[key].get_absolute_url()}">' in new.content.decode()
    assert "Hình thành từ Xã Bình Minh 01/01/2020, 818/NQ-UBTVQH14" in words(new)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("31/12/2014", "Ngày 31/12/2014 đơn vị chưa có; đơn vị có từ 01/01/2015"),
        ("01/01/2020", "Ngày 01/01/2020 đơn vị đã chấm dứt; ngày cuối là 31/12/2019"),
    ],
)
def test_a_day_outside_its_life_is_said(client: Client, desk: Desk, history: Unit, on: str, said: str) -> None:
    assert said in words(client.get(desk.units["commune"].get_absolute_url(), {"on": on}))


def test_a_unit_stands_where_it_stood_that_day(client: Client, desk: Desk) -> None:
    with at_the_machine():
        move_unit(desk.units["commune"], by=None, on=MERGED, to=desk.units["other_district"])
    address = desk.units["commune"].get_absolute_url()
    assert "Tỉnh Thử Nghiệm › Huyện Đông" in words(client.get(address, {"on": "31/12/2019"}))
    assert "Tỉnh Thử Nghiệm › Huyện Tây" in words(client.get(address, {"on": "01/01/2020"}))


def test_units_below_are_those_of_the_day(client: Client, desk: Desk, history: Unit) -> None:
    address = desk.units["district"].get_absolute_url()
    link = f'href="{desk.units["commune"].get_absolute_url()}?on='
    assert link in client.get(address, {"on": "2019-12-31"}).content.decode()
    assert link not in client.get(address, {"on": "2020-01-01"}).content.decode()


def test_a_unit_leads_to_its_figures(client: Client, desk: Desk) -> None:
    page = client.get(desk.units["district"].get_absolute_url()).content.decode()
    assert f'{reverse("reports:figures")}?scope={desk.units["district"].slug}"' in page


@pytest.mark.parametrize("wrong", ["31/02/2020", "hôm qua", "0001-01-01", "x\0y"])
@pytest.mark.parametrize("name", ["units", "search", "unit"])
def test_a_wrong_day_is_a_sentence_and_stays_in_its_box(client: Client, desk: Desk, name: str, wrong: str) -> None:
    address = desk.units["district"].get_absolute_url() if name == "unit" else reverse(f"orgs:{name}")
    answer = client.get(address, {"on": wrong})
    assert answer.status_code == 422
    if "\0" not in wrong:
        assert "write day/month/year" in words(answer) or "Write a year" in words(answer)
        assert f'value="{wrong}"' in answer.content.decode()


def test_nobody_knows_an_unknown_unit(client: Client) -> None:
    assert client.get("/units/khong-co/").status_code == 404


def test_the_tree_and_its_counts_are_those_of_the_day(client: Client, desk: Desk, history: Unit) -> None:
    before = words(client.get(reverse("orgs:units"), {"on": "31/12/2019"}))
    after = words(client.get(reverse("orgs:units"), {"on": "01/01/2020"}))
    assert "UBND cấp xã 3" in before
    assert "Tất cả 8" in before
    assert "Xã Hoàng Mới" in before
    assert "UBND cấp xã 2" in after
    assert "Tất cả 7" in after
    assert "Xã Liên Hoàng" in after
    assert "Xã Hoàng Mới" not in after
    assert "chưa ghi nhận đơn vị nào" in words(client.get(reverse("orgs:units"), {"on": "01/01/1990"}))


def test_the_list_of_a_day_is_a_workbook_and_csv(client: Client, desk: Desk, history: Unit) -> None:
    with at_the_machine():
        create_unit(Draft("=1+1", "division", desk.units["department"]), by=None, on=MERGED)
    answer = client.get("/lists/units.xlsx", {"on": "2020-01-01"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]
    rows = [row[1:] for row in sheet.iter_rows(values_only=True)]
    assert ("Xã Liên Hoàng", "UBND xã Liên Hoàng", "UBND cấp xã", "Huyện Đông", "05986", 0, history.slug) in rows
    assert len([row for row in rows if row[6]]) == 1 + 8
    csv = client.get("/lists/units.csv", {"on": "2019-12-31"}).getvalue().decode("utf-8-sig")
    assert "Xã Hoàng Mới,UBND xã Hoàng Mới,UBND cấp xã,Huyện Đông,05986,0," in csv
    later = client.get("/lists/units.csv", {"on": "2020-01-01"}).getvalue().decode("utf-8-sig")
    assert "\r\n'=1+1," in later


def test_search_says_of_which_era_a_name_is(client: Client, history: Unit) -> None:
    text = words(client.get(reverse("orgs:search"), {"q": "hoang dong"}))
    assert "Xã Hoàng Đồng Huyện Đông UBND cấp xã tên cũ đến 01/03/2018" in text
    now = words(client.get(reverse("orgs:search"), {"q": "lien hoang"}))
    assert "Xã Liên Hoàng Huyện Đông UBND cấp xã từ 01/01/2020 đến nay" in now
    assert "tên cũ" not in now.partition("Thời kỳ")[2]


def test_homonyms_differ_by_what_they_belong_to(client: Client, desk: Desk) -> None:
    with at_the_machine():
        draft = Draft("Xã Bình Minh", "commune_pc", desk.units["other_district"])
        create_unit(draft, by=None, on=MERGED)
    text = words(client.get(reverse("orgs:search"), {"q": "binh minh"}))
    assert "Xã Bình Minh Huyện Đông" in text
    assert "Xã Bình Minh Huyện Tây" in text
    assert words(client.get(reverse("orgs:search"), {"q": "binh minh", "on": "31/12/2019"})).count("Xã Bình Minh") == 1


def test_search_answers_abbreviations_and_nothing(client: Client) -> None:
    assert "Sở Nội vụ" in words(client.get(reverse("orgs:search"), {"q": "so nv"}))
    assert "Không tìm thấy đơn vị nào" in words(client.get(reverse("orgs:search"), {"q": "zzz"}))


def test_boxes_offer_units_of_today_first(client: Client, desk: Desk, history: Unit) -> None:
    found = client.get(reverse("orgs:options"), {"q": "hoang"}).json()
    assert [one["value"] for one in found] == [history.slug, desk.units["commune"].slug]
    assert client.get(reverse("orgs:options"), {"q": "%_'"}).json() == []


def test_the_menu_leads_here(client: Client) -> None:
    assert 'href="/units/" aria-current="page"' in re.sub(r"\s+", " ", client.get("/units/").content.decode())
