"""A list as a file: its columns are declared once, its rows are read a piece at a time, and the file says what it is."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import chain
from typing import Any, Generic, TypeVar

import xlsxwriter
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from xlsxwriter.worksheet import Worksheet

from kycuong.core.clock import today

from .writer import NEVER_RUN, Pen, csv_cell, sheet_name

Line = TypeVar("Line")
Row = TypeVar("Row", bound=Model)

PIECE = 1000
"""Rows that are in memory at once; also how many keys one question to the database names."""
MOST_ROWS = 1_048_000
"""Rows that a sheet of Excel holds, less the heading."""
BOM = "\ufeff"


@dataclass(frozen=True)
class Column(Generic[Line]):
    """One column: its title, what it takes from a line, its width in characters."""

    title: str | Promise
    value: Callable[[Line], Any]
    width: float = 16


@dataclass(frozen=True)
class Listed(Generic[Line]):
    """A list as one person asked for it: the keys of its rows in their order, and how the rows of some keys are read."""

    title: str
    columns: Sequence[Column[Line]]
    keys: Sequence[Any]
    read: Callable[[Sequence[Any]], Iterable[Line]]
    asked: Sequence[tuple[str, str]] = ()
    """What it is narrowed to, in words: («Năm», «2026»)."""
    notes: Sequence[str] = ()
    """What a reader must know to understand the rows."""
    still_seen: Callable[[Sequence[Any]], int] | None = None
    """Of keys that were written into a file: how many of these rows the person may see now, whatever they say now."""
    at_once: bool = False
    """Only ever given while one waits: what stands in it follows from so much that no file of an hour ago may be looked at again."""
    piece: int = 0
    """Rows that are read at once where it costs much to come to the first of them; otherwise PIECE."""

    def pieces(self) -> Iterator[list[list[Any]]]:
        """All rows, some at a time. A row that went away meanwhile is left out."""
        size = self.piece or PIECE
        for start in range(0, len(self.keys), size):
            lines = self.read(self.keys[start : start + size])
            yield [[column.value(line) for column in self.columns] for line in lines]


@dataclass(frozen=True)
class Printed:
    """What stands above the rows of a workbook."""

    who: str
    moment: str
    asked: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = field(default_factory=tuple)

    def lines(self, rows: str) -> list[str]:
        asked = "; ".join(f"{label}: {words}" for label, words in self.asked) or "không lọc"
        return [f"Người xuất: {self.who}, lúc {self.moment}", f"Điều kiện: {asked}", f"Số dòng: {rows}", *self.notes]


def of_rows(
    found: QuerySet[Row],
    seen: QuerySet[Row],
    *,
    title: str,
    columns: Sequence[Column[Line]],
    lines: Callable[[list[Row]], Iterable[Line]],
    asked: Sequence[tuple[str, str]] = (),
    notes: Sequence[str] = (),
) -> Listed[Line]:
    """A list of rows of the database. `seen`: all that the person may see, not narrowed; `lines`: rows as people read them.

    Only keys are held; a piece costs the same number of questions however many rows it has.
    """

    def read(keys: Sequence[int]) -> Iterable[Line]:
        held = {row.pk: row for row in found.filter(pk__in=list(keys))}
        return lines([held[key] for key in keys if key in held])

    def still_seen(keys: Sequence[int]) -> int:
        pieces = (keys[start : start + PIECE] for start in range(0, len(keys), PIECE))
        return sum(seen.filter(pk__in=list(piece)).values("pk").distinct().count() for piece in pieces)

    keys = array("q", found.values_list("pk", flat=True).iterator(chunk_size=PIECE))
    return Listed(title, columns, keys, read, asked, notes, still_seen)


def of_lines(
    title: str,
    columns: Sequence[Column[Line]],
    lines: Sequence[Line],
    *,
    asked: Sequence[tuple[str, str]] = (),
    notes: Sequence[str] = (),
    at_once: bool = False,
) -> Listed[Line]:
    """A list that is computed whole, such as the agencies of a year."""
    return Listed(title, columns, lines, lambda some: some, asked, notes, at_once=at_once)


def csv_pieces(listed: Listed[Any], told: Callable[[int], None] = lambda done: None) -> Iterator[str]:
    """The list as CSV, a piece at a time. The last line counts the rows: a file without it is not whole."""
    # A writer gives back what the file's `write` returns: this one gives the line itself.
    line = csv.writer(_Echo()).writerow
    yield BOM + str(line([csv_cell(str(column.title)) for column in listed.columns]))
    done = 0
    for rows in listed.pieces():
        yield "".join(str(line([csv_cell(value) for value in row])) for row in rows)
        done += len(rows)
        told(done)
    yield f"\r\n{line([f'Số dòng: {done}'])}"


class _Echo:
    def write(self, text: str) -> str:
        return text


def write_list(
    target: Any,
    listed: Listed[Any],
    printed: Printed,
    told: Callable[[int], None] = lambda done: None,
    *,
    beside: str | None = None,
) -> int:
    """Write the list as a workbook, row by row, and give the number of rows written. Nothing but a row is in memory.

    `beside`: the folder in which the sheet lies until the workbook is put together; else the system's own for such things.
    """
    rows = listed.pieces()
    # A short list is read before its number is written above it, so that both are from one moment.
    first = next(rows, [])
    count = len(first) if len(listed.keys) <= (listed.piece or PIECE) else len(listed.keys)
    book = xlsxwriter.Workbook(
        target, {"constant_memory": True, "remove_timezone": True, "tmpdir": beside, **NEVER_RUN}
    )
    book.set_properties({"title": listed.title, "created": datetime.combine(today(), time())})
    try:
        pen = Pen(book)
        out = book.add_worksheet(sheet_name(listed.title))
        head = _head(out, pen, listed, printed, count)
        done = 0
        for piece in chain([first], rows):
            for values in piece:
                done += 1
                for place, value in enumerate((done, *values)):
                    pen.safe_cell(out, head + done, place, value)
            told(done)
        _printing(out, head, done, len(listed.columns))
    finally:
        book.close()
    return done


def _head(out: Worksheet, pen: Pen, listed: Listed[Any], printed: Printed, count: int) -> int:
    """Title, who and when, what was asked, how many; then the titles of the columns. Gives the row of these."""
    out.set_column(0, 0, 6)
    for place, column in enumerate(listed.columns, 1):
        out.set_column(place, place, column.width)
    pen.safe_cell(out, 0, 0, listed.title, pen.title)
    lines = printed.lines(f"{count:,}".replace(",", "."))
    for row, line in enumerate(lines, 1):
        pen.safe_cell(out, row, 0, line, pen.plain)
    head = len(lines) + 2
    for place, title in enumerate(["STT", *(column.title for column in listed.columns)]):
        pen.safe_cell(out, head, place, str(title), pen.head)
    return head


def _printing(out: Worksheet, head: int, rows: int, columns: int) -> None:
    """The head frozen and repeated, A4 landscape, one page wide, pages numbered."""
    out.freeze_panes(head + 1, 2)
    out.repeat_rows(head)
    out.autofilter(head, 0, head + max(rows, 1), columns)
    out.set_landscape()
    out.set_paper(9)
    out.fit_to_pages(1, 0)
    out.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    out.set_footer('&C&"Times New Roman"&11&P/&N')
