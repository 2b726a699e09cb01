"""What the documents name is there: linked files, paths, recipes of the developers' door, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kycuong.site.cli import our_commands

ROOT = Path(__file__).parent.parent
PLACES = (ROOT, ROOT / "kycuong", ROOT / "docs")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "benchmarks" / "README.md"])
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
PATH = re.compile(r"`((?!/)[\w./-]+/[\w.-]+\.(?:py|md|toml|json))`")
RECIPE = re.compile(r"(?:`|bin/)just ([a-z-]+)")
COMMAND = re.compile(r"(?:^|`)\./run ([a-z]+)\b", re.MULTILINE)
every = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))


def recipes() -> set[str]:
    return set(re.findall(r"^([a-z-]+)(?: \*args)?:$", (ROOT / "justfile").read_text(encoding="utf-8"), re.MULTILINE))


def asked_of_the_shell() -> list[str]:
    """What ./run does before there is a program to ask."""
    return re.findall(r'"\$\{1:-\}" = (\w+) \]', (ROOT / "run").read_text(encoding="utf-8"))


@every
def test_what_a_document_names_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (document.parent / link).exists()] == []
    assert [path for path in PATH.findall(text) if not any((place / path).exists() for place in PLACES)] == []
    assert set(RECIPE.findall(text)) - recipes() == set()
    assert set(COMMAND.findall(text)) - {*our_commands(), *asked_of_the_shell(), "help"} == set()


def test_the_recipes_that_newcomers_are_told_of_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"the recipes of the developers' door \((.+), …\)", text)
    assert set(told.split(", ")) <= recipes()
