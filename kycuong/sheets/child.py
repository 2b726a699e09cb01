"""Parses a workbook inside a process of its own that may use only so much memory and time: `python -m kycuong.sheets.child`."""

from __future__ import annotations

import gc
import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from .cells import index_of

MEMORY = 1024**3
CPU_SECONDS = 20
OUTPUT = 64 * 1024**2
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_TEXT = 32_767
"""What Excel itself allows in one cell."""
MANY = "many"
EXACT = 2.0**53


class Refusal(Exception):
    """The name of a reason that the parent turns into a sentence, and its details."""

    def __init__(self, reason: str, **details: Any) -> None:
        super().__init__(reason)
        self.answer = {"refused": reason, **details}


def confine() -> None:
    """Give up what a parser does not need, before anything of the file is looked at."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    gc.disable()  # rows of plain values hold no rings, and the process ends with its files


def _plain_row(row: list[Any]) -> list[Any]:
    """`plain` of each cell. Most hold a whole number, which is told here: a call for each would be half of the work."""
    return [
        int(value) if type(value) is float and value.is_integer() and -EXACT < value < EXACT else plain(value)
        for value in row
    ]


def plain(value: Any) -> Any:
    """A value as JSON can carry it; what JSON lacks becomes a pair of a letter and a text."""
    if type(value) is float:
        return int(value) if value.is_integer() and -EXACT < value < EXACT else value
    if type(value) is str:
        return _text(value)
    match value:
        case None | bool() | int():
            return value
        case datetime() if value.time() == time.min:
            return ["d", value.date().isoformat()]
        case datetime():
            return ["m", value.isoformat()]
        case date():
            return ["d", value.isoformat()]
        case time():
            return ["t", value.isoformat()]
        case timedelta():
            return ["s", value.total_seconds()]
    return str(value)


def _text(text: str) -> str | None:
    if len(text) > MAX_TEXT:
        raise Refusal("long_text")
    return text or None


def trimmed(rows: list[list[Any]]) -> list[list[Any]]:
    """The rows without the empty ones at the end and the empty cells at the right."""
    for row in rows:
        while row and (row[-1] is None or (isinstance(row[-1], str) and not row[-1].strip())):
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def sheet_of(book: Any, name: str, budget: int) -> dict[str, Any]:
    """One sheet as plain values from A1 on, refused when it is larger than what is left to read."""
    source = book.get_sheet_by_name(name)
    end = source.end or (0, 0)
    # Far stray cells cost a row of memory each; refuse them by their corner before the rows are built.
    if end[0] >= 4 * MAX_ROWS or end[1] >= 4 * MAX_COLUMNS:
        raise Refusal("too_large", sheet=name)
    rows = trimmed([_plain_row(row) for row in source.to_python(skip_empty_area=False)])
    if len(rows) > budget:
        raise Refusal("too_many_rows", sheet=name)
    if any(len(row) > MAX_COLUMNS for row in rows):
        raise Refusal("too_many_columns", sheet=name)
    merged = [[*start, *stop] for start, stop in source.merged_cell_ranges or []]
    return {"name": name, "rows": rows, "merged": merged}


def stretch(sheet: dict[str, Any], addresses: list[str]) -> None:
    """Make room for cells that have no value but something to say, at the right and below."""
    rows = sheet["rows"]
    for address in addresses:
        letters = address.rstrip("0123456789")
        row, column = int(address[len(letters) :]), index_of(letters)
        if row > MAX_ROWS:
            raise Refusal("too_many_rows", sheet=sheet["name"])
        if column >= MAX_COLUMNS:
            raise Refusal("too_many_columns", sheet=sheet["name"])
        rows += [[] for _ in range(row - len(rows))]
        rows[row - 1] += [None] * (column + 1 - len(rows[row - 1]))


def parse(data: bytes, kind: str) -> dict[str, Any]:
    """The visible sheets of the workbook, with what only the file's own XML tells."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - after the limits

    from . import parts  # noqa: PLC0415 - after the limits

    details = parts.look(data) if kind == "xlsx" else {}
    for name, detail in details.items():
        if detail.far:
            raise Refusal("far_cell", sheet=name, cell=detail.far)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets: list[dict[str, Any]] = []
    hidden: list[str] = []
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            hidden.append(meta.name)
            continue
        sheet = sheet_of(book, meta.name, MAX_ROWS - sum(len(done["rows"]) for done in sheets))
        found = details.get(meta.name)
        if found:
            stretch(sheet, [*found.uncomputed, *found.faults])
            sheet |= {"uncomputed": found.uncomputed, "faults": found.faults}
        sheets.append(sheet)
    if kind == "xlsx":
        parts.add_fonts(data, sheets)
    return {"sheets": sheets, "hidden": hidden}


def answer_to(data: bytes, kind: str) -> dict[str, Any]:
    """What the file says, or why it is not read."""
    from python_calamine import PasswordError  # noqa: PLC0415 - after the limits

    try:
        return parse(data, kind)
    except Refusal as refusal:
        return refusal.answer
    except PasswordError:
        return {"refused": "encrypted"}
    except MemoryError:
        return {"refused": "too_large"}


def main(kind: str) -> int:
    """Read the file from standard input, write one JSON text to standard output.

    For MANY small files: the first line tells kind and length of each, and each is answered in a line of its own. The first one
    that cannot be parsed ends it: the parent asks about that one, and those after it, one by one.
    """
    source = sys.stdin.buffer
    told: list[tuple[str, int]] = json.loads(source.readline()) if kind == MANY else [(kind, -1)]
    for each, length in told:
        sys.stdout.write(json.dumps(answer_to(source.read(length), each)) + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    confine()
    sys.exit(main(sys.argv[1]))
