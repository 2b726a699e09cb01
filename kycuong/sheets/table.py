"""Reads the table of a sheet: its head, its rows with values and faults, the groups they stand in, and where it ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kycuong.core.problems import BadInput

from .cells import Cell, Cells, Issue, Sheet, Workbook, index_of
from .headers import SEARCHED_ROWS, Column, Header, Heading, find_header, heading_key
from .reading import Parser, error
from .rows import Kind, Reader

__all__ = ["Column", "Group", "Heading", "Parser", "Row", "Sum", "Table", "find_table", "read_table", "read_under"]

BLANK = Cell(None, 0, "")


@dataclass(frozen=True)
class Row:
    """One row of data: what its cells say, and the groups above it, outermost first."""

    number: int
    context: tuple[str, ...]
    cells: Cells
    places: Mapping[str, int]
    """Where the columns stand that the sheet has, by their keys."""
    values: dict[str, Any]

    def cell(self, key: str) -> Cell:
        """The cell of a column; a blank one of this row where the sheet lacks the column."""
        return self.cells[self.places[key]] if key in self.places else BLANK._replace(row=self.number)


@dataclass(frozen=True)
class Group:
    """A row that only names the rows under it."""

    row: int
    name: str


@dataclass(frozen=True)
class Sum:
    """A row that adds up others, as it stands: most importers pass it over."""

    name: str
    cells: Cells


class Placed(NamedTuple):
    """A column where it stands in the sheet: how its cells are read, its title there, whether it must be filled, its own title."""

    parse: Parser
    title: str
    required: bool
    name: str


Quick = tuple[str, int, Mapping[int, Any], Placed]
"""What every row is asked: key and place of a column, what plain numbers mean in it; the rest for other cells."""


@dataclass
class Table:
    """What was read of a sheet, with everything wrong so far."""

    sheet: Sheet
    header_row: int
    columns: dict[str, Heading]
    unknown: list[Heading]
    missing: list[Column]
    rows: list[Row] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    ended_at: int | None = None
    """The row of the signatures, from which on nothing is read."""


def find_table(book: Workbook, columns: Sequence[Column], *, sheet: str = "") -> Table:
    """The table of the sheet whose head names most of the columns, or of the sheet named. BadInput when there is none."""
    heads = [(found, header) for found in _asked(book, sheet) if (header := find_header(found, columns))]
    if not heads:
        raise _no_head(columns)
    best, header = max(heads, key=lambda head: len(head[1].columns))
    table = _read(best, header, columns)
    table.issues += _notes_on_sheets(book, table, [found for found, head in heads if _rivals(head, columns)])
    return table


def read_table(sheet: Sheet, columns: Sequence[Column]) -> Table:
    """The table of this sheet. BadInput when it has no head with these columns."""
    header = find_header(sheet, columns)
    if header is None:
        raise _no_head(columns)
    return _read(sheet, header, columns)


def read_under(sheet: Sheet, header: Header, columns: Sequence[Column]) -> Table:
    """The table under a head that somebody has pointed out."""
    return _read(sheet, header, columns)


def _asked(book: Workbook, name: str) -> list[Sheet]:
    if not name:
        return book.sheets
    wanted = [sheet for sheet in book.sheets if heading_key(sheet.name) == heading_key(name)]
    if not wanted:
        there = ", ".join(f"«{sheet.name}»" for sheet in book.sheets)
        raise BadInput(
            f"Tệp không có trang tính «{name[:80]}» đang hiện; các trang có: {there}.",
            en=f"The file has no visible sheet “{name[:80]}”; it has: {there}.",
        )
    return wanted


def _no_head(columns: Sequence[Column]) -> BadInput:
    titles = ", ".join(f"«{column.title}»" for column in columns if column.required) or f"«{columns[0].title}»"
    return BadInput(
        f"Không tìm thấy dòng tiêu đề của bảng trong {SEARCHED_ROWS} dòng đầu. Bảng cần có các cột: {titles}. "
        "Hãy sửa tên cột hoặc dùng tệp mẫu.",
        en=f"No head of a table was found in the first {SEARCHED_ROWS} rows. It needs the columns: {titles}. "
        "Mend the titles or use the template.",
    )


def _rivals(header: Header, columns: Sequence[Column]) -> bool:
    return all(column.key in header.columns for column in columns if column.required)


def _notes_on_sheets(book: Workbook, table: Table, alike: list[Sheet]) -> Iterator[Issue]:
    others = [sheet.name for sheet in alike if sheet is not table.sheet and len(sheet.rows) > 1]
    head = Cell(None, table.header_row, "")
    if others:
        names = ", ".join(f"«{name}»" for name in [table.sheet.name, *others])
        yield error(
            head,
            "Trang tính",
            f"Nhiều trang tính cùng có bảng: {names}. Hãy chọn tên một trang để nhập, hoặc gộp vào một trang.",
            f"Several sheets hold such a table: {names}. Name the one to import, or put them into one sheet.",
        )
    if book.hidden:
        names = ", ".join(f"«{name}»" for name in book.hidden)
        yield Issue(
            "warning",
            head.row,
            "",
            "Trang tính",
            names,
            f"Các trang đang ẩn không được đọc: {names}. Hãy cho hiện nếu cần nhập.",
            f"Hidden sheets are not read: {names}. Show them if they are needed.",
        )


def _read(sheet: Sheet, header: Header, columns: Sequence[Column]) -> Table:
    missing = [column for column in columns if column.required and column.key not in header.columns]
    table = Table(sheet, header.first_row, header.columns, header.unknown, missing)
    table.issues += _faults_of_head(sheet, header, missing)
    present = [column for column in columns if column.key in header.columns]
    places = {column.key: index_of(header.columns[column.key].letter) for column in present}
    placed = [
        (one.key, places[one.key], one.plain, Placed(one.parse, header.columns[one.key].title, one.required, one.title))
        for one in present
    ]
    reader = Reader(sheet, header, present)
    for kind, number, text in reader.rows():
        if kind is Kind.GROUP:
            table.groups.append(Group(number, text))
        elif kind is Kind.SUM:
            table.sums.append(Sum(text, sheet.rows[number - 1]))
        elif kind is Kind.DATA:
            row = Row(number, reader.context, sheet.rows[number - 1], places, {})
            table.rows.append(row)
            table.issues += _take(row, placed)
        elif kind is Kind.END:
            table.ended_at = number
    table.issues += _faults_of_groups(table, reader)
    return table


def _faults_of_head(sheet: Sheet, header: Header, missing: list[Column]) -> Iterator[Issue]:
    head = Cell(None, header.first_row, "")
    for column in missing:
        known = (
            f" (cột chưa hiểu: {', '.join(f'«{there.title}»' for there in header.unknown)})" if header.unknown else ""
        )
        yield error(
            head,
            column.title,
            f"Thiếu cột «{column.title}»{known}. Hãy thêm cột này hoặc sửa tên cột.",
            f"The column “{column.title}” is missing. Add it, or mend a title.",
        )
    for first, second in header.doubles:
        yield error(
            Cell(second.title, header.last_row, second.letter),
            second.title,
            f"Cột {first.letter} và cột {second.letter} cùng được hiểu là một cột. Hãy đổi tên hoặc xóa một cột.",
            f"Columns {first.letter} and {second.letter} mean the same. Rename or delete one.",
        )
    for change in sheet.conversions:
        yield Issue(
            "warning",
            change.row,
            change.column,
            f"Cột {change.column}",
            change.before[:200],
            f"{change.cells} ô của cột được đổi từ bảng mã {change.encoding}, ví dụ thành «{change.after[:80]}». Hãy kiểm tra.",
            f"{change.cells} cells of the column were converted from {change.encoding}, for example to “{change.after[:80]}”. "
            "Please check.",
        )


def _take(row: Row, columns: list[Quick]) -> list[Issue]:
    """What the cells of the row say, and what is wrong with them. Most hold a small number, of which there is nothing to ask."""
    issues, values, given, all_plain = [], row.values, row.cells.values, not row.cells.noted
    for key, place, plain, column in columns:
        told = given[place]
        if type(told) is int and all_plain and told in plain:
            values[key] = plain[told]
        elif issue := _take_cell(row, key, row.cells[place], column):
            issues.append(issue)
    return issues


def _take_cell(row: Row, key: str, cell: Cell, placed: Placed) -> Issue | None:
    parsed = placed.parse(cell, placed.title)
    row.values[key] = parsed.value
    if parsed.issue or parsed.value is not None or not placed.required:
        return parsed.issue
    vi, en = f"Ô đang trống. Hãy ghi «{placed.name}».", f"The cell is empty. Write “{placed.name}”."
    return error(cell, placed.title, vi, en)


def _faults_of_groups(table: Table, reader: Reader) -> Iterator[Issue]:
    """A row taken for a group, or for the end, must not swallow data in silence."""
    for number, name in reader.childless:
        yield Issue(
            "warning",
            number,
            "",
            "Dòng nhóm",
            name,
            f"Dòng này được hiểu là tên nhóm «{name[:80]}», nhưng bên dưới không có dòng nào. Nếu là dữ liệu, hãy điền đủ các cột.",
            f"This row was taken for the name of a group, “{name[:80]}”, but no row follows. If it is data, fill its columns.",
        )
    if table.ended_at and reader.lost:
        yield error(
            Cell(None, reader.lost, ""),
            "Dòng",
            f"Dòng này giống dữ liệu nhưng nằm sau phần ký tên (dòng {table.ended_at}). Hãy chuyển lên trên hoặc xóa.",
            f"This row looks like data but stands after the signatures (row {table.ended_at}). Move it up or delete it.",
        )
