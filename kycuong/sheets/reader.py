"""Bytes of an uploaded file become a workbook; whatever the file does, the caller gets rows or one clear sentence."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from kycuong.core.problems import BadInput

from .cells import Cells, Range, Sheet, Value, Workbook, index_of, letter_of
from .child import MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from .decoding import decode_sheet
from .delimited import read_csv
from .preflight import BROKEN, ENCRYPTED, inspect_upload

WALL_SECONDS = 30
OUT_OF_TIME = -1
ROOT = Path(__file__).resolve().parents[2]

TOO_LARGE = (
    "Bảng tính quá lớn hoặc quá nặng để đọc. Hãy chép phần bảng cần nhập sang một tệp mới, lưu dạng .xlsx rồi tải lên.",
    "The workbook is too large or too heavy to read. Copy the table that is needed into a new file, save it as .xlsx and upload that.",
)
REFUSALS = {
    "encrypted": ENCRYPTED,
    "too_large": TOO_LARGE,
    "long_text": (
        f"Có ô chứa hơn {MAX_TEXT} ký tự. Hãy rút gọn ô đó rồi tải lên lại.",
        f"A cell holds more than {MAX_TEXT} characters. Shorten it and upload the file again.",
    ),
    "too_many_rows": (
        f"Tệp có hơn {MAX_ROWS} dòng. Hãy chia thành nhiều tệp nhỏ hơn.",
        f"The file has more than {MAX_ROWS} rows. Split it into smaller files.",
    ),
    "too_many_columns": (
        f"Trang tính «{{sheet}}» có hơn {MAX_COLUMNS} cột. Hãy xóa các cột thừa ở bên phải rồi tải lên lại.",
        f"The sheet “{{sheet}}” has more than {MAX_COLUMNS} columns. Delete the extra columns on the right and upload it again.",
    ),
    "far_cell": (
        "Trang tính «{sheet}» có nội dung ở ô {cell}, quá xa bảng. Hãy xóa ô đó (hoặc chép bảng sang tệp mới) rồi tải lên lại.",
        "The sheet “{sheet}” has something in cell {cell}, far away from the table. Clear that cell (or copy the table into a new "
        "file) and upload it again.",
    ),
}
VALUES: dict[str, Callable[[Any], Value]] = {
    "d": date.fromisoformat,
    "m": datetime.fromisoformat,
    "t": time.fromisoformat,
    "s": lambda seconds: timedelta(seconds=seconds),
}


def read_workbook(data: bytes, filename: str) -> Workbook:
    """The visible sheets of the file in Unicode. BadInput, naming the file, when it cannot be used."""
    try:
        kind = inspect_upload(data)
        book = from_csv(data, filename) if kind == "csv" else from_answer(_ask_child(data, kind))
    except BadInput as problem:
        raise named(filename, problem) from problem
    return decoded(book, filename)


def named(filename: str, problem: BadInput) -> BadInput:
    """The problem with the name of the file before it."""
    return BadInput(f"{shown_name(filename)}: {problem.vi}", en=f"{shown_name(filename)}: {problem.en}")


def decoded(book: Workbook, filename: str) -> Workbook:
    """The workbook in Unicode. BadInput when nothing stands in it."""
    if not any(sheet.rows for sheet in book.sheets):
        raise BadInput(
            f"{shown_name(filename)}: Không có dữ liệu trong các trang tính đang hiện. Hãy kiểm tra lại tệp.",
            en=f"{shown_name(filename)}: The visible sheets hold no data. Check the file.",
        )
    return Workbook([decode_sheet(sheet) for sheet in book.sheets], book.hidden)


def shown_name(filename: str) -> str:
    """The name of the file without folders, cut to a length that a sentence can bear."""
    return filename.replace("\\", "/").rsplit("/", 1)[-1][:100] or "?"


def from_csv(data: bytes, filename: str) -> Workbook:
    rows: list[list[Value]] = []
    try:
        for row in read_csv(data):
            rows.append([field or None for field in row])
            if len(rows) > 2 * MAX_ROWS:
                _refuse("too_many_rows")
    except csv.Error:
        _refuse("long_text")
    while rows and not any(value and str(value).strip() for value in rows[-1]):
        rows.pop()
    name = Path(shown_name(filename)).stem
    _hold_limits(rows, name)
    return Workbook([_sheet(name, rows)])


def _hold_limits(rows: list[list[Value]], name: str) -> None:
    """The limits that the child holds for workbooks, for text files."""
    for row in rows:
        while row and not str(row[-1] or "").strip():
            row.pop()
    if len(rows) > MAX_ROWS:
        _refuse("too_many_rows")
    if any(len(row) > MAX_COLUMNS for row in rows):
        _refuse("too_many_columns", sheet=name)
    if any(len(str(value)) > MAX_TEXT for row in rows for value in row):
        _refuse("long_text")


def _refuse(reason: str, **details: str) -> NoReturn:
    vi, en = REFUSALS[reason]
    raise BadInput(vi.format_map(details) if details else vi, en=en.format_map(details) if details else en)


def _ask_child(data: bytes, kind: str) -> dict[str, Any]:
    """What the confined process made of the file."""
    returncode, answer = run_child(kind, data)
    return understood(returncode, answer)


def run_child(kind: str, given_bytes: bytes) -> tuple[int, bytes]:
    """Its exit code and its answer. Files stand in for pipes, so that its output has a limit of its own."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(given_bytes)
        given.seek(0)
        try:
            # The child needs no secret of the server: it gets an environment of its own.
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", "kycuong.sheets.child", kind],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT), "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1"},
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return OUT_OF_TIME, b""
        answer.seek(0)
        return done.returncode, answer.read()


def understood(returncode: int, answer: bytes) -> dict[str, Any]:
    # A negative code is a signal: out of memory (abort), out of time, or an output past its limit.
    if returncode < 0:
        _refuse("too_large")
    if returncode:
        raise BadInput(BROKEN[0], en=BROKEN[1])
    found: dict[str, Any] = json.loads(answer)
    if reason := found.pop("refused", None):
        _refuse(reason, **found)
    return found


def from_answer(answer: dict[str, Any]) -> Workbook:
    sheets = []
    for found in answer["sheets"]:
        rows = [[_value(value) if type(value) is list else value for value in row] for row in found["rows"]]
        merged = [Range(top + 1, left, bottom + 1, right) for top, left, bottom, right in found["merged"]]
        sheet = _sheet(found["name"], rows, merged, found.get("uncomputed", ()), found.get("faults", {}))
        sheets.append(replace(sheet, fonts=found.get("fonts", {})))
    return Workbook(sheets, answer["hidden"])


def _value(pair: list[Any]) -> Value:
    """What JSON lacks came as a pair of a letter and a text."""
    return VALUES[pair[0]](pair[1])


def _sheet(
    name: str,
    rows: list[list[Value]],
    merged: Sequence[Range] = (),
    uncomputed: Collection[str] = (),
    faults: Mapping[str, str] = MappingProxyType({}),
) -> Sheet:
    """A rectangle of cells from A1 on, with merged blocks filled by the value of their first cell."""
    width = max((len(row) for row in rows), default=0)
    inside = [block for block in merged if block.first_row <= len(rows) and block.first_column < width]
    filled = [row + [None] * (width - len(row)) for row in rows]
    for block in inside:
        value = filled[block.first_row - 1][block.first_column]
        for row in filled[block.first_row - 1 : block.last_row]:
            for column in range(block.first_column, min(block.last_column + 1, width)):
                row[column] = value
    letters = [letter_of(index) for index in range(width)]
    cells = [Cells(row, number, letters) for number, row in enumerate(filled, start=1)]
    _mark(cells, uncomputed, faults)
    return Sheet(name, cells, inside)


def _mark(cells: list[Cells], uncomputed: Collection[str], faults: Mapping[str, str]) -> None:
    """Say of single cells that a formula was not computed, or that it failed."""
    for address in {*uncomputed, *faults}:
        letters = address.rstrip("0123456789")
        row, column = int(address[len(letters) :]) - 1, index_of(letters)
        if row < len(cells) and column < len(cells[row]):
            cell = cells[row][column]
            cells[row].put(column, cell._replace(uncomputed=address in uncomputed, fault=faults.get(address, "")))
