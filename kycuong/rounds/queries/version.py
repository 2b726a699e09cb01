"""Which code counted: the version of the program and the fingerprint of all that decides what a figure says.

That is every module of ours that the report is computed with, found by following its imports: the texts of figures, the rules
and queries of inspections, recommendations, plans, the catalogue and units that these read by, and so on down.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import kycuong

HOME = Path(kycuong.__file__).parent
BEGINNING = (
    "kycuong.reports.queries",
    "kycuong.reports.figures",
    "kycuong.reports.rules",
)
"""What computes a report; all that it imports counts with it."""
BESIDE = ("kycuong.core.http", "kycuong.ui")
"""How things look, and the web: no figure is read there."""


@cache
def code_version() -> str:
    """«0.1.0+1a2b3c4d5e6f»: two reports with the same one were counted by the same text."""
    try:
        number = version("kycuong")
    except PackageNotFoundError:
        number = "0"
    return f"{number}+{fingerprint(HOME)[:12]}"


def fingerprint(home: Path) -> str:
    """Of the program that lies at `home`."""
    mark = hashlib.sha256()
    for file in sorted(counting(home)):
        mark.update(file.relative_to(home).as_posix().encode())
        mark.update(file.read_bytes())
    return mark.hexdigest()


def counting(home: Path) -> set[Path]:
    """Every module that a report is computed with."""
    found: set[Path] = set()
    waiting = [file for name in BEGINNING for file in _files(home, name)]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += [one for name in _imported(home, file) for one in _file(home, name)]
    return found


def _files(home: Path, name: str) -> list[Path]:
    """A module, or a package with all that lies in it."""
    place = home.joinpath(*name.split(".")[1:])
    return sorted(place.rglob("*.py")) if place.is_dir() else _file(home, name)


def _file(home: Path, name: str) -> list[Path]:
    """The module of that name; of a package the file that opens it; nothing for what is a name inside a module."""
    if name.startswith(BESIDE) or not name.startswith("kycuong."):
        return []
    place = home.joinpath(*name.split(".")[1:])
    return [one for one in (place.with_suffix(".py"), place / "__init__.py") if one.is_file()]


def _imported(home: Path, file: Path) -> Iterator[str]:
    """What it imports, by whole names: modules, and what may be one inside a package; packages on the way to it, too."""
    package = ("kycuong", *file.relative_to(home).parent.parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{one.name}" for one in node.names)
