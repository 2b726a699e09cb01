"""What all parsers of cells share: tidy text, a value as people write it, the issue about a cell, faults common to all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from kycuong.core.vietnamese import clean

from .cells import Cell, Cells, Issue, Parsed, Value

Parser = Callable[[Cell, str], Parsed[Any]]
FAULT = re.compile(r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!)")
UNSEEN = {"Cc", "Cf", "Co", "Cs"}


def tidy(text: str) -> str:
    """Composed letters, single plain spaces, none of the characters that cannot be seen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    if not text.isprintable():
        text = "".join(char for char in text if char.isspace() or unicodedata.category(char) not in UNSEEN)
    return clean(text)


def shown(value: Value) -> str:
    """A value as a person would have typed it."""
    if type(value) is int:
        return str(value)
    match value:
        case None:
            return ""
        case bool():
            return "Có" if value else "Không"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case float():
            return f"{value:.10g}".replace(".", ",")
    return _tidied(str(value))


@lru_cache(maxsize=4096)
def _tidied(text: str) -> str:
    """A text of a cell is asked for again while its sheet is read: as a title, as a name, as a value."""
    return tidy(text)


def shown_row(row: Cells) -> list[str]:
    """The texts of a row; most cells are small numbers."""
    return [str(value) if type(value) is int else shown(value) for value in row.values]


def error(cell: Cell, title: str, vi: str, en: str) -> Issue:
    return Issue("error", cell.row, cell.column, title, cell.fault or shown(cell.value)[:200], vi, en)


def warning(cell: Cell, title: str, vi: str, en: str) -> Issue:
    return Issue("warning", cell.row, cell.column, title, shown(cell.value)[:200], vi, en)


def _unreadable(cell: Cell, title: str) -> Issue | None:
    """Faults that every parser meets in the same way."""
    if cell.uncomputed:
        return error(
            cell,
            title,
            "Ô chứa công thức chưa được tính. Hãy mở tệp bằng Excel, lưu lại rồi tải lên.",
            "The cell holds a formula that was never calculated. Open the file in Excel, save it and upload it again.",
        )
    fault = cell.fault or (cell.value if isinstance(cell.value, str) and FAULT.fullmatch(cell.value) else "")
    if fault:
        return error(
            cell,
            title,
            f"Công thức trong ô bị lỗi ({fault}). Hãy sửa công thức hoặc gõ giá trị vào ô.",
            f"The formula in the cell fails ({fault}). Mend it or type the value.",
        )
    return None


NOTHING: Parsed[Any] = Parsed()


def parser(read: Callable[[Cell, str], Parsed[Any]]) -> Parser:
    """A parser that leaves blanks blank and says the faults common to all."""

    def parse(cell: Cell, title: str) -> Parsed[Any]:
        if type(cell.value) is int and not cell.uncomputed and not cell.fault:
            return read(cell, title)
        if issue := _unreadable(cell, title):
            return Parsed(issue=issue)
        return NOTHING if cell.is_blank or not shown(cell.value) else read(cell, title)

    parse.__name__ = read.__name__
    parse.__doc__ = read.__doc__
    return parse
