"""An official document as data: what stands on it and in which order. How it looks is the profile's; who says what, the callers'."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; `lead` stands before it in bold («Điều 1.»)."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """«I. MỤC» (level 1), or the title of a clause (level 2)."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width, how its cells stand; the title above it and its neighbours, its number in a form."""

    title: str
    share: float
    align: Align = "left"
    group: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows of text. `description` is read to whoever cannot see it; a dense one has many columns and small letters;
    `total` says that its last row sums up."""

    description: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    dense: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A line under a table, in small letters: how it was counted."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing (SVG) with its description; `width` is its share of the line."""

    svg: str
    description: str
    width: float = 1.0


Block = Paragraph | Heading | Table | Note | Figure


@dataclass(frozen=True, slots=True)
class Header:
    """Whose document it is. Number and day are what the records clerk entered, or blank.

    `dated` is false for minutes, which tell their hours in the text. `own` names the office's own Word file from which it is made.
    """

    issuer: str
    superior: str = ""
    symbol: str = ""
    number: str = ""
    place: str = ""
    day: date | None = None
    year: int | None = None
    dated: bool = True
    own: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the lines of the power («KT. GIÁM ĐỐC», «PHÓ GIÁM ĐỐC»), a note, the name."""

    power: Sequence[str]
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """What is attached, on pages of its own with their own numbers; wide tables lie across."""

    title: str
    blocks: Sequence[Block]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """What tells whether a print still says what was signed: the SHA-256 of it, and what the square code says."""

    sha256: str
    code: str


@dataclass(frozen=True, slots=True)
class Witness:
    """The checkpoint of the log that first covers the signature, so that each copy of the paper is a witness: how many entries it
    signed, and what its square code says."""

    size: int
    code: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document. `kind` is the name of its kind («KẾ HOẠCH»); a letter (công văn) has none.

    `bases` are written without their last mark; `reader` names who opened a sealed one. `as_of`: the day whose state it tells, where it
    has no day of its own: nothing in the file says when it was taken away.
    """

    kind: str
    about: str
    header: Header
    blocks: Sequence[Block]
    bases: Sequence[str] = ()
    authority: str = ""
    enacts: str = ""
    to: Sequence[str] = ()
    signatures: Sequence[Signature] = ()
    recipients: Sequence[str] = ()
    annexes: Sequence[Annex] = ()
    proof: Proof | None = None
    witness: Witness | None = None
    reader: str = ""
    as_of: date | None = None

    @property
    def title(self) -> str:
        """What the file says it is."""
        return " ".join(f"{self.kind} {self.about}".split())


def number_line(header: Header) -> str:
    """«Số: 07/BB-ĐKT»; without a number, room to write one. What the clerk typed stays, but for a zero before a single digit."""
    number, slash, symbol = header.number.strip().partition("/")
    number = number.strip()
    if number.isascii() and number.isdigit() and len(number) == 1:
        number = f"0{number}"
    return f"Số: {number or ' ' * 6}/{symbol.strip() if slash else header.symbol}"


def day_line(header: Header) -> str:
    """«Lạng Sơn, ngày 08 tháng 9 năm 2026»; without a day, room to write one."""
    place = f"{header.place}, " if header.place else ""
    if header.day is None:
        return f"{place}ngày      tháng      năm {header.year or '        '}"
    return f"{place}{day_words(header.day)}"


def day_words(day: date) -> str:
    """«ngày 08 tháng 9 năm 2026»: days below ten and the months January and February bear a zero."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def ended(items: Sequence[str]) -> Iterator[str]:
    """Each with a semicolon, the last with a full stop; marks that a person typed, and what cannot be seen behind them, go."""
    for place, item in enumerate(items, 1):
        yield composed(item).rstrip(" \u00a0\n;.,") + (";" if place < len(items) else ".")


def closed(blocks: Sequence[Block], end: str = "./.") -> list[Block]:
    """The body with the mark that ends it behind its last paragraph."""
    done = list(blocks)
    for place in reversed(range(len(done))):
        one = done[place]
        if isinstance(one, Paragraph):
            done[place] = replace(one, text=one.text.rstrip(" .;/") + end)
            return done
    return done


def paragraphs(text: str) -> list[Block]:
    """What somebody typed in several lines, a paragraph a line."""
    return [Paragraph(line.strip()) for line in text.splitlines() if line.strip()]


def composed(text: str) -> str:
    """Composed letters, one kind of space, one kind of line end and nothing unseen: what documents bear."""
    return "".join(map(_seen, unicodedata.normalize("NFC", LINE_END.sub("\n", text))))


def _seen(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter == "\t" or (category == "Zs" and letter != "\u00a0"):
        return " "
    return letter if letter == "\n" or category not in ("Cc", "Cf", "Cs", "Co", "Cn") else ""
