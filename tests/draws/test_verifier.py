"""The stand-alone verifier: a program of its own that agrees with the server, and is not deceived by a single bit."""

from __future__ import annotations

import ast
import copy
import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kycuong.draws.rules import Basis, Line, frame_of
from kycuong.draws.views.pages import VERIFIER
from tests.budget import examples
from tests.draws.test_rules import LINES, SIZES

FAULT_OF = runpy.run_path(str(VERIFIER))["fault_of"]
LIST = [Line(f"xã-{number}", "commune_pc", number % 3 + 1) for number in range(12)]
SPEC = {"sizes": {"commune_pc": 3}, "source": {"name": "XSMB", "on": "2026-11-26"}}
BASIS = Basis("5a" * 32, frame_of(LIST, {"xã-99": "mới thanh tra"}), SPEC, {})


def proof() -> dict[str, Any]:
    return json.loads(json.dumps(BASIS.proof("48213")))


def run(path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Alone: no site-packages, no environment, nothing of ours."""
    command = [sys.executable, "-I", "-S", str(VERIFIER), str(path), *more]
    return subprocess.run(command, capture_output=True, text=True, env={"PYTHONIOENCODING": "utf-8"}, check=False)


def test_it_is_short_and_needs_the_standard_library_only() -> None:
    source = VERIFIER.read_text(encoding="utf-8")
    assert len(source.splitlines()) < 100
    tree = ast.parse(source)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names | {"__future__"}


def test_as_a_process_it_says_yes_no_and_why(tmp_path: Path) -> None:
    good, bad, none = tmp_path / "good.json", tmp_path / "bad.json", tmp_path / "none.json"
    good.write_text(json.dumps(proof(), ensure_ascii=False), encoding="utf-8")
    bad.write_text(json.dumps({**proof(), "beacon": "48214"}), encoding="utf-8")
    none.write_text('{"state": "committed"}', encoding="utf-8")
    answer = run(good, BASIS.commitment)
    assert (answer.returncode, answer.stdout[:3], answer.stderr) == (0, "YES", "")
    assert "XSMB, 2026-11-26 = 48213" in answer.stdout
    assert (run(good, "00" * 32).returncode, run(bad).returncode, run(none).returncode) == (1, 1, 1)
    assert "published beforehand" in run(good, "00" * 32).stdout
    assert "public source" in run(bad).stdout


@given(
    lines=LINES,
    sizes=SIZES,
    nonce=st.binary(min_size=32, max_size=32),
    beacon=st.from_regex("[0-9]{2,6}", fullmatch=True),
)
@settings(max_examples=examples(60, long=4000))
def test_server_and_verifier_agree_on_any_list(
    lines: list[Line], sizes: dict[str, int], nonce: bytes, beacon: str
) -> None:
    basis = Basis(nonce.hex(), frame_of(lines, {}), {"sizes": sizes}, {})
    assert FAULT_OF(json.loads(json.dumps(basis.proof(beacon))), basis.commitment) == ""


def flipped(text: str, place: int) -> str:
    """The hex text with one bit changed."""
    place %= len(text) * 4
    digit = int(text[place // 4], 16) ^ (1 << place % 4)
    return f"{text[: place // 4]}{digit:x}{text[place // 4 + 1 :]}"


def weight(told: dict[str, Any], place: int) -> None:
    line = told["frame"]["eligible"][place % len(LIST)]
    line[2] ^= 1 << place % 4


def size(told: dict[str, Any], place: int) -> None:
    told["spec"]["sizes"]["commune_pc"] ^= 1 << place % 3


def left_out(told: dict[str, Any], place: int) -> None:
    told["frame"]["eligible"].pop(place % len(LIST))


def letter(told: dict[str, Any], place: int) -> None:
    line = told["frame"]["eligible"][place % len(LIST)]
    line[0] = line[0][:-1] + chr(ord(line[0][-1]) ^ 1)


def beacon(told: dict[str, Any], place: int) -> None:
    at = place % 5
    told["beacon"] = told["beacon"][:at] + chr(ord(told["beacon"][at]) ^ (1 << place % 6)) + told["beacon"][at + 1 :]


def nonce(told: dict[str, Any], place: int) -> None:
    told["nonce"] = flipped(told["nonce"], place)


def seed(told: dict[str, Any], place: int) -> None:
    told["seed"] = flipped(told["seed"], place)


def committed(told: dict[str, Any], place: int) -> None:
    told["commitment"] = flipped(told["commitment"], place)


def key(told: dict[str, Any], place: int) -> None:
    line = told["winners"][place % 3]
    line[2] = flipped(line[2], place)


def other_winner(told: dict[str, Any], place: int) -> None:
    losers = sorted({line[0] for line in told["frame"]["eligible"]} - {line[0] for line in told["winners"]})
    told["winners"][place % 3][0] = losers[place % len(losers)]


def reason(told: dict[str, Any], place: int) -> None:
    told["frame"]["excluded"][0][1] += "."


CHANGES = [weight, size, left_out, letter, beacon, nonce, seed, committed, key, other_winner, reason]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_changed_bit_is_found(change: Callable[[dict[str, Any], int], None]) -> None:
    for place in range(256 if change in (nonce, seed, committed) else 12):
        told = copy.deepcopy(proof())
        change(told, place)
        assert FAULT_OF(told), f"{change.__name__} {place}"


def test_somebody_twice_in_the_list_is_found_even_when_it_was_committed_to() -> None:
    for lines, excluded in (([*LIST, LIST[0]], {}), (LIST, {LIST[0].id: "hồi tị"})):
        basis = Basis("5a" * 32, frame_of(lines, excluded), SPEC, {})
        assert "twice" in FAULT_OF(json.loads(json.dumps(basis.proof("48213"))))
