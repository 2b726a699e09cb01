"""Tells a possible Vietnamese syllable from letters that only look like one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What may follow each nucleus; "-" stands for nothing. The k is for names of the highlands, such as Đắk Lắk.
FINALS = {
    "a": "- c ch i k m n ng nh o p t u y",
    "ă": "c k m n ng p t",
    "â": "c m n ng p t u y",
    "e": "- c m n ng o p t",
    "ê": "- ch m n nh p t u",
    "i": "- a ch m n nh p t u",
    "iê": "c m n ng p t u",
    "yê": "m n ng t u",
    "o": "- c i k m n ng p t",
    "oo": "c ng",
    "ô": "- c i k m n ng p t",
    "ơ": "- i m n p t",
    "u": "- a c i m n ng p t",
    "uô": "c i m n ng t",
    "ư": "- a c i m n ng t u",
    "ươ": "c i m n ng p t u",
    "y": "- t",
    "oa": "- c ch i m n ng nh o p t y",
    "oă": "c m n ng t",
    "oe": "- c m n o t",
    "uâ": "n ng t y",
    "uê": "- ch n nh",
    "uy": "- a ch n nh p t u",
    "uyê": "n t",
    "uơ": "-",
}
RIMES = frozenset(nucleus + final.strip("-") for nucleus, finals in FINALS.items() for final in finals.split())
AFTER_QU = RIMES | {"ynh", "yên", "yêt", "yt", "ych", "ya"}
ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
ONSET = re.compile("|".join(sorted(ONSETS, key=len, reverse=True)))
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
CHECKED = re.compile(r"(?:ch|[cpt])$")
SMOOTH_TONES = {"\u0300", "\u0303", "\u0309"}
"""Huyền, ngã and hỏi never stand in a syllable that ends in c, ch, p or t."""


def split_tones(word: str) -> tuple[str, list[tuple[int, str]]]:
    """The letters of a word without tone marks (â, ơ, đ stay), and each tone mark with the place of its letter."""
    letters = ""
    marks = []
    for char in unicodedata.normalize("NFC", word):
        parts = unicodedata.normalize("NFD", char)
        marks += [(len(letters), part) for part in parts if part in TONES]
        letters += unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
    return letters, marks


def _splits(letters: str) -> list[tuple[str, str]]:
    """Every way to cut the letters into an onset and a rime."""
    cuts = [("", letters)]
    cuts += [(letters[:size], letters[size:]) for size in (1, 2, 3) if letters[:size] in ONSETS]
    return cuts


def _fits(onset: str, rime: str) -> bool:
    if onset == "qu":
        return rime in AFTER_QU
    front = rime[:1] in {"e", "ê", "i", "y"}
    if (onset in {"c", "ng"} and front) or (onset in {"k", "gh", "ngh"} and not front):
        return False
    return rime in RIMES


def tone_places(rime: str) -> set[int]:
    """Where in the rime its tone mark may stand; both schools of "hòa" and "hoà" are right."""
    marked = [place for place, char in enumerate(rime) if char in "ăâêôơư"]
    if marked:
        return {marked[-1]}
    vowels = rime.rstrip("cghkmnpt")
    if len(vowels) < 2:
        return {0}
    if vowels in {"oa", "oe", "uy"} and vowels == rime:
        return {0, 1}
    return {1} if len(vowels) == 3 or vowels != rime else {0}


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether a Vietnamese reader would write the word as one syllable, its tone in the right place."""
    letters, marks = split_tones(word.lower())
    if len(marks) > 1 or (marks and marks[0][1] in SMOOTH_TONES and CHECKED.search(letters)):
        return False
    return any(
        _fits(onset, rime) and all(place - len(onset) in tone_places(rime) for place, _ in marks)
        for onset, rime in _splits(letters)
    ) or _is_gi(letters, marks)


def _is_gi(letters: str, marks: list[tuple[int, str]]) -> bool:
    return letters == "gi" and all(place == 1 for place, _ in marks)
