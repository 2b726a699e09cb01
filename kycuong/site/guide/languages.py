"""Which words of a guide are English, so that a reading voice speaks them so: a whole paragraph or cell, or what stands in brackets in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from kycuong.facts.store.optional import needed

if TYPE_CHECKING:
    from markdown_it.token import Token

VIETNAMESE = re.compile(r"[à-ỹ]")
"""In small letters."""
QUOTED = r"«[^»]*»|“[^”]*”|Kỷ Cương|Lạng Sơn|(?:NĐ|QĐ|TT|NQ) ?\d+/\d{4}/[A-ZĐ]+(?:-[A-ZĐ][A-Za-z]*)?"
"""Labels of the screen, names and numbers of decrees: what an English sentence says in Vietnamese."""
LEFT_OUT = re.compile(rf"`[^`]*`|\[[^\]]*\]\([^)]*\)|{QUOTED}")
"""These, code and links tell nothing of the language of the sentence around them."""
WORD = re.compile(r"[A-Za-z]?[a-z]{2,}")
"""What has capitals alone is a sign (TM., KT.), no word of either language."""
LEAST = 3
BRACKET, NAMED = re.compile(r"([()])"), re.compile(f"({QUOTED})")


def is_english(text: str) -> bool:
    """Whether a paragraph, a cell or a bracket is English: three words or more, and no Vietnamese letter outside code, labels and names."""
    plain = LEFT_OUT.sub(" ", text)
    return not VIETNAMESE.search(plain.lower()) and len(WORD.findall(plain)) >= LEAST


def marked(children: list[Token]) -> list[Token]:
    """The parts of a Vietnamese line, with `lang="en"` around each bracket that is English. A bracket holds whole links, or it is left as it is."""
    parts = [part for token in children for part in _in_pieces(token)]
    opened: list[int] = []
    found: list[tuple[int, int, list[Token]]] = []
    for here, part in enumerate(parts):
        if part.level or part.type != "text":
            continue
        if part.content == "(":
            opened.append(here)
        elif part.content == ")" and opened:
            start = opened.pop()
            if not opened and is_english("".join(map(_told, parts[start : here + 1]))):
                inside = [*quoting(parts[start + 1 : here])]
                found.append((start, here, [raw('<span lang="en">('), *inside, raw(")</span>")]))
    for start, here, said in reversed(found):
        parts[start : here + 1] = said
    return parts


def quoting(parts: Iterable[Token]) -> Iterator[Token]:
    """The parts of what is English, with `lang="vi"` around each label and name in it that is Vietnamese, and each such link."""
    for part in parts:
        if part.type != "text" or not VIETNAMESE.search(part.content.lower()):
            yield part
            continue
        for one in NAMED.split(part.content) if not part.level else [part.content]:
            yield raw(f'<span lang="vi">{escape(one)}</span>' if VIETNAMESE.search(one.lower()) else escape(one))


def raw(html: str) -> Token:
    token: Token = needed("markdown_it.token", "dev").Token("html_inline", "", 0, content=html)
    return token


def _in_pieces(token: Token) -> list[Token]:
    """A text cut at its brackets; anything else as it is."""
    if token.type != "text":
        return [token]
    make = needed("markdown_it.token", "dev").Token
    return [make("text", "", 0, content=one, level=token.level) for one in BRACKET.split(token.content) if one]


def _told(part: Token) -> str:
    """What it says of the language: a link and code say nothing."""
    if part.level or part.type not in {"text", "softbreak"}:
        return " "
    return part.content or " "
