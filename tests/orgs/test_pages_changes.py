"""The pages of reorganisation: who may, what is shown before, that nothing happens unseen, and that nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import rename_unit
from kycuong.orgs.models import Reorganisation, Unit
from kycuong.orgs.queries import children_on, codes_on, names_on, parent_on
from kycuong.orgs.roles import ROLES
from kycuong.orgs.rules import Change
from tests.desk import ROLES as HELD
from tests.desk import Desk

Clients = Callable[[Any], Client]
DAY = date(2026, 1, 1)
COMMON = {"on": "01/01/2026", "document_number": "12/NQ-HĐND", "document_on": "20/12/2025", "title": ""}


@pytest.fixture
def client(desk: Desk, as_person: Clients) -> Client:
    return as_person(desk.people["aggregator"])


def words(answer: Any) -> str:
    """What a person reads in the page's main part."""
    text = answer.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def send(client: Client, change: str, /, **given: str) -> Any:
    return client.post(reverse("orgs:change", args=[change]), {**COMMON, **given})


def fingerprint(answer: Any) -> str:
    found = re.search(r'name="fingerprint"\s+value="(\w+)"', answer.content.decode())
    assert found, words(answer)
    return found[1]


def do(client: Client, change: str, /, **given: str) -> Any:
    """Preview, then apply."""
    before = Reorganisation.objects.count()
    shown = send(client, change, **given)
    assert Reorganisation.objects.count() == before, "a preview writes nothing"
    done = send(client, change, **given, fingerprint=fingerprint(shown))
    assert done.status_code == 302, words(done)
    return Reorganisation.objects.latest("pk")


def name(unit: Unit) -> str:
    return names_on([unit.pk], DAY)[unit.pk]


def test_create(client: Client, desk: Desk) -> None:
    made = do(client, "create", name="Xã Mới", kind="commune_pc", parent="huyen-dong", code="06250")
    unit = Unit.objects.get(slug="xa-moi")
    assert (name(unit), codes_on([unit.pk], DAY)[unit.pk], parent_on(unit, DAY)) == (
        "Xã Mới",
        "06250",
        desk.units["district"],
    )
    assert (made.document_number, made.document_on, made.effective_on) == ("12/NQ-HĐND", date(2025, 12, 20), DAY)
    assert made.carried_out_by == desk.people["aggregator"]


def test_rename_recode_and_move(client: Client, desk: Desk) -> None:
    unit = desk.units["commune"]
    do(client, "rename", unit=unit.slug, name="Xã Khác", kind="")
    assert name(unit) == "Xã Khác"
    do(client, "recode", unit=unit.slug, scheme="area", code="06111")
    assert codes_on([unit.pk], DAY) == {unit.pk: "06111"}
    do(client, "move", unit=unit.slug, to="huyen-tay")
    assert parent_on(unit, DAY) == desk.units["other_district"]


def test_merge_by_names_one_on_each_line(client: Client, desk: Desk) -> None:
    given = {"name": "Xã Chung", "kind": "commune_pc", "parent": "Huyện Đông", "code": "", "children": ""}
    do(client, "merge", units="Xã Hoàng Đồng\nxa binh minh\n", **given)
    assert [name(unit) for unit in children_on(desk.units["district"], DAY)] == ["Xã Chung"]


def test_absorb(client: Client, desk: Desk) -> None:
    do(client, "absorb", units="xa-hoang-dong", into="xa-binh-minh", children="")
    assert children_on(desk.units["district"], DAY) == [desk.units["second_commune"]]


def test_split_into_new_and_standing_ones(client: Client, desk: Desk) -> None:
    given = {"unit": "xa-hoang-dong", "new": "Xã Phần Một; 06301\n\n", "standing": "Xã Bình Minh", "children": ""}
    made = do(client, "split", **given)
    heirs = {row.successor.slug: row.whole for row in made.successions.all()}
    assert heirs == {"xa-phan-mot": False, "xa-binh-minh": False}
    new = Unit.objects.get(slug="xa-phan-mot")
    assert (parent_on(new, DAY), codes_on([new.pk], DAY)) == (desk.units["district"], {new.pk: "06301"})
    assert parent_on(desk.units["commune"], DAY) is None


def test_a_unit_that_gives_away_a_part_may_go_on(client: Client, desk: Desk) -> None:
    do(client, "split", unit="xa-hoang-dong", new="Xã Phần Một", standing="", keep="on", children="")
    assert len(children_on(desk.units["district"], DAY)) == 3


def test_dissolve_with_what_is_under_it(client: Client, desk: Desk) -> None:
    refused = send(client, "dissolve", unit="so-noi-vu", children="")
    assert refused.status_code == 422
    assert "Phòng Cải cách hành chính" in words(refused)
    do(client, "dissolve", unit="so-noi-vu", children="end")
    assert parent_on(desk.units["division"], DAY) is None


def test_the_preview_names_every_change_and_heir(client: Client, desk: Desk) -> None:
    text = words(send(client, "absorb", units="so-noi-vu", into="huyen-tay", children="pass_on"))
    assert "Chấm dứt Sở Nội vụ" in text
    assert "Phòng Cải cách hành chính: Sở Nội vụ → Huyện Tây" in text
    assert "Sở Nội vụ → Huyện Tây (toàn bộ)" in text


def test_the_preview_names_open_duties_and_who_takes_them(client: Client, desk: Desk) -> None:
    desk.visit()
    text = words(send(client, "absorb", units="xa-hoang-dong", into="xa-binh-minh", children=""))
    assert "Xã Hoàng Đồng, Huyện Đông lượt kiểm tra đang ghi 1 Xã Bình Minh, Huyện Đông" in text
    assert "vai trò đang giao (không tự chuyển: hãy cấp lại ở đơn vị kế thừa) 1 Xã Bình Minh" in text
    ended = words(send(client, "dissolve", unit="xa-hoang-dong", children=""))
    assert "không có đơn vị kế thừa; hãy xử lý xong trước ngày chấm dứt" in ended


def test_a_sealed_inspection_does_not_show_in_a_preview(client: Client, desk: Desk) -> None:
    desk.visit(sealed=True)
    assert "lượt kiểm tra" not in words(send(client, "dissolve", unit="xa-hoang-dong", children=""))


def test_nothing_is_done_when_the_world_has_changed_since(client: Client, desk: Desk) -> None:
    given = {"units": "xa-hoang-dong", "into": "xa-binh-minh", "children": ""}
    old = fingerprint(send(client, "absorb", **given))
    with at_the_machine():
        rename_unit(desk.units["commune"], by=None, on=date(2024, 1, 1), name="Xã Vừa Đổi Tên")
    before = Reorganisation.objects.count()
    answer = send(client, "absorb", **given, fingerprint=old)
    assert answer.status_code == 409
    assert Reorganisation.objects.count() == before
    text = words(answer)
    assert "Dữ liệu đã thay đổi từ lúc xem trước" in text
    assert "Things have changed since the preview" in text
    assert "Xã Vừa Đổi Tên" in text
    assert send(client, "absorb", **given, fingerprint=fingerprint(answer)).status_code == 302


def test_a_new_duty_is_a_changed_world(client: Client, desk: Desk) -> None:
    given = {"unit": "xa-hoang-dong", "children": ""}
    old = fingerprint(send(client, "dissolve", **given))
    desk.visit()
    assert send(client, "dissolve", **given, fingerprint=old).status_code == 409


def test_the_same_yes_twice_is_done_once(client: Client, desk: Desk) -> None:
    given = {"unit": "xa-hoang-dong", "children": ""}
    yes = fingerprint(send(client, "dissolve", **given))
    assert send(client, "dissolve", **given, fingerprint=yes).status_code == 302
    again = send(client, "dissolve", **given, fingerprint=yes)
    assert again.status_code == 422
    assert "đã chấm dứt" in words(again)


def test_mending_brings_back_what_was_typed(client: Client) -> None:
    page = send(client, "absorb", units="xa-hoang-dong", into="xa-binh-minh", children="", edit="1").content.decode()
    assert 'value="12/NQ-HĐND"' in page
    assert "xa-hoang-dong</textarea>" in page
    assert 'data-value="xa-binh-minh"' in page


FAULTS = [
    ("create", {"name": "", "kind": "commune_pc", "parent": "huyen-dong"}, "This is empty"),
    ("create", {"name": "X\0", "kind": "commune_pc", "parent": "huyen-dong"}, "ký tự rỗng"),
    ("create", {"name": "Xã A", "kind": "", "parent": "huyen-dong"}, "This is empty"),
    ("create", {"name": "Xã A", "kind": "commune_pc", "parent": "khong-co"}, "There is no unit"),
    ("create", {"name": "Xã A", "kind": "commune_pc", "parent": "huyen-dong", "on": "31/02/2020"}, "no such day"),
    ("create", {"name": "Xã A", "kind": "commune_pc", "parent": "huyen-dong", "on": "01/01/2014"}, "begins on 2015"),
    ("create", {"name": "Xã A", "kind": "commune_pc", "parent": "huyen-dong", "on": "01/01/0201"}, "Write a year"),
    ("create", {"name": "Xã A", "kind": "commune_pc", "parent": "huyen-dong", "code": "a b"}, "mã không dùng được"),
    ("rename", {"unit": "xa-hoang-dong", "name": "", "kind": ""}, "tên và loại không đổi"),
    ("move", {"unit": "huyen-dong", "to": "xa-hoang-dong"}, "cannot be its parent"),
    ("move", {"unit": "xa-hoang-dong", "to": "xa-hoang-dong"}, "cannot be its parent"),
    ("absorb", {"units": "xa-hoang-dong", "into": "xa-hoang-dong", "children": ""}, "which ends"),
    ("absorb", {"units": "xa-hoang-dong\nxa-hoang-dong", "into": "xa-binh-minh", "children": ""}, "named twice"),
    ("absorb", {"units": "xã", "into": "xa-binh-minh", "children": ""}, "Several units are called “xã”"),
    ("absorb", {"units": " \n ", "into": "xa-binh-minh", "children": ""}, "This is empty"),
    ("split", {"unit": "xa-hoang-dong", "new": "Xã Một", "standing": "", "children": ""}, "at least 2"),
    ("split", {"unit": "xa-hoang-dong", "new": "; 06301\nB", "standing": "", "children": ""}, "name is empty"),
    ("split", {"unit": "tinh-thu-nghiem", "new": "A\nB", "standing": "", "children": ""}, "at the top"),
    ("dissolve", {"unit": "xa-hoang-dong", "children": "", "on": "31/12/2014"}, "begins on 2015"),
]


IN_BOTH = [
    ({"name": "", "parent": "huyen-dong"}, "This is empty; fill it in.", "Ô này đang trống; hãy điền vào."),
    ({"parent": "huyen-dong", "on": "31/02/2020"}, "There is no such day;", "Ngày này không có trong lịch;"),
    ({"parent": "huyen-dong", "on": "01/01/0201"}, "Write a year from 1945", "Hãy viết năm từ 1945"),
    ({"parent": "xã"}, "Several units are called “xã”: Xã ", "“xã” là tên của nhiều đơn vị: Xã "),
    ({"parent": "khong-co"}, "There is no unit “khong-co”.", "Không tìm thấy đơn vị “khong-co”."),
]


@pytest.mark.parametrize(("given", "en", "vi"), IN_BOTH)
def test_a_fault_on_an_english_page_is_said_once_in_each_language(
    client: Client, given: dict[str, str], en: str, vi: str
) -> None:
    client.post("/ui/language/", {"language": "en"})
    text = send(client, "create", **({"name": "Xã A", "kind": "commune_pc"} | given)).content.decode()
    assert f"{en}" in text
    assert f'<span class="also-en" lang="vi">{vi}' in text
    assert f'<span class="also-en" lang="vi">{en}' not in text


@pytest.mark.parametrize(("kind", "given", "sentence"), FAULTS)
def test_each_fault_is_a_sentence_and_nothing_typed_is_lost(
    client: Client, kind: str, given: dict[str, str], sentence: str
) -> None:
    before = Reorganisation.objects.count()
    answer = send(client, kind, **given)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="12/NQ-HĐND"' in answer.content.decode()
    assert Reorganisation.objects.count() == before


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/units/change/rename/", "unit"),
        ("/plans/new/", "agency"),
        ("/inspections/new/", "lead"),
        ("/visits/new/", "unit"),
    ],
)
def test_a_unit_that_nobody_can_type_is_refused_on_the_form(client: Client, address: str, field: str) -> None:
    formset = {"visits-TOTAL_FORMS": "0", "visits-INITIAL_FORMS": "0"}
    assert client.post(address, {**formset, field: "a\0b"}).status_code == 422


def test_only_whoever_reorganises_there_may(desk: Desk, as_person: Clients) -> None:
    given = {"unit": "xa-hoang-dong", "children": ""}
    for role in HELD:
        may = "unit.reorganise" in ROLES[role].verbs
        client = as_person(desk.people[role])
        assert client.get(reverse("orgs:changes")).status_code == (200 if may else 403)
        answer = send(client, "dissolve", **given)
        assert answer.status_code == (200 if may else 403)
        assert ("Vai trò làm được" in words(answer)) is not may
        shows = reverse("orgs:change", args=["rename"]) in client.get("/units/xa-hoang-dong/").content.decode()
        assert shows is may


def test_a_role_below_does_not_reach_up(desk: Desk, as_person: Clients) -> None:
    with at_the_machine():
        grant_role(desk.outsider, by=None, role="aggregator", unit=desk.units["other_district"])
    client = as_person(desk.outsider)
    assert send(client, "dissolve", unit="xa-hoang-dong", children="").status_code == 403
    assert send(client, "dissolve", unit="huyen-tay", children="end").status_code == 403
    assert send(client, "dissolve", unit="xa-xa", children="").status_code == 200


@pytest.mark.parametrize("kind", list(Change))
def test_every_kind_has_its_page(client: Client, kind: str) -> None:
    answer = client.get(reverse("orgs:change", args=[kind]), {"unit": "xa-hoang-dong"})
    assert answer.status_code == 200
    assert "Ngày có hiệu lực" in words(answer)
    assert reverse("orgs:change", args=[kind]) in client.get(reverse("orgs:changes")).content.decode()


def test_there_is_no_other_kind(client: Client) -> None:
    assert client.get("/units/change/explode/").status_code == 404
