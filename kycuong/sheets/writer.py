"""Workbooks and CSV files that say what they are and never carry a formula: text stays text, whoever typed it."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from django.utils import timezone
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kycuong.core.clock import today

from .cells import Issue, Sheet

FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A CSV cell that begins so may be run as a formula by a spreadsheet (full-width forms included)."""
MOST_TEXT = 32_767
"""Characters that one cell of a workbook can hold."""
NEVER_RUN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of a workbook in which a text stays a text."""
LIST_TEXT = 255
"""Characters that a drop-down list may have in all."""


@dataclass(frozen=True)
class OutColumn:
    """One column to write: its title, its width in characters, the values to choose from and a note for whoever fills it."""

    title: str
    width: float = 16
    choices: Sequence[str] = ()
    note: str = ""
    required: bool = False


@dataclass(frozen=True)
class OutSheet:
    """One sheet: lines above the head, the columns, the rows, notes below."""

    name: str
    columns: Sequence[OutColumn]
    rows: Sequence[Sequence[Any]] = ()
    heading: Sequence[str] = ()
    notes: Sequence[str] = ()


class Pen:
    """The formats of one workbook and the one way to write a cell."""

    def __init__(self, book: Workbook) -> None:
        self.text: Format = book.add_format({**FONT, "text_wrap": True, "border": 1})
        self.day: Format = book.add_format({**FONT, "num_format": "dd/mm/yyyy", "border": 1})
        self.moment: Format = book.add_format({**FONT, "num_format": "dd/mm/yyyy hh:mm", "border": 1})
        self.head: Format = book.add_format(
            {**FONT, "bold": True, "text_wrap": True, "border": 1, "bg_color": "#DCE6F1"}
        )
        self.title: Format = book.add_format({**FONT, "bold": True, "font_size": 14})
        self.plain: Format = book.add_format(FONT)
        self.fault: Format = book.add_format({**FONT, "text_wrap": True, "border": 1, "font_color": "#B00020"})
        self.faulty: Format = book.add_format({**FONT, "text_wrap": True, "border": 1, "bg_color": "#FBD5D5"})

    def safe_cell(self, sheet: Worksheet, row: int, column: int, value: Any, style: Format | None = None) -> None:
        """Write a value as what it is: a day as a day, a number as a number, everything else as text."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, style or self.text)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, at_home(value), style or self.moment)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, datetime.combine(value, time()), style or self.day)
        elif isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            sheet.write_number(row, column, value, style or self.text)
        else:
            sheet.write_string(row, column, str(value)[:MOST_TEXT], style or self.text)


def write_workbook(sheets: Sequence[OutSheet]) -> bytes:
    """The sheets as an .xlsx file: A4 landscape, one page wide, the head frozen and repeated."""
    return _workbook(sheets, blank_rows=0)


def template_workbook(sheet: OutSheet, *, blank_rows: int = 500, beside: Sequence[OutSheet] = ()) -> bytes:
    """An empty form to fill: drop-down lists and notes at the columns, notes for people on a second sheet."""
    return _workbook([sheet, *beside], blank_rows=blank_rows)


def errors_workbook(sheet: Sheet, issues: Sequence[Issue]) -> bytes:
    """The same sheet at the same coordinates, faulty cells coloured, and a last column that says what to mend."""
    buffer = io.BytesIO()
    book = new_book(buffer)
    pen = Pen(book)
    out = book.add_worksheet(sheet_name(sheet.name))
    faulty = {(issue.row, issue.column) for issue in issues}
    width = max((len(row) for row in sheet.rows), default=0)
    for number, row in enumerate(sheet.rows):
        for column, cell in enumerate(row):
            wrong = (cell.row, cell.column) in faulty
            plain = isinstance(cell.value, date | int | float)
            pen.safe_cell(out, number, column, cell.value, pen.faulty if wrong and not plain else None)
        said = [f"{issue.address}: {issue.vi}" for issue in issues if issue.row == number + 1]
        if said:
            pen.safe_cell(out, number, width, "\n".join(said), pen.fault)
    if not any(issue.row == 1 for issue in issues):
        pen.safe_cell(out, 0, width, "Lỗi", pen.fault)
    out.set_column(0, width - 1 if width else 0, 18)
    out.set_column(width, width, 60)
    book.close()
    return buffer.getvalue()


def write_csv(titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads Vietnamese; texts that look like formulas get an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([csv_cell(title) for title in titles])
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")


def at_home(moment: datetime) -> datetime:
    """The moment on the clock of Vietnam: spreadsheets know no zone."""
    return (timezone.localtime(moment) if timezone.is_aware(moment) else moment).replace(tzinfo=None)


def csv_cell(value: Any) -> Any:
    """A value as a cell of a CSV file: a day in ISO, a number as a number, a text that nothing can run."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return at_home(value).isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = str(value).replace("\x00", "")
    # What already has apostrophes before its sign gets one more, so that the reader gives back just what was here.
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_STARTS) else text


def new_book(buffer: io.BytesIO, *, title: str = "", made: datetime | None = None) -> Workbook:
    """An empty workbook. `made`: the moment that it tells of; else the day, for no two moments would give the same bytes."""
    book: Workbook = xlsxwriter.Workbook(buffer, {"in_memory": True, **NEVER_RUN})
    book.set_properties({"title": title, "created": made or datetime.combine(today(), time())})
    return book


def _workbook(sheets: Sequence[OutSheet], *, blank_rows: int) -> bytes:
    buffer = io.BytesIO()
    book = new_book(buffer)
    pen = Pen(book)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet_name(sheet.name)), sheet, pen, blank_rows)
        if blank_rows and sheet.notes:
            notes = book.add_worksheet("Hướng dẫn")
            notes.set_column(0, 0, 110)
            for row, line in enumerate(sheet.notes):
                pen.safe_cell(notes, row, 0, line, pen.plain)
    book.close()
    return buffer.getvalue()


def _write_sheet(out: Worksheet, sheet: OutSheet, pen: Pen, blank_rows: int) -> None:
    for row, line in enumerate(sheet.heading):
        pen.safe_cell(out, row, 0, line, pen.plain if row else pen.title)
    head = len(sheet.heading) + 1 if sheet.heading else 0
    for index, column in enumerate(sheet.columns):
        out.set_column(index, index, column.width)
        pen.safe_cell(out, head, index, column.title + (" *" if column.required else ""), pen.head)
        if column.note:
            out.write_comment(head, index, column.note)
        if blank_rows and column.choices and len(",".join(column.choices)) <= LIST_TEXT:
            allowed = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            out.data_validation(head + 1, index, head + blank_rows, index, allowed)
    for number, values in enumerate(sheet.rows, head + 1):
        for index, value in enumerate(values):
            pen.safe_cell(out, number, index, value)
    if not blank_rows:
        for number, line in enumerate(sheet.notes, head + len(sheet.rows) + 2):
            pen.safe_cell(out, number, 0, line, pen.plain)
    out.freeze_panes(head + 1, 0)
    out.repeat_rows(head)
    out.set_landscape()
    out.set_paper(9)
    out.fit_to_pages(1, 0)


def sheet_name(text: str) -> str:
    """A sheet's name: at most 31 characters, none of those that Excel forbids."""
    kept = "".join(" " if character in "[]:*?/\\" else character for character in text).strip("' ")
    return kept[:31] or "Trang 1"
