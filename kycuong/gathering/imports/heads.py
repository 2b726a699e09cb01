"""Where the head of an agency's table is and which column is which: as found, as remembered, or as a person has said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kycuong.gathering.rules import BY_KEY
from kycuong.sheets.cells import Sheet, Workbook, letter_of
from kycuong.sheets.headers import Header, Heading, find_header, heading_key, titles_at

from .cells import WANTED


@dataclass(frozen=True)
class Layout:
    """A sheet, the rows of its head, and the column that each letter holds."""

    sheet: str
    first_row: int
    last_row: int
    columns: Mapping[str, str] = field(default_factory=dict)
    """Letter → key."""

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "first_row": self.first_row,
            "last_row": self.last_row,
            "columns": dict(self.columns),
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Layout:
        return cls(told["sheet"], told["first_row"], told["last_row"], dict(told["columns"]))


@dataclass(frozen=True)
class Remembered:
    """A layout that a person confirmed for an agency."""

    agency: int
    fingerprint: str
    layout: Layout


def fingerprint(titles: Sequence[str]) -> str:
    """The same head has the same fingerprint, wherever it stands and however its titles are spelt."""
    told = "\n".join(f"{letter_of(place)} {heading_key(title)}" for place, title in enumerate(titles) if title)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def found_layout(book: Workbook) -> Layout | None:
    """The head that names most columns, of all visible sheets."""
    heads = [(sheet, header) for sheet in book.sheets if (header := find_header(sheet, WANTED))]
    if not heads:
        return None
    sheet, header = max(heads, key=lambda one: len(one[1].columns))
    letters = {heading.letter: key for key, heading in header.columns.items()}
    return Layout(sheet.name, header.first_row, header.last_row, letters)


def remembered_layout(book: Workbook, known: Iterable[Remembered], found: Layout | None) -> Remembered | None:
    """A layout confirmed earlier whose head stands in this file: where it was found, or in the rows where it was then."""
    seen: dict[tuple[str, int, int], str] = {}
    for one in known:
        rows = (found.first_row, found.last_row) if found else (one.layout.first_row, one.layout.last_row)
        for sheet in book.sheets:
            if found and sheet.name != found.sheet:
                continue
            key = (sheet.name, *rows)
            if key not in seen and rows[1] <= len(sheet.rows):
                seen[key] = fingerprint(titles_at(sheet, *rows))
            if seen.get(key) == one.fingerprint:
                layout = Layout(sheet.name, *rows, one.layout.columns)
                return Remembered(one.agency, one.fingerprint, layout)
    return None


def header_of(sheet: Sheet, layout: Layout) -> Header:
    """The head as the reader of tables takes it."""
    titles = titles_at(sheet, layout.first_row, layout.last_row)
    header = Header(layout.first_row, layout.last_row)
    for place, title in enumerate(titles):
        letter = letter_of(place)
        key = layout.columns.get(letter, "")
        if key in BY_KEY and key not in header.columns:
            header.columns[key] = Heading(key, letter, title or BY_KEY[key].title)
        elif title:
            header.unknown.append(Heading("", letter, title))
    return header
