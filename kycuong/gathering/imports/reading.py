"""Reads one file that an agency sent: its head, its numbers with their cells, everything wrong, and what was not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kycuong.core.problems import BadInput
from kycuong.core.vietnamese import fold
from kycuong.gathering.rules import BY_KEY, NAME, Adds, faults_between, number, share_meant, total_faults
from kycuong.sheets.batches import Found
from kycuong.sheets.cells import Cell, Issue, Workbook, index_of
from kycuong.sheets.headers import heading_key, titles_at
from kycuong.sheets.importing import Line
from kycuong.sheets.reading import shown
from kycuong.sheets.rows import ORDINALS, SUM
from kycuong.sheets.table import Sum, Table, read_under

from .agencies import Agencies, Guess
from .cells import PARSERS, WANTED
from .heads import Layout, Remembered, fingerprint, found_layout, header_of, remembered_layout

WHOLE = ("tong", "toan", "cong")
PARTIAL = ("nhom", "muc", "phan", "khoi", "luy")


@dataclass(frozen=True)
class Taken:
    """One number that becomes a declared figure: its value and the cell, or the cells added up, that it was read from."""

    value: Decimal
    cell: str
    in_percent: bool = False
    """It bears its sign: it means what it says."""


@dataclass
class FormReading:
    """All that is known of a file after reading it. Nothing of it is a figure yet."""

    problem: Line | None = None
    layout: Layout | None = None
    sheets: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    fingerprint: str = ""
    remembered: bool = False
    guess: Guess = Guess()
    rows: int = 0
    total_row: int = 0
    values: dict[str, Taken] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    unread: list[Line] = field(default_factory=list)
    version: int = 0
    """Of the file as it was read: what a person chose since then is not in it."""

    @property
    def errors(self) -> int:
        return sum(issue.level == "error" for issue in self.issues)


@dataclass(frozen=True)
class Told:
    """What is known beside the file: who may have sent it, layouts confirmed earlier, and what a person chose for this file."""

    agencies: Agencies
    known: Sequence[Remembered] = ()
    chosen: Layout | None = None
    agency: int | None = None


def read_form(found: Found, filename: str, told: Told) -> FormReading:
    """The reading of a workbook, or of why there is none."""
    if isinstance(found, BadInput):
        return FormReading(problem=Line(found.vi, found.en))
    layout, remembered = told.chosen, False
    if layout is None:
        layout, remembered = _layout(found, filename, told)
    sheet = next((one for one in found.sheets if layout and one.name == layout.sheet), None)
    if layout is None or sheet is None or layout.last_row > len(sheet.rows):
        return _headless(found, filename, told)
    table = read_under(sheet, header_of(sheet, layout), WANTED)
    reading = FormReading(layout=layout, remembered=remembered, rows=len(table.rows), issues=list(table.issues))
    reading.sheets = [one.name for one in found.sheets]
    reading.titles = titles_at(sheet, layout.first_row, layout.last_row)
    reading.fingerprint = fingerprint(reading.titles)
    names = list(dict.fromkeys(str(row.values[NAME]) for row in table.rows if row.values.get(NAME)))
    reading.guess = told.agencies.guess(sheet, layout.first_row - 1, filename, names)
    _take_values(reading, table)
    reading.unread = list(_unread(found, table))
    _hold(reading)
    return reading


def _layout(book: Workbook, filename: str, told: Told) -> tuple[Layout | None, bool]:
    """The head as found; with the columns that somebody confirmed for the same head of the same agency."""
    found = found_layout(book)
    sheet = next((one for one in book.sheets if found and one.name == found.sheet), book.sheets[0])
    above = found.first_row - 1 if found else len(sheet.rows)
    agency = told.agency or told.agencies.guess(sheet, above, filename, ()).agency
    own = [one for one in told.known if one.agency == agency]
    kept = remembered_layout(book, own, found)
    return (kept.layout, True) if kept else (found, False)


def _headless(book: Workbook, filename: str, told: Told) -> FormReading:
    names = ", ".join(f"«{sheet.name}»" for sheet in book.sheets)
    reading = FormReading(
        problem=Line(
            f"Chưa tìm thấy dòng tiêu đề của Biểu 1 trong các trang tính {names}. Hãy chỉ trang tính và dòng tiêu đề rồi ghép cột.",
            f"No head of the table was found in {names}. Say which sheet and which rows it is in, then map the columns.",
        )
    )
    sheet = book.sheets[0]
    reading.sheets = [one.name for one in book.sheets]
    reading.guess = told.agencies.guess(sheet, len(sheet.rows), filename, ())
    return reading


def _take_values(reading: FormReading, table: Table) -> None:
    """One value for each mapped column of numbers: of the total row, of the only row, or of all rows added up."""
    _part_sums(reading, table)
    total = grand_total(table.sums)
    reading.rows = len(table.rows)
    reading.total_row = total.cells.number if total else 0
    for key, heading in table.columns.items():
        column = BY_KEY[key]
        if not column.is_figure:
            continue
        given = [value for row in table.rows if (value := row.values[key]) is not None]
        cell: Cell | None = total.cells[index_of(heading.letter)] if total else None
        if cell is None and len(given) == 1:
            reading.values[key] = _taken(given[0], _filled(table, key)[0])
        elif cell is not None and not cell.is_blank:
            faulty = len(given) < len(table.rows) and any(
                row.values[key] is None and not row.cell(key).is_blank for row in table.rows
            )
            _take_total(reading, key, cell, heading.title, [] if faulty else given)
        elif given and column.adds is Adds.SUM:
            cells = _filled(table, key)
            reading.values[key] = Taken(sum(given, Decimal()), f"{cells[0].address}:{cells[-1].address}")
        elif given:
            reading.issues.append(_no_total(_filled(table, key)[0], heading.title))


def _filled(table: Table, key: str) -> list[Cell]:
    return [row.cell(key) for row in table.rows if row.values[key] is not None]


def _part_sums(reading: FormReading, table: Table) -> None:
    """A total with a remark beside it still is no row of data: counted as one, it would double every number."""
    for row in list(table.rows):
        name = str(row.values.get(NAME) or "")
        if SUM.fullmatch(fold(name)):
            table.rows.remove(row)
            table.sums.append(Sum(name, table.sheet.rows[row.number - 1]))
            reading.issues = [issue for issue in reading.issues if issue.row != row.number]


def _take_total(reading: FormReading, key: str, cell: Cell, title: str, rows: list[Decimal]) -> None:
    """The number of the total row; `rows` to check it by, none where one of them is faulty itself."""
    parsed = PARSERS[BY_KEY[key].adds](cell, title)
    if parsed.issue:
        reading.issues.append(parsed.issue)
    if parsed.value is None:
        return
    reading.values[key] = _taken(parsed.value, cell)
    for _key, vi, en in total_faults(key, parsed.value, rows):
        reading.issues.append(Issue("warning", cell.row, cell.column, title, shown(cell.value)[:200], vi, en))


def _taken(value: Decimal, cell: Cell) -> Taken:
    return Taken(value, cell.address, "%" in shown(cell.value))


def _no_total(cell: Cell, title: str) -> Issue:
    return Issue(
        "warning",
        cell.row,
        cell.column,
        title,
        "",
        "Cột này không cộng được từ các dòng (một đơn vị có thể ở hai dòng, tỷ lệ không cộng được) và tệp không có dòng tổng, nên "
        "không lấy số. Hãy thêm dòng «Tổng cộng».",
        "This column cannot be added up from its rows and the file has no total row, so no number is taken. Add a total row.",
    )


def grand_total(sums: Sequence[Sum]) -> Sum | None:
    """Of the rows that add up others, the one for all: «Tổng cộng» before «Cộng», none of a group, the last of equals."""
    whole = [one for one in sums if not set(fold(one.name).split()) & set(PARTIAL)]
    ranked = sorted(whole, key=lambda one: (-_rank(one.name), one.cells.number))
    return ranked[-1] if ranked else None


def _rank(name: str) -> int:
    words = fold(name).split()
    return WHOLE.index(words[0]) if words and words[0] in WHOLE else len(WHOLE)


def _hold(reading: FormReading) -> None:
    """Settle what rates mean, then say what does not agree."""
    values = {key: taken.value for key, taken in reading.values.items()}
    for key in list(values):
        column = BY_KEY[key]
        if column.adds is Adds.RATE:
            top, bottom = (values.get(one) for one in column.of or ("", ""))
            expected = 100 * top / bottom if top is not None and bottom else None
            meant = values[key] if reading.values[key].in_percent else share_meant(values[key], expected)
            values[key] = round(meant, 4)
            reading.values[key] = Taken(values[key], reading.values[key].cell)
    for key, vi, en in faults_between(values):
        where = reading.values[key].cell.split(":")[0]
        letters = where.rstrip("0123456789")
        reading.issues.append(
            Issue("warning", int(where[len(letters) :]), letters, BY_KEY[key].title, number(values[key]), vi, en)
        )


def _unread(book: Workbook, table: Table) -> Iterator[Line]:
    """An honest list of what the file holds and nobody has read."""
    if book.hidden:
        names = ", ".join(f"«{name}»" for name in book.hidden)
        yield Line(f"Trang tính đang ẩn, không đọc: {names}.", f"Hidden sheets, not read: {names}.")
    others = [one.name for one in book.sheets if one is not table.sheet and one.rows]
    if others:
        names = ", ".join(f"«{name}»" for name in others)
        yield Line(f"Trang tính khác, không đọc: {names}.", f"Other sheets, not read: {names}.")
    strange = [one for one in table.unknown if heading_key(one.title) not in ORDINALS]
    if strange:
        names = ", ".join(f"{one.letter} «{one.title[:60]}»" for one in strange)
        yield Line(f"Cột chưa ghép, không lấy số: {names}.", f"Columns that are not mapped: {names}.")
    texts = [heading for key, heading in table.columns.items() if not BY_KEY[key].is_figure and key != NAME]
    if texts:
        names = ", ".join(f"{one.letter} «{one.title[:60]}»" for one in texts)
        yield Line(f"Cột chữ, không gom thành số: {names}.", f"Columns of text, not gathered: {names}.")
    if table.ended_at:
        yield Line(
            f"Từ dòng {table.ended_at} (phần ký, nơi nhận) trở đi không đọc.",
            f"Nothing is read from row {table.ended_at} (signatures) on.",
        )
