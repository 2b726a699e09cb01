"""Tells what each row under a head is: data, the name of a group, a sum, numbers of columns, or the signatures at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from kycuong.core.vietnamese import fold

from .cells import Cells, Sheet, Value, index_of
from .headers import Column, Header, heading_key, is_numbering
from .reading import shown, shown_row

ORDINALS = {"stt", "tt", "so tt", "so thu tu", "thu tu", "no"}
ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
MARK = re.compile(r"\(?([A-ZĐ]|[IVX]{1,6})\s*[.):/\-–]+\)?\s+(?=\S)|\(?([A-ZĐ]|[IVX]{1,6})\)?[.)]?$")
NUMBER = re.compile(r"[-+]?[\d.,\s]+%?|-|–|x")
SUM = re.compile(
    r"(?:tong(?: cong| so| hop)?|cong(?: don)?|luy ke|toan tinh|toan huyen|toan nganh)"
    r"(?: (?:cong|nhom|muc|phan|khoi|don vi|co quan|luot|cuoc|nguoi|xa|phuong|thi tran|huyen|so|[ivx]+|[a-z]|\d+))*"
)
SUM_STARTS = frozenset("tclTCL")
"""Most rows are told from a sum by their first letter alone."""
SIGNATURE = re.compile(
    r"(?:noi nhan|nguoi lap|nguoi tong hop|can bo tong hop|lap bang|ghi chu|tm uy ban|tm ubnd|kt |tl |tuq |q chu tich|"
    r"thu truong|giam doc|pho giam doc|chu tich|pho chu tich|chanh van phong|truong phong|pho truong|"
    r"xac nhan|ky ten|ky ghi ro|ky va ghi ro|da ky|(?:[a-z]+ ){0,6}ngay (?:\d+ )?(?:thang (?:\d+ )?)?nam(?: \d+)?$)"
)


class Kind(Enum):
    """What a row is."""

    DATA = "data"
    GROUP = "group"
    SUM = "sum"
    END = "end"


class Level(NamedTuple):
    """A group that is open: how its like are numbered, its own number and its name."""

    style: str
    mark: str
    name: str


class Reader:
    """Goes through the rows under a head; `context` holds the groups open at the row last given."""

    def __init__(self, sheet: Sheet, header: Header, columns: Sequence[Column]) -> None:
        self.sheet, self.header = sheet, header
        self.wanted = [index_of(header.columns[column.key].letter) for column in columns]
        self.required = [index_of(header.columns[column.key].letter) for column in columns if column.required]
        ordinal = [head for head in header.unknown if heading_key(head.title) in ORDINALS]
        self.ordinal = index_of(ordinal[0].letter) if ordinal else None
        self.numbered = self.ordinal is not None and any(
            NUMBER.fullmatch(shown(row.values[self.ordinal])) for row in sheet.rows[header.last_row :]
        )
        self.titles = shown_row(sheet.rows[header.last_row - 1])
        self.levels: list[Level] = []
        self.childless: list[tuple[int, str]] = []
        self.lost: int | None = None
        self._open: tuple[int, str, int] | None = None

    @property
    def context(self) -> tuple[str, ...]:
        return tuple(level.name for level in self.levels) if self.levels else ()

    def rows(self) -> Iterator[tuple[Kind, int, str]]:
        """What follows the head, without blanks and repeated heads, until the signatures."""
        under_head = True
        for cells in self.sheet.rows[self.header.last_row :]:
            if under_head and is_numbering(shown_row(cells)):
                continue
            if self._is_head(cells.values):
                under_head = True
                continue
            kind, name = self._kind(cells)
            if kind is None:
                continue
            number = cells.number
            if kind is Kind.SUM:
                yield kind, number, name
                continue
            under_head = False
            if kind is Kind.END:
                self.lost = self._first_data_after(number)
            self._note(kind, number, name)
            yield kind, number, name
            if kind is Kind.END:
                break
        self._note(Kind.END, 0, "")

    def _note(self, kind: Kind, number: int, name: str) -> None:
        """Remember groups under which nothing stands: no row, and no deeper group."""
        childless = kind is Kind.END or (kind is Kind.GROUP and self._open and len(self.levels) <= self._open[2])
        if self._open and childless:
            self.childless.append(self._open[:2])
        self._open = (number, name, len(self.levels)) if kind is Kind.GROUP else None

    def _is_head(self, values: list[Value]) -> bool:
        """The head once more, as on every printed page."""
        if not self.wanted or shown(values[self.wanted[0]]) != self.titles[self.wanted[0]]:
            return False  # as of nearly every row
        return all(shown(values[index]) == self.titles[index] for index in self.wanted)

    def _kind(self, cells: Cells) -> tuple[Kind | None, str]:
        words = self._words(cells.values)
        if len(words) == 1 and words[0][0] in SUM_STARTS and SUM.fullmatch(fold(words[0])):
            return Kind.SUM, words[0]
        if not words and self._is_empty(cells):
            return None, ""
        if self._is_full(cells):
            return Kind.DATA, ""
        if words and all(SIGNATURE.match(fold(word)) for word in words):
            return Kind.END, words[0]
        if len(words) != 1 and self._is_empty(cells):
            return None, ""
        if name := self._group(cells, words):
            return Kind.GROUP, name
        return Kind.DATA, ""

    def _is_empty(self, cells: Cells) -> bool:
        return all(map(cells.is_blank, self.wanted))

    def _words(self, values: list[Value]) -> list[str]:
        """The different texts of a row that are no numbers, without the mark of a group."""
        if self.ordinal is not None and not self._is_counted(values) and _is_mark(self._ordinal(values)):
            values = [*values[: self.ordinal], *values[self.ordinal + 1 :]]
        texts = [shown(value) for value in values if value is not None and type(value) is not int]
        return [text for text in dict.fromkeys(texts) if text and not text.isdecimal() and not NUMBER.fullmatch(text)]

    def _ordinal(self, values: list[Value]) -> str:
        return shown(values[self.ordinal]) if self.ordinal is not None else ""

    def _is_counted(self, values: list[Value]) -> bool:
        """A plain number stands where rows are numbered: no mark of a group."""
        return self.ordinal is not None and type(values[self.ordinal]) is int

    def _is_full(self, cells: Cells) -> bool:
        """All that is required is there, in cells that are not one merged block."""
        if len(self.required) < 2 or any(map(cells.is_blank, self.required)):
            return False
        values = {shown(cells.values[index]) for index in self.required}
        return len(values) > 1

    def _group(self, cells: Cells, words: list[str]) -> str:
        """The name of the group when the row is no more than that; the group is then open."""
        if len(words) != 1 or self._is_counted(cells.values):
            return ""
        mark = self._ordinal(cells.values)
        if mark and not _is_mark(mark) and mark != words[0]:
            return ""
        told = MARK.match(words[0])
        name = words[0][told.end() :].strip() if told else words[0]
        if not mark or mark == words[0]:
            mark = (told.group(1) or told.group(2) or "") if told else ""
        if not name or not (mark or self._stands_alone(cells, words[0])):
            return ""
        self._enter(mark.strip("().:/-– "), name)
        return name

    def _stands_alone(self, cells: Cells, word: str) -> bool:
        """A text without a mark is a group when the row lacks what every row must have, or has no number where others do."""
        if self._is_merged(cells.number, word) or self.numbered:
            return True
        return any(map(cells.is_blank, self.required))

    def _is_merged(self, row: int, word: str) -> bool:
        """One block over two columns or more."""
        return any(
            block.first_row <= row <= block.last_row
            and block.last_column > block.first_column
            and shown(self.sheet.rows[row - 1].values[block.first_column]) == word
            for block in self.sheet.merged
        )

    def _enter(self, mark: str, name: str) -> None:
        """Open the group on the level of its like, or below all that are open."""
        style = self._style(mark)
        for depth, level in enumerate(self.levels):
            if level.style == style:
                del self.levels[depth:]
                break
        self.levels.append(Level(style, mark, name))

    def _style(self, mark: str) -> str:
        """Whether I is the first of the Romans or follows H; a group without a mark is of the plain style."""
        if not mark:
            return "plain"
        letters = next((level.mark for level in self.levels if level.style == "letters"), "")
        if not ROMAN.fullmatch(mark) or (letters and ord(mark[0]) == ord(letters[0]) + 1 and len(mark) == 1):
            return "letters"
        return "roman"

    def _first_data_after(self, end: int) -> int | None:
        """A row after the signatures that has all that a row of data needs."""
        for cells in self.sheet.rows[end:]:
            filled = len(self.wanted) - sum(map(cells.is_blank, self.wanted))
            if len(self.required) > 1 and self._is_full(cells) and filled > len(self.wanted) / 2:
                return cells.number
        return None


def _is_mark(text: str) -> bool:
    found = MARK.match(text)
    return bool(found and found.group(2))
