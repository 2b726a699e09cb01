"""Finds the head of a table: which of the first rows names the columns that are wanted, in one, two or three rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from kycuong.core.vietnamese import fold

from .cells import Cells, Sheet, letter_of
from .reading import Parser, shown_row
from .values import text

SEARCHED_ROWS = 15
LAYERS = 3
"""A head has at most this many rows."""
NUMBERING = re.compile(r"\(?\d{1,2}\)?|\(?[A-Z]\)?|\(?\d{1,2}\)?\s*=[\s\d()+\-*/:x%]+")
ASIDE = re.compile(r"\([^)]*\)|\*")
OWN_COLUMNS = {"loi", "canh bao"}
"""Columns that our own workbooks add and that are passed over when such a workbook comes back."""


@dataclass(frozen=True)
class Column:
    """A column that an importer wants. `titles[0]` is shown to people; all of them are understood."""

    key: str
    titles: Sequence[str]
    required: bool = False
    parse: Parser = text
    plain: Mapping[int, Any] = field(default_factory=dict)
    """What `parse` makes of whole numbers, for those that it takes without a word: nobody need ask it about each of a thousand."""

    @property
    def title(self) -> str:
        return self.titles[0]


class Heading(NamedTuple):
    """A column as it stands in the sheet."""

    key: str
    letter: str
    title: str


@dataclass(frozen=True)
class Header:
    """The head that was found: its first and last row, its columns, those that nobody wanted, and doubles."""

    first_row: int
    last_row: int
    columns: dict[str, Heading] = field(default_factory=dict)
    unknown: list[Heading] = field(default_factory=list)
    doubles: list[tuple[Heading, Heading]] = field(default_factory=list)
    """Two columns that name the same thing equally well."""


@lru_cache(maxsize=20_000)
def heading_key(title: str) -> str:
    """A title without accents, case, remarks in brackets, stars and signs."""
    return fold(ASIDE.sub(" ", title)) or fold(title)


def find_header(sheet: Sheet, columns: Sequence[Column]) -> Header | None:
    """The rows of the head that name most wanted columns; None when no row names enough to be one."""
    best: Header | None = None
    wanted = _wanted(columns)
    needed = min(2, len(columns))
    looked_at = sheet.rows[: SEARCHED_ROWS + LAYERS]
    shown_rows, wordy = [shown_row(row) for row in looked_at], _wordy(looked_at, wanted)
    for first in range(min(SEARCHED_ROWS, len(sheet.rows))):
        for layers in range(1, LAYERS + 1):
            if first + layers > len(sheet.rows):
                break
            enough = len(best.columns) if best else needed
            if wordy[first + layers - 1] < enough:
                continue
            stacks = _stacked(shown_rows[first : first + layers])
            claims = sorted(_claims(stacks, wanted))
            if len({key for _rank, _index, key in claims}) < enough:
                continue  # most rows are none: what they name is told before more is made of them
            header = _header(stacks, claims, first, layers)
            if best is None or _worth(header, sheet) > _worth(best, sheet):
                best = header
    return best


def _wordy(rows: Sequence[Cells], wanted: Iterable[str]) -> list[int]:
    """How many columns may be named when the row is the last of a head: a whole number ends no title, unless wanted ones have digits."""
    digits = any(not set(title).isdisjoint("0123456789") for title in wanted)
    return [sum(digits or type(value) is not int for value in row.values) for row in rows]


def _worth(header: Header, sheet: Sheet) -> tuple[int, int, int]:
    """More known columns first, then a head whose merged blocks are whole, then fewer rows."""
    rows = range(header.first_row, header.last_row + 1)
    cut = any((block.first_row in rows) != (block.last_row in rows) for block in sheet.merged)
    return len(header.columns), -int(cut), header.first_row - header.last_row


def _wanted(columns: Sequence[Column]) -> dict[str, str]:
    """The key of a title → the key of its column; of a title that two columns have, the first one's."""
    return {heading_key(title): column.key for column in reversed(columns) for title in reversed(column.titles)}


def _header(stacks: list[list[str]], claims: list[tuple[int, int, str]], first: int, layers: int) -> Header:
    header = Header(first + 1, first + layers)
    ranks: dict[str, int] = {}
    taken: set[int] = set()
    for rank, index, key in claims:
        heading = Heading(key, letter_of(index), " / ".join(stacks[index]))
        if key not in header.columns:
            header.columns[key] = heading
            ranks[key] = rank
        elif ranks[key] == rank:
            header.doubles.append((header.columns[key], heading))
        else:
            # “Kế hoạch / Số” is no second “Biên bản / Số”: its last word alone only sounds alike.
            continue
        taken.add(index)
    for index, stack in enumerate(stacks):
        if stack and index not in taken and heading_key(stack[-1]) not in OWN_COLUMNS:
            header.unknown.append(Heading("", letter_of(index), " / ".join(stack)))
    return header


def header_at(sheet: Sheet, first_row: int, last_row: int, columns: Sequence[Column]) -> Header:
    """The head when it is said to be in the rows given, with the columns that its titles name."""
    layers = last_row - first_row + 1
    stacks = _stacks(sheet, first_row - 1, layers)
    return _header(stacks, sorted(_claims(stacks, _wanted(columns))), first_row - 1, layers)


def titles_at(sheet: Sheet, first_row: int, last_row: int) -> list[str]:
    """The title of each column when the rows given (as Excel counts them) are the head."""
    return [" / ".join(stack) for stack in _stacks(sheet, first_row - 1, last_row - first_row + 1)]


def _stacks(sheet: Sheet, first: int, layers: int) -> list[list[str]]:
    """For each column its different titles from top to bottom."""
    return _stacked([shown_row(row) for row in sheet.rows[first : first + layers]])


def _stacked(given: list[list[str]]) -> list[list[str]]:
    """A parent that was not merged reaches over the blanks beside it."""
    rows = [list(row) for row in given]
    for upper, lower in zip(rows, rows[1:], strict=False):
        for index in range(1, len(upper)):
            if not upper[index] and lower[index] and lower[index - 1]:
                upper[index] = upper[index - 1]
    stacks: list[list[str]] = []
    for titles in zip(*rows, strict=True):
        stack: list[str] = []
        for title in titles:
            if title and title not in stack:
                stack.append(title)
        stacks.append(stack)
    return stacks


def _claims(stacks: list[list[str]], wanted: dict[str, str]) -> list[tuple[int, int, str]]:
    """(rank, column, key): the joined title first, then the reversed one, then the lowest title alone."""
    claims = []
    for index, stack in enumerate(stacks):
        if not stack or len(" ".join(stack)) > 300:
            continue
        spoken = [" ".join(stack), " ".join(reversed(stack)), stack[-1]]
        for rank, title in enumerate(spoken):
            if key := wanted.get(heading_key(title)):
                claims.append((rank, index, key))
                break
    return claims


def is_numbering(values: Sequence[str]) -> bool:
    """Whether a row under the head only numbers the columns: (1) (2) (3) …, A B 1 2 3=1+2."""
    given = [value for value in values if value]
    return len(given) > 1 and all(NUMBERING.fullmatch(value) for value in given)
