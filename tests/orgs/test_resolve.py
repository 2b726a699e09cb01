"""An address, a uid or a code on a day mean one unit, or a sentence says what to write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from kycuong.core.ids import uuid7
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, absorb_units, create_unit, recode_unit
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import resolve_unit
from kycuong.orgs.rules import Scheme
from tests.desk import BEGIN, Desk

DAY = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def machine(db: None) -> Iterator[None]:
    with at_the_machine():
        yield


@pytest.fixture
def reused(desk: Desk) -> tuple[Unit, Unit]:
    """A code that goes on to a unit of another name on the day its bearer ends."""
    first = Draft("Xã Cũ", "commune_pc", desk.units["district"], "05986")
    old = create_unit(first, by=None, on=BEGIN).born[0]
    absorb_units([old], by=None, on=DAY, into=desk.units["commune"])
    second = Draft("Phường Mới", "commune_pc", desk.units["province"], "05986")
    return old, create_unit(second, by=None, on=DAY).born[0]


def test_address_and_uid(desk: Desk) -> None:
    commune = desk.units["commune"]
    for text in ("xa-hoang-dong", "  xa-hoang-dong ", str(commune.uid), str(commune.uid).upper(), commune.uid.hex):
        assert resolve_unit(text) == commune


def test_a_reused_code_means_its_bearer_of_the_day(reused: tuple[Unit, Unit]) -> None:
    old, new = reused
    assert resolve_unit(f"05986@{BEGIN}") == old
    assert resolve_unit(f"05986@{DAY - timedelta(days=1)}") == old
    assert resolve_unit(f"05986@{DAY}") == new
    with pytest.raises(BadInput, match="Mã này từng thuộc: xa-cu .*, phuong-moi"):
        resolve_unit("05986@2014-12-31")


def test_one_code_in_two_schemes_is_asked_never_guessed(reused: tuple[Unit, Unit], desk: Desk) -> None:
    recode_unit(desk.units["district"], by=None, on=DAY, code="05986", scheme=Scheme.LOCAL)
    with pytest.raises(BadInput, match="thuộc nhiều đơn vị .* hãy ghi địa chỉ: huyen-dong, phuong-moi") as refused:
        resolve_unit(f"05986@{DAY}")
    assert "several units" in refused.value.en


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("05986", "Có phải: phuong-moi .*, xa-cu"),
        ("hoang dong", "Có phải: xa-hoang-dong"),
        ("Xã Hoàng Đồng", "Có phải: xa-hoang-dong"),
        ("xa-hoang-dongg", "Có phải: "),
        ("05986@1/7/2025", "“1/7/2025” không phải ngày"),
        ("05986@", "“” không phải ngày"),
        ("99999@2025-07-01", "Không đơn vị nào mang mã 99999"),
        ("zzz", "Hãy ghi địa chỉ"),
        ("", "Không tìm thấy đơn vị “”"),
        ("x" * 5000, "Không tìm thấy đơn vị “xxx"),
        ("\x00", "Không tìm thấy"),
        ("\x00@2025-07-01", "Không"),
    ],
)
def test_what_means_no_unit_is_answered_with_what_comes_near(reused: tuple[Unit, Unit], text: str, words: str) -> None:
    with pytest.raises(BadInput, match=words) as refused:
        resolve_unit(text)
    assert refused.value.en
    assert len(refused.value.vi) < 400


def test_an_unknown_uid_and_a_stranger(desk: Desk) -> None:
    with pytest.raises(BadInput):
        resolve_unit(str(uuid7()))
    assert resolve_unit("so-noi-vu", person=desk.people["nobody"]) == desk.units["department"]
    for text in ("so-noi-vu", str(desk.units["department"].uid)):
        with pytest.raises(BadInput):
            resolve_unit(text, person=AnonymousUser())
