"""Units are found by what people type, and each hit says of which era it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client

from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, absorb_units, create_units, dissolve_unit, move_unit, rename_unit
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import search_units
from tests.desk import BEGIN, Desk

DAY = date(2020, 1, 1)


@pytest.fixture(autouse=True)
def machine(db: None) -> Iterator[None]:
    with at_the_machine():
        yield


@pytest.fixture
def more(desk: Desk) -> list[Unit]:
    """Units whose names are hard to find."""
    units = desk.units
    drafts = [
        Draft("Huyện Đình Lập", "district_pc", units["province"]),
        Draft("Xã Đình Lập", "commune_pc", units["district"]),
        Draft("Phòng Nội vụ", "division", units["district"]),
        Draft("Phòng Nội vụ", "division", units["other_district"]),
        Draft("Xã Quý Hòa", "commune_pc", units["district"]),
    ]
    return create_units(drafts, by=None, on=BEGIN).born


def labels(text: str, **options: object) -> list[str]:
    return [hit.label for hit in search_units(text, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed", ["dinh lap", "Đình Lập", "ĐÌNH  LẬP", unicodedata.normalize("NFD", "đình lập"), "din la"]
)
def test_accents_case_and_spelling_do_not_matter(more: list[Unit], typed: str) -> None:
    assert labels(typed) == ["Huyện Đình Lập", "Xã Đình Lập, Huyện Đông"]


@pytest.mark.parametrize("typed", ["so nv", "snv", "so noi vu", "sở nội vụ"])
def test_abbreviations_are_found(more: list[Unit], typed: str) -> None:
    assert labels(typed)[0] == "Sở Nội vụ"


@pytest.mark.parametrize("typed", ["quy hoa", "Quý Hoà", "quý hòa"])
def test_either_way_to_place_the_mark(more: list[Unit], typed: str) -> None:
    assert labels(typed) == ["Xã Quý Hòa, Huyện Đông"]


def test_homonyms_are_told_apart_by_what_is_over_them(more: list[Unit]) -> None:
    assert labels("phong noi vu")[:2] == ["Phòng Nội vụ, Huyện Đông", "Phòng Nội vụ, Huyện Tây"]
    assert labels("phong noi vu huyen tay") == ["Phòng Nội vụ, Huyện Tây"]
    assert len({hit.slug for hit in search_units("phong noi vu", limit=2)}) == 2


def test_a_word_of_the_parent_alone_is_not_enough(more: list[Unit]) -> None:
    assert "Xã Xa, Huyện Tây" not in labels("huyen tay")


def test_every_era_is_a_hit_and_says_when(desk: Desk) -> None:
    commune = desk.units["commune"]
    rename_unit(commune, by=None, on=DAY, name="Phường Tam Thanh")
    [old] = search_units("hoang dong")
    assert (old.label, old.era, old.is_past) == ("Xã Hoàng Đồng, Huyện Đông", "01/01/2015 – 31/12/2019", True)
    [new] = search_units("tam thanh")
    assert (new.era, new.is_past, new.unit_id) == ("từ 01/01/2020", False, old.unit_id)
    assert search_units("hoang dong", on=DAY) == []
    assert labels("hoang dong", on=date(2019, 12, 31)) == ["Xã Hoàng Đồng, Huyện Đông"]


def test_a_move_is_an_era_too(desk: Desk) -> None:
    move_unit(desk.units["commune"], by=None, on=DAY, to=desk.units["other_district"])
    assert {(hit.label, hit.era) for hit in search_units("hoang dong")} == {
        ("Xã Hoàng Đồng, Huyện Đông", "01/01/2015 – 31/12/2019"),
        ("Xã Hoàng Đồng, Huyện Tây", "từ 01/01/2020"),
    }


def test_what_exists_comes_before_what_is_gone(more: list[Unit], desk: Desk) -> None:
    district, commune, *_ = more
    absorb_units([district], by=None, on=DAY, into=desk.units["district"])
    assert [hit.unit_id for hit in search_units("dinh lap")] == [commune.pk, district.pk]


def test_only_the_kinds_asked_for_and_no_more_than_the_limit(more: list[Unit]) -> None:
    assert labels("dinh lap", kinds=["commune_pc"]) == ["Xã Đình Lập, Huyện Đông"]
    assert len(labels("xa", limit=2)) == 2


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "%", "_", "'; --", "\x00", "khong co gi", "a " * 500])
def test_nonsense_finds_nothing(desk: Desk, typed: str) -> None:
    assert search_units(typed) == []


def test_a_box_that_is_typed_into_offers_the_unit_that_is_called_so_first(
    desk: Desk, as_person: Callable[[Any], Client]
) -> None:
    """Past units that are called nearly so answer better than those that stand below it today, which push none of them before it."""
    drafts = [
        Draft(f"Xã {letter} Đông {number:02}", "commune_pc", desk.units["district"])
        for letter, last in (("Huyện", 7), ("Bình", 15))
        for number in range(1, last)
    ]
    for unit in create_units(drafts, by=None, on=BEGIN).born[:6]:
        dissolve_unit(unit, by=None, on=DAY)
    offered = as_person(desk.people["aggregator"]).get("/units/search/options/", {"q": "Huyện Đông"}).json()
    assert len(offered) == 12
    assert offered[0]["label"] == "Huyện Đông"
