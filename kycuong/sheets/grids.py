"""Workbooks of forms: heads in two rows, numbers of columns, live formulas that already hold their values, a native chart.

Text stays text here, too: the only formulas are those that the caller hands over as formulas.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from .writer import FONT, Pen, new_book, sheet_name

LINE = 16.5
"""Points that a line of the usual letters is high."""
PERCENT, DAY, WHOLE = "0.0%", "dd/mm/yyyy", "#,##0"


@dataclass(frozen=True)
class Formula:
    """A formula over cells of its row or column, and its value now. In `text` {row} is its own row, {first} and {last} those of the body."""

    text: str
    value: Any


@dataclass(frozen=True)
class GridColumn:
    """A column: its title, what stands above it and its neighbours, its number in the form, width, format of numbers."""

    title: str
    group: str = ""
    mark: str = ""
    width: float = 12
    number: str = ""
    hidden: bool = False


@dataclass(frozen=True)
class Chart:
    """Columns from the body: the column of names, those of values; described for whoever cannot see it."""

    title: str
    description: str
    names: int
    values: Sequence[int]
    most: int = 40


@dataclass(frozen=True)
class Grid:
    """One sheet: lines above, heads, body, a total, lines below."""

    name: str
    heading: Sequence[str]
    columns: Sequence[GridColumn]
    rows: Sequence[Sequence[Any]]
    total: Sequence[Any] = ()
    notes: Sequence[str] = ()
    chart: Chart | None = None


def write_grids(grids: Sequence[Grid], *, title: str, made: datetime, digest: str = "", version: str = "") -> bytes:
    """The grids as an .xlsx file, each on A4 landscape, one page wide, its heads repeated on every page.

    `made`: the moment that it tells of. `digest`: the SHA-256 of what it was made from, and the `version` of the code, at the foot of
    every page and in the properties.
    """
    buffer = io.BytesIO()
    book = new_book(buffer, title=title, made=made)
    if digest:
        book.set_properties({"title": title, "created": made, "comments": f"SHA-256 {digest}; {version}"})
        book.set_custom_property("SHA-256", digest)
    pen = GridPen(book)
    for grid in grids:
        out = book.add_worksheet(sheet_name(grid.name))
        _write(book, out, grid, pen)
        if digest:
            out.set_footer(f"&L&7SHA-256 {digest}; {version}&R&P/&N")
    book.close()
    return buffer.getvalue()


class GridPen(Pen):
    """The formats of forms: each format of numbers twice, plain and for the total."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.book = book
        centred = {**FONT, "bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"}
        self.over: Format = book.add_format({**centred, "bg_color": "#DCE6F1"})
        self.mark: Format = book.add_format({**centred, "bold": False, "italic": True, "font_size": 10})
        self.note: Format = book.add_format({**FONT, "italic": True, "text_wrap": True})
        self.held: dict[tuple[str, bool], Format] = {}

    def of(self, number: str, *, bold: bool) -> Format:
        if (number, bold) not in self.held:
            look: dict[str, Any] = {**FONT, "border": 1, "bold": bold, "text_wrap": True}
            self.held[number, bold] = self.book.add_format({**look, **({"num_format": number} if number else {})})
        return self.held[number, bold]


def _write(book: Workbook, out: Worksheet, grid: Grid, pen: GridPen) -> None:
    for row, line in enumerate(grid.heading):
        pen.safe_cell(out, row, 0, line, pen.plain if row else pen.title)
    top = len(grid.heading) + 1
    body = _heads(out, grid.columns, top, pen)
    last = body + len(grid.rows) - 1
    for place, cells in enumerate(grid.rows):
        _row(out, grid.columns, cells, body + place, (body, last), pen, bold=False)
    end = last + 1
    if grid.total:
        _row(out, grid.columns, grid.total, end, (body, last), pen, bold=True)
        end += 1
    _notes(out, grid, end + 1, pen)
    if grid.chart and grid.rows:
        _chart(book, out, grid, grid.chart, (body, min(last, body + grid.chart.most - 1)), end + len(grid.notes) + 2)
    _set_up(out, grid, top, body)


def _notes(out: Worksheet, grid: Grid, row: int, pen: GridPen) -> None:
    """Each over the whole width, as high as it needs: on paper nothing beyond the last column is printed."""
    shown = [at for at, one in enumerate(grid.columns) if not one.hidden]
    room = sum(grid.columns[at].width for at in shown)
    for place, line in enumerate(grid.notes, row):
        out.merge_range(place, 0, place, max(shown[-1], 1), "", pen.note)
        pen.safe_cell(out, place, 0, line, pen.note)
        out.set_row(place, LINE * ceil(len(line) / room))


def _heads(out: Worksheet, columns: Sequence[GridColumn], top: int, pen: GridPen) -> int:
    """One row or two, joined where a title stands over several; then the numbers. Returns the row of the body."""
    grouped = any(one.group for one in columns)
    for at, one in enumerate(columns):
        out.set_column(at, at, one.width, None, {"hidden": True} if one.hidden else {})
        if not grouped:
            out.write_string(top, at, one.title, pen.over)
        elif one.group:
            out.write_string(top + 1, at, one.title, pen.over)
        else:
            out.merge_range(top, at, top + 1, at, one.title, pen.over)
    for group, first, last in _runs(columns) if grouped else ():
        if first == last:
            out.write_string(top, first, group, pen.over)
        else:
            out.merge_range(top, first, top, last, group, pen.over)
    body = top + (2 if grouped else 1)
    if any(one.mark for one in columns):
        for at, one in enumerate(columns):
            out.write_string(body, at, f"({one.mark})" if one.mark else "", pen.mark)
        body += 1
    return body


def _runs(columns: Sequence[GridColumn]) -> list[tuple[str, int, int]]:
    """Title that stands over several columns, its first and its last."""
    runs: list[tuple[str, int, int]] = []
    for at, one in enumerate(columns):
        if one.group and runs and runs[-1][0] == one.group and runs[-1][2] == at - 1:
            runs[-1] = (one.group, runs[-1][1], at)
        elif one.group:
            runs.append((one.group, at, at))
    return runs


def _row(
    out: Worksheet, columns: Sequence[GridColumn], cells: Sequence[Any], row: int, body: tuple[int, int], pen: GridPen,
    *, bold: bool,
) -> None:  # fmt: skip
    for at, (column, value) in enumerate(zip(columns, cells, strict=True)):
        look = pen.of(column.number, bold=bold)
        if isinstance(value, Formula):
            text = value.text.format(row=row + 1, first=body[0] + 1, last=body[1] + 1)
            out.write_formula(row, at, text, look, "" if value.value is None else value.value)
        else:
            pen.safe_cell(out, row, at, value, look)


def _chart(book: Workbook, out: Worksheet, grid: Grid, chart: Chart, body: tuple[int, int], row: int) -> None:
    drawn: Any = book.add_chart({"type": "column"})
    for at in chart.values:
        span = [out.name, body[0], at, body[1], at]
        names = [out.name, body[0], chart.names, body[1], chart.names]
        title = " – ".join(filter(None, (grid.columns[at].group, grid.columns[at].title)))
        drawn.add_series({"name": title, "categories": names, "values": span})
    drawn.set_title({"name": chart.title, "name_font": {"name": FONT["font_name"], "size": 12}, "overlay": False})
    drawn.set_legend({"position": "bottom"})
    drawn.set_y_axis({"min": 0, "major_gridlines": {"visible": True}, "num_format": WHOLE})
    drawn.set_size({"width": 960, "height": 360})
    out.insert_chart(row, 1, drawn, {"description": chart.description})


def _set_up(out: Worksheet, grid: Grid, top: int, body: int) -> None:
    out.freeze_panes(body, 2 if len(grid.columns) > 12 else 0)
    out.repeat_rows(top, body - 1)
    out.set_landscape()
    out.set_paper(9)
    out.fit_to_pages(1, 0)
    out.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    out.set_footer("&C&P/&N")
    if grid.rows and not grid.chart:
        out.autofilter(body - 1, 0, body + len(grid.rows) - 1, len(grid.columns) - 1)


def letter(at: int) -> str:
    """0 → «A»: how a formula names a column."""
    return str(xl_col_to_name(at))
