"""Vietnamese text as data: cleaned, folded for search, keyed for order, made into addresses."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=20)}
TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
TO_LATIN = str.maketrans("đĐ", "dD")
END = "00"
"""Ends the letters of a sort key. Only digits are used: databases compare them alike under every collation."""
SMALL_WORDS = frozenset({"va"})
"""Words that abbreviations leave out: Tài nguyên và Môi trường → TNMT."""


def clean(text: str) -> str:
    """Composed letters (NFC), single plain spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text.replace("\u200b", "")).split())


def without_accents(text: str) -> str:
    """The same in letters without marks, signs and capitals kept, for what has no others: «19:02 Ảnh» → «19:02 Anh»."""
    plain = unicodedata.normalize("NFD", text.translate(TO_LATIN))
    return "".join(character for character in plain if not unicodedata.combining(character))


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Lower case without accents; what is neither letter nor digit becomes a space: «Sở Nội vụ» → «so noi vu»."""
    letters = without_accents(text.casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())


def abbreviations(text: str) -> list[str]:
    """How offices shorten a name: «Sở Tài nguyên và Môi trường» → stnmt, tnmt."""
    words = [word for word in fold(text).split() if word not in SMALL_WORDS]
    initials = "".join(word[0] for word in words)
    return [short for short in (initials, initials[1:]) if len(short) > 1]


def search_key(text: str) -> str:
    """Folded name and its abbreviations: every word that a search may begin."""
    return " ".join([fold(text), *abbreviations(text)])


def query_words(text: str) -> list[str]:
    """The words of what somebody typed, ready to be found in a search key: «TN&MT» is one word."""
    return fold(re.sub(r"(?<=\w)&(?=\w)", "", text)).split()


def slug(text: str) -> str:
    """The folded name as part of an address: «Sở Nội vụ» → «so-noi-vu»."""
    return fold(text).replace(" ", "-")


def sort_key(text: str) -> str:
    """A key whose plain text order is the Vietnamese dictionary's: letters first, then tones, then capitals."""
    letters, tones, capitals = [], [], []
    for character in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", character.lower())
        tone = next((TONES[part] for part in parts if part in TONES), "0")
        base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
        letters.append(_place(base))
        tones.append(tone)
        capitals.append("0" if character == character.lower() else "1")
    return "".join([*letters, END, *tones, *capitals])


def _place(letter: str) -> str:
    """Two digits for the place of a letter: space, other signs, digits, then the alphabet. All above END."""
    if letter in LETTERS:
        return f"{LETTERS[letter]:02d}"
    if letter.isascii() and letter.isdigit():
        return f"1{letter}"
    return "02" if letter.isspace() else "03"
