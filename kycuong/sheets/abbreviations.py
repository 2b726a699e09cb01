"""Reads abbreviations by the names they may stand for: «P. TN&MT» is whatever has just these initials."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kycuong.core.vietnamese import fold

from .names import SMALL, WORD, word_key
from .reading import tidy

INITIALS = re.compile(r"[A-ZĐ]+")


class Word(NamedTuple):
    """A word of a known name: its key and its first letter, for comparing."""

    key: str
    initial: str


class Token(NamedTuple):
    """A piece of what was typed: a word, or initials that may stand for several."""

    key: str
    initials: str = ""


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[Word, ...]:
    """The words of a known name that an abbreviation counts."""
    words = [word for word in WORD.findall(tidy(name)) if word.lower() not in SMALL]
    return tuple(Word(word_key(word), "đ" if word[0] in "đĐ" else fold(word)[:1]) for word in words)


def spoken(text: str) -> tuple[Token, ...]:
    """What was typed, piece by piece: «P.TN&MT huyện» → P, TN, MT, huyện."""
    pieces = [piece for piece in WORD.findall(tidy(text)) if piece.lower() not in SMALL]
    return tuple(Token(word_key(piece), piece.lower() if INITIALS.fullmatch(piece) else "") for piece in pieces)


def aligned(tokens: tuple[Token, ...], words: tuple[Word, ...], *, whole: bool = False) -> bool:
    """Whether the tokens spell the words from first to last, at least one of them as a whole word."""
    if not tokens:
        return not words and whole
    token = tokens[0]
    if words and token.key == words[0].key and aligned(tokens[1:], words[1:], whole=True):
        return True
    size = len(token.initials)
    if not size or size > len(words):
        return False
    fits = all(_stands_for(letter, word.initial) for letter, word in zip(token.initials, words, strict=False))
    return fits and aligned(tokens[1:], words[size:], whole=whole)


def _stands_for(letter: str, initial: str) -> bool:
    """D is typed for Đ, but Đ never for D."""
    return letter == initial or (letter == "d" and initial == "đ")
