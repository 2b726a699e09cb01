"""The five states of a unit or a duty at a glance, and the tones of everything else: colour, symbol and word together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class State:
    """How a state is shown; the symbol is an icon's name, so that nobody depends on colour."""

    word: Promise
    icon: str


STATES: dict[str, State] = {
    "good": State(_("Đạt"), "check"),
    "attention": State(_("Còn tồn tại"), "exclamation-triangle"),
    "late": State(_("Quá hạn khắc phục"), "x-mark"),
    "planned": State(_("Có kế hoạch"), "calendar"),
    "none": State(_("Chưa kiểm tra"), "minus"),
}

OTHER_NAMES = {
    "success": "good",
    "warning": "attention",
    "error": "late",
    "danger": "late",
    "info": "planned",
    "debug": "none",
}
"""Django's message levels and common words, for those who do not think in states."""


def tone_of(name: str) -> str:
    """The tone that a word stands for; an unknown word is a mistake of the page, so it says which words there are."""
    tone = OTHER_NAMES.get(name, name)
    if tone not in STATES:
        raise ValueError(f"Unknown tone {name!r}: one of {', '.join([*STATES, *OTHER_NAMES])}")
    return tone


@dataclass(frozen=True)
class Tile:
    """One unit in the province at a glance. `note` is a short extra («3 lượt»); `word` replaces the state's own word."""

    name: str
    state: str
    url: str = ""
    note: str = ""
    word: str = ""

    @property
    def icon(self) -> str:
        return STATES[self.state].icon

    @property
    def said(self) -> str:
        return self.word or str(STATES[self.state].word)


@dataclass(frozen=True)
class TileGroup:
    """Tiles under one heading: «Sở, ngành», «Huyện Cao Lộc»."""

    title: str
    tiles: Sequence[Tile]
    url: str = ""
    note: str = ""
