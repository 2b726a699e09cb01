"""Names as keys: the same name in another spelling has the same key, another name never has."""

from __future__ import annotations

import re
from functools import lru_cache

from kycuong.core.vietnamese import fold

from .reading import tidy
from .syllables import split_tones

SMALL = frozenset({"và"})
WORD = re.compile(r"[^\W_]+")
Y_FOR_I = re.compile("[hklmst]y")
"""«Kỳ» and «Kì», «Lý» and «Lí» are one syllable in two spellings."""


@lru_cache(maxsize=20_000)
def word_key(word: str) -> str:
    """A word in small letters, its tone apart from its place: «Hoà» and «Hòa» are the same."""
    letters, tones = split_tones(word.lower())
    if Y_FOR_I.fullmatch(letters):
        letters = f"{letters[0]}i"
    return letters + "".join(tone for _, tone in tones)


@lru_cache(maxsize=20_000)
def name_keys(text: str) -> tuple[str, ...]:
    """The keys of the words of a name; signs and «và» go without saying."""
    return tuple(word_key(word) for word in WORD.findall(tidy(text)) if word.lower() not in SMALL)


@lru_cache(maxsize=20_000)
def unaccented_key(text: str) -> str:
    """The name without accents and small words: equal keys are worth a question, no more."""
    return " ".join(word for word in fold(tidy(text)).split() if word != "va")
