"""The table of OWASP ASVS 5.0.0 is whole, names only what exists, and never falls back; its summary is what it says."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kycuong.site import settings

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "security"
TABLE = tomllib.loads((FOLDER / "asvs.toml").read_text(encoding="utf-8"))
REQUIREMENTS: list[dict[str, Any]] = TABLE["requirement"]
SECTIONS = (
    "1.1:2 1.2:10 1.3:12 1.4:3 1.5:3 2.1:3 2.2:3 2.3:5 2.4:2 3.1:1 3.2:3 3.3:5 3.4:8 3.5:8 3.6:1 3.7:5 4.1:5 4.2:5 4.3:2 4.4:4 "
    "5.1:1 5.2:6 5.3:3 5.4:3 6.1:3 6.2:12 6.3:8 6.4:6 6.5:8 6.6:4 6.7:2 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:3 7.6:2 8.1:4 8.2:4 8.3:3 "
    "8.4:2 9.1:3 9.2:4 10.1:2 10.2:3 10.3:5 10.4:16 10.5:5 10.6:2 10.7:3 11.1:4 11.2:5 11.3:5 11.4:4 11.5:2 11.6:2 11.7:2 12.1:5 "
    "12.2:2 12.3:5 13.1:4 13.2:6 13.3:4 13.4:7 14.1:2 14.2:8 14.3:3 15.1:5 15.2:5 15.3:7 15.4:4 16.1:1 16.2:5 16.3:4 16.4:3 16.5:4 "
    "17.1:2 17.2:8 17.3:2"
)
"""How many requirements each section of the standard has: they are numbered from one."""
LEVELS = {1: 70, 2: 183, 3: 92}
STATUSES = ("met", "na", "open")
NAMED = re.compile(r"`(tests/[\w./]+\.py::\w+)`")


def test_every_requirement_stands_there_once_at_its_level() -> None:
    sections = (part.split(":") for part in SECTIONS.split())
    wanted = [f"V{section}.{number}" for section, count in sections for number in range(1, int(count) + 1)]
    assert [one["id"] for one in REQUIREMENTS] == wanted
    assert len(wanted) == 345
    assert Counter(one["level"] for one in REQUIREMENTS) == LEVELS


def test_each_says_by_what_it_is_met_or_why_it_is_not() -> None:
    assert {one["id"]: faults for one in REQUIREMENTS if (faults := [*faults_of(one)])} == {}


def test_what_lacks_evidence_or_reason_is_found() -> None:
    sound = {"status": "met", "evidence": ["justfile"], "reason": "It is."}
    bad: list[dict[str, Any]] = [{"status": "done"}, {"evidence": []}, {"evidence": ["justfile", "nothing.py"]}]
    bad += [{"status": "na"}, {"status": "open", "evidence": [], "reason": ""}]
    assert [*faults_of(sound)] == []
    assert [len([*faults_of(sound | change)]) for change in bad] == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("name", ["tests/nothing.py", "tests/test_asvs.py::test_nothing", "settings:NOTHING"])
def test_what_is_not_there_is_no_evidence(name: str) -> None:
    assert not exists(name)


@pytest.mark.parametrize("page", sorted(FOLDER.glob("*.md")), ids=lambda path: path.name)
def test_a_page_names_tests_that_are_there(page: Path) -> None:
    assert [name for name in NAMED.findall(page.read_text(encoding="utf-8")) if not exists(name)] == []


def test_every_abuse_has_its_row() -> None:
    rows = re.findall(r"^\| (T\d\d) \|", (FOLDER / "threat-model.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [f"T{number:02}" for number in range(1, 47)]


def test_no_level_falls_back() -> None:
    met = Counter(str(one["level"]) for one in REQUIREMENTS if one["status"] == "met")
    assert dict(met) == TABLE["met_at_least"], "the head of docs/security/asvs.toml: raise it, never lower it"


def test_the_summary_is_what_the_table_says() -> None:
    said = dict(re.findall(r"^\| (V\d+|L\d)(?= )[^|]*(\|[^|]*\|[^|]*\|[^|]*\|)$", readme(), re.MULTILINE))
    counted = Counter((place, one["status"]) for one in REQUIREMENTS for place in places(one))
    rows = {place: f"| {' | '.join(str(counted[place, status]) for status in STATUSES)} |" for place, _ in counted}
    assert said == rows


def faults_of(requirement: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one entry of the table."""
    status, evidence = requirement["status"], requirement.get("evidence", [])
    if status not in STATUSES:
        yield f"{status} is no status"
    elif bool(evidence) != (status == "met"):
        yield "what is met names its evidence, and nothing else does"
    if not requirement["reason"].endswith("."):
        yield "there is no reason"
    yield from (f"{name} is not there" for name in evidence if not exists(name))


def places(requirement: dict[str, Any]) -> tuple[str, str]:
    """Its chapter and its level, as the summary calls them."""
    return requirement["id"].split(".")[0], f"L{requirement['level']}"


def readme() -> str:
    return (FOLDER / "README.md").read_text(encoding="utf-8")


def exists(name: str) -> bool:
    """A setting of ours, a test by its name, or a file."""
    if name.startswith("settings:"):
        return hasattr(settings, name.removeprefix("settings:"))
    path, _, function = name.partition("::")
    return (ROOT / path).is_file() and (not function or function in defined_in(path))


@cache
def defined_in(path: str) -> frozenset[str]:
    """The test functions that a file defines."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = (node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(name for name in found if name.startswith("test_"))
