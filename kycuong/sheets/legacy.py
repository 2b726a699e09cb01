"""TCVN3 (ABC) and VNI text: both tables, both ways, and the detection that leaves right Unicode alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from .syllables import is_syllable

Encoding = Literal["TCVN3", "VNI"]
GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
TONES = ("", GRAVE, HOOK, TILDE, ACUTE, DOT)
VOWELS = "aăâeêioôơuưy"

# TCVN 5712:1993 as its bytes look in Windows-1252: for each vowel its five toned forms (huyền, hỏi, ngã, sắc, nặng).
TCVN3_TONED = "µ¶·¸¹ »¼½¾Æ ÇÈÉÊË ÌÎÏÐÑ ÒÓÔÕÖ ×ØÜÝÞ ßáâãä åæçèé êëìíî ïñòóô õö÷øù úûüýþ".split(" ")
TCVN3_PLAIN = {"ă": "¨", "â": "©", "ê": "ª", "ô": "«", "ơ": "¬", "ư": "\u00ad", "đ": "®"}
TCVN3_CAPITAL = {"Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦", "Đ": "§"}

# VNI writes a base letter and then one sign for circumflex, breve and tone together; i and y (nặng) are single signs.
VNI_BASE = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ơ": "ô", "ư": "ö"}
VNI_SIGN = dict(zip(TONES, ["", "ø", "û", "õ", "ù", "ï"], strict=True))
VNI_CIRCUMFLEX = dict(zip(TONES, "âàåãáä", strict=True))
VNI_BREVE = dict(zip(TONES, "êèúüéë", strict=True))
VNI_I = dict(zip(TONES, "iìæóíò", strict=True))


def _compose(base: str, tone: str) -> str:
    return unicodedata.normalize("NFC", base + tone)


def _tcvn3_table() -> dict[str, str]:
    """Unicode letter → TCVN3. Toned capitals do not exist there: the capital fonts draw the small ones large."""
    table = TCVN3_PLAIN | TCVN3_CAPITAL
    for vowel, forms in zip(VOWELS, TCVN3_TONED, strict=True):
        table |= {_compose(vowel, tone): form for tone, form in zip(TONES[1:], forms, strict=True)}
    return table


def _vni_small(vowel: str, tone: str) -> str:
    if vowel == "i":
        return VNI_I[tone]
    if vowel == "y" and tone == DOT:
        return "î"
    if vowel in "âêô":
        return {"â": "a", "ê": "e", "ô": "o"}[vowel] + VNI_CIRCUMFLEX[tone]
    return "a" + VNI_BREVE[tone] if vowel == "ă" else VNI_BASE[vowel] + VNI_SIGN[tone]


def _vni_table() -> dict[str, str]:
    """Unicode letter → VNI."""
    small = {_compose(vowel, tone): _vni_small(vowel, tone) for vowel in VOWELS for tone in TONES} | {"đ": "ñ"}
    return small | {letter.upper(): form.upper() for letter, form in small.items()}


TO_TCVN3 = _tcvn3_table()
TO_VNI = _vni_table()
FROM_TCVN3 = {form: letter for letter, form in TO_TCVN3.items()}
# A capital letter may carry a small sign: "Aâ" is written as often as "AÂ".
FROM_VNI = {form[0].upper() + form[1:]: letter.upper() for letter, form in TO_VNI.items() if letter.islower()}
FROM_VNI |= {form: letter for letter, form in TO_VNI.items()}
VNI_FORM = re.compile("|".join(sorted(map(re.escape, FROM_VNI), key=len, reverse=True)))
REPERTOIRE: dict[Encoding, frozenset[str]] = {
    "TCVN3": frozenset("".join(FROM_TCVN3)),
    "VNI": frozenset("".join(FROM_VNI)),
}


def to_tcvn3(text: str) -> str:
    small = (char if char in TO_TCVN3 else char.lower() if char.lower() in TO_TCVN3 else char for char in _nfc(text))
    return "".join(TO_TCVN3.get(char, char) for char in small)


def to_vni(text: str) -> str:
    return "".join(TO_VNI.get(char, char) for char in _nfc(text))


def from_tcvn3(text: str) -> str:
    return "".join(FROM_TCVN3.get(char, char) for char in text)


def from_vni(text: str) -> str:
    return VNI_FORM.sub(lambda found: FROM_VNI[found.group()], text)


def decode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """The text in Unicode; `capitals` for the fonts that draw every letter as a capital."""
    decoded = from_tcvn3(text) if encoding == "TCVN3" else from_vni(text)
    return decoded.upper() if capitals else decoded


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class Evidence(NamedTuple):
    """How many words with signs a text has, and how many are Vietnamese syllables under each reading."""

    words: int = 0
    unicode: int = 0
    tcvn3: int = 0
    vni: int = 0

    def plus(self, other: Evidence) -> Evidence:
        return Evidence(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def of(self, encoding: Encoding) -> int:
        return self.tcvn3 if encoding == "TCVN3" else self.vni

    @property
    def best(self) -> tuple[Encoding, int]:
        return ("TCVN3", self.tcvn3) if self.tcvn3 >= self.vni else ("VNI", self.vni)


NOTHING = Evidence()
WORD = re.compile(r"(?:[^\W\d_]|[\u00a1-\u00bf×÷\u0300-\u036f])+")
MODERN = re.compile("[\u0100-\u036f\u1e00-\u1eff]")
EDGES = "«»·§£¥©®¿¡°²³´¨¯¸"


def is_surely_unicode(text: str) -> bool:
    """Letters past Latin-1 and combining marks exist in neither old encoding."""
    return MODERN.search(text) is not None


@lru_cache(maxsize=20_000)
def weigh(text: str) -> Evidence:
    """Count what speaks for each reading; nothing when the text proves to be Unicode or is plain ASCII."""
    if text.isascii() or is_surely_unicode(text):
        return NOTHING
    total = NOTHING
    for word in WORD.findall(text):
        if not word.isascii():
            total = total.plus(_weigh_word(word))
    return total


def _weigh_word(word: str) -> Evidence:
    bare = word.strip(EDGES)
    if not bare:
        return NOTHING
    return Evidence(1, int(is_syllable(bare)), _legacy_syllable(word, "TCVN3"), _legacy_syllable(word, "VNI"))


def _legacy_syllable(word: str, encoding: Encoding) -> int:
    if any(not char.isascii() and char not in REPERTOIRE[encoding] for char in word):
        return 0
    return int(is_syllable(decode(word, encoding).strip(EDGES)))


def is_suspected(text: str) -> bool:
    """Worth a look at the font: an old encoding explains the text better than Unicode does."""
    found = weigh(text)
    return found.best[1] > found.unicode


def encoding_of_font(font: str) -> tuple[Encoding, bool] | None:
    """The encoding that a font's name tells, and whether it draws capitals only."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return "TCVN3", name.endswith("h")
    return ("VNI", False) if name.startswith("vni") else None


class Vote(NamedTuple):
    """What a whole column is kept in; `pure` when none of its cells proves to be Unicode."""

    encoding: Encoding | None = None
    pure: bool = False


NO_VOTE = Vote()
"""What is known of a column before anything is."""


ENOUGH = 4
"""Fewer words that could tell prove nothing of a column by themselves."""


class Tally(NamedTuple):
    """The evidence of many texts together; `pure` when none of them proves to be Unicode."""

    evidence: Evidence = NOTHING
    pure: bool = True

    def plus(self, other: Tally) -> Tally:
        return Tally(self.evidence.plus(other.evidence), self.pure and other.pure)

    @property
    def vote(self) -> Vote:
        encoding, count = self.evidence.best
        # Where other cells prove to be Unicode, a word or two prove little: a lone «â» is no old «õ».
        enough = 1 if self.pure else ENOUGH
        sure = count > self.evidence.unicode and count >= max(0.7 * self.evidence.words, enough)
        return Vote(encoding if sure else None, self.pure)


def tally(texts: Iterable[str]) -> Tally:
    """Count each different text once: a name that fills half a column proves no more than itself."""
    total, pure = NOTHING, True
    for text in set(texts):
        if is_surely_unicode(text):
            pure = False
        elif (found := weigh(text)).words:
            total = total.plus(found)
    return Tally(total, pure)


def encoding_of(text: str, *, column: Vote = NO_VOTE, font: str = "") -> Encoding | None:
    """The old encoding of one cell, in the light of its column's vote and of its font; None leaves it as it is."""
    found = weigh(text)
    if not found.words:
        return None
    told = encoding_of_font(font)
    for hint, settles_ties in ((told and told[0], True), (column.encoding, column.pure)):
        if hint and 2 * found.of(hint) >= found.words and found.of(hint) + int(settles_ties) > found.unicode:
            return hint
    encoding, count = found.best
    # One word alone proves little where other cells are Unicode: «â» is no old «õ».
    enough = 1 if column.pure else 2
    return encoding if count == found.words and count > found.unicode and count >= enough else None
