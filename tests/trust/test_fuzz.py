"""The targets of fuzzing hold over their beginnings and over plain damage; and each target can fail (tests/trust/fuzz.py)."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from kycuong.field.rules import ops as field_ops
from kycuong.field.rules import values as field_values
from kycuong.files import decoder
from kycuong.papers import vetting
from kycuong.sheets import preflight
from tests.budget import long_run
from tests.desk import Desk
from tests.trust import fuzz_targets
from tests.trust.fuzz import TARGETS
from tests.trust.fuzz_queries import ADDRESSES, asking
from tests.trust.fuzz_seeds import seeds

TIMES = 40 if long_run() else 3


def damage(data: bytes, chance: random.Random) -> bytes:
    """A few bytes turned, taken away, or put in."""
    found = bytearray(data)
    for _each in range(chance.randrange(1, 5)):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(3):
            case 0 if at < len(found):
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                del found[at : at + chance.randrange(1, 9)]
            case _:
                found[at:at] = chance.choice([b"\0", b"[", b'"', b"9" * 30, b"\xff", b"<a>", b"&x;"])
    return bytes(found)


def inputs(name: str) -> Iterator[bytes]:
    chance = random.Random(name)
    for seed in seeds(name):
        yield seed
        yield from (damage(seed, chance) for _each in range(TIMES))


@pytest.mark.look
@pytest.mark.parametrize("name", [name for name in TARGETS if name != "queries"])
def test_each_reader_holds_over_its_beginnings_and_damage(name: str) -> None:
    assert all_of(name) > 10


def all_of(name: str) -> int:
    """How many there were."""
    target, given = getattr(fuzz_targets, name), list(inputs(name))
    for data in given:
        target(data)
    return len(given)


@pytest.mark.look
def test_no_query_brings_a_page_down(desk: Desk) -> None:
    assert len(ADDRESSES) > 40
    ask = asking(desk)
    for data in inputs("queries"):
        ask(data)


def falls(*_given: object, **_named: object) -> None:
    raise ZeroDivisionError


@pytest.mark.look
@pytest.mark.parametrize(
    ("name", "place", "broken"),
    [
        ("ops", (field_ops, "spelled"), lambda raw: "{}"),
        ("values", (field_values, "hour_of"), falls),
        ("canonical", (fuzz_targets, "dumps"), lambda value: b"0"),
        ("receipts", (fuzz_targets, "leaf_hash"), lambda data: b""),
        ("sheets", (preflight, "inspect_upload"), falls),
        ("tables", (preflight, "inspect_upload"), lambda data: falls()),
        ("photos", (decoder, "answer"), lambda data, kind, pixels: ({"width": 1}, b"<script>", b"")),
        ("templates", (vetting, "vet"), lambda file, needs: []),
    ],
)
def test_each_target_sees_what_is_broken(
    name: str, place: tuple[object, str], broken: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    fuzz_targets.log()
    monkeypatch.setattr(*place, broken)
    with pytest.raises((AssertionError, ZeroDivisionError)):
        all_of(name)
