"""The format profile: every size, margin and spacing that documents are written with and checked against, read from its file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CURRENT = "nd30_2020"


@dataclass(frozen=True, slots=True)
class Range:
    """What is written, and what is allowed (millimetres)."""

    ours: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Style:
    """How one element of a document looks; `least` and `most` bound its size in points."""

    name: str
    size: float
    least: float
    most: float
    align: str
    bold: bool = False
    italic: bool = False
    above: float = 0
    below: float = 0
    indented: bool = False
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """One decree's format."""

    name: str
    decree: str
    day: date
    page: dict[str, float]
    margins: dict[str, Range]
    text: dict[str, Any]
    header: dict[str, float]
    words: dict[str, str]
    together: list[list[float]]
    kinds: dict[str, str]
    styles: dict[str, Style]

    @property
    def line_width(self) -> float:
        """The width of the text of an upright page, in millimetres."""
        return self.page["width"] - self.margins["left"].ours - self.margins["right"].ours


@cache
def profile(name: str = CURRENT) -> Profile:
    """The profile of that name."""
    told = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    page = told["page"]
    sides = ("top", "bottom", "left", "right")
    return Profile(
        name=name,
        decree=told["decree"]["number"],
        day=told["decree"]["day"],
        page={key: value for key, value in page.items() if key not in sides},
        margins={side: Range(page[side]["ours"], page[side]["from"], page[side]["to"]) for side in sides},
        text=told["text"],
        header=told["header"],
        words=told["words"],
        together=told["together"]["sizes"],
        kinds=told["kinds"],
        styles={key: _style(value) for key, value in told["styles"].items()},
    )


def _style(told: dict[str, Any]) -> Style:
    plain = {key: value for key, value in told.items() if key not in ("from", "to")}
    return Style(**plain, least=told["from"], most=told["to"])
