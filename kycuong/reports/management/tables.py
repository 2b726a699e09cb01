"""Figures and lists as tables of a terminal: words to the left, numbers to the right, columns aligned."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from kycuong.reports.figures import FIGURES
from kycuong.reports.figures.figure import Column
from kycuong.reports.figures.items import Item
from kycuong.reports.queries import KINDS, LAST_YEAR, MISSING, Rows
from kycuong.reports.rules.words import difference, is_rate, part_label, percent, shown

Line = tuple[tuple[str, ...], int, str, Any]
"""Where a value stands, how far it is indented, its label, and the value (None for a heading)."""
HEADING = object()
WIDE = {"W", "F"}
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def width(text: str) -> int:
    """Columns on a terminal."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in WIDE else 1 for sign in text
    )


def padded(text: str, size: int, *, right: bool) -> str:
    space = " " * (size - width(text))
    return space + text if right else text + space


def aligned(rows: Sequence[Sequence[str]], *, right: Sequence[bool], gap: str = "  ") -> Iterator[str]:
    """Rows of cells as lines of equal columns."""
    sizes = [max(width(row[place]) for row in rows) for place in range(len(right))] if rows else []
    for row in rows:
        cells = (padded(cell, size, right=side) for cell, size, side in zip(row, sizes, right, strict=True))
        yield gap.join(cells).rstrip()


def lines_of(name: str, value: Any) -> Iterator[Line]:
    """A figure as lines: itself, or a heading and its parts."""
    title = FIGURES[name].title
    if value is None or is_rate(value) or not isinstance(value, dict | list):
        yield (name,), 0, title, value
        return
    yield (name,), 0, title, HEADING
    if isinstance(value, list):
        yield from of_list(name, value)
        return
    for part, amount in value.items():
        if isinstance(amount, dict):
            yield from of_record(name, part, amount)
        else:
            yield (name, part), 1, part_label(part), amount


def of_list(name: str, value: list[dict[str, Any]]) -> Iterator[Line]:
    for place, entry in enumerate(value):
        if "month" in entry:
            year, month = entry["month"].split("-")
            counts = f"{shown(entry['visits'])} lượt, {shown(entry['units_inspected'])} đơn vị"
            yield (name, str(place)), 1, f"Tháng {month}/{year}", counts
        else:
            yield (name, entry["code"]), 1, entry["title"], entry["inspections"]


def of_record(name: str, part: str, entry: dict[str, Any]) -> Iterator[Line]:
    """A part that is itself several numbers: its rate tells most, its count comes with it."""
    if "coverage" in entry:
        yield (name, part, "units_inspected"), 1, part_label(part), entry["units_inspected"]
        yield (name, part, "coverage"), 2, "tỷ lệ", entry["coverage"]
    else:
        yield (name, part, "pass_rate"), 1, f"{part} {entry['text'][:60]}", entry["pass_rate"]


def figure_lines(answer: dict[str, Any]) -> Iterator[str]:
    """All figures, beside the same period of the year before."""
    before = answer.get(LAST_YEAR) or {"figures": {}, "label": ""}
    values = {line[0]: line[3] for name, value in before["figures"].items() for line in lines_of(name, value)}
    rows = [("", "Kỳ này", "Cùng kỳ năm trước", "Chênh lệch")]
    for name in (name for name in answer if name in FIGURES):
        for place, indent, label, value in lines_of(name, answer[name]):
            then = values.get(place)
            cells = ("", "", "") if value is HEADING else (shown(value), shown(then), difference(value, then))
            rows.append(("  " * indent + label, *cells))
    columns = 4 if values else 2
    yield from aligned([row[:columns] for row in rows], right=[False, True, True, True][:columns])


def list_lines(rows: Rows) -> Iterator[str]:
    """A list with its heading: what people read first, the identifiers at the end."""
    places = sorted(range(len(rows.columns)), key=lambda place: is_identifier(rows.columns[place]))
    cells = [[rows.columns[place].title for place in places]]
    cells += [[cell(row[place], rows.columns[place]) for place in places] for row in rows.rows]
    numbers = [any(is_count(row[place], rows.columns[place]) for row in rows.rows) for place in places]
    yield from aligned(cells, right=numbers)


def is_identifier(column: Column) -> bool:
    return column.holds == "uid" or column.name in {"unit", "lead", "first_lead"}


def is_count(value: Any, column: Column) -> bool:
    return isinstance(value, int) and column.holds != "mark"


def cell(value: Any, column: Column) -> str:
    """A cell as people read it; a mark is there or not."""
    if column.holds == "mark":
        return "✓" if value else ""
    return "" if value is None else part_label(shown(value))


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value


def par_lines(answer: dict[str, Any]) -> Iterator[str]:
    """The criteria with both their numbers and points, then the documents; a missing number is marked."""
    rows = [("Tiêu chí", "Tỷ lệ", "Điểm", "Tối đa")]
    for one in answer["criteria"]:
        rows.append((one["title"], shown(one["value"]), shown(one["points"]), shown(one["most"])))
    rows.append(("Cộng", "", shown(answer["points"]), shown(answer["most"])))
    yield from aligned(rows, right=[False, True, True, True])
    yield ""
    yield f"Tài liệu kiểm chứng: {len(answer['documents'])}, còn thiếu số: {answer['missing_numbers']}"
    told = [
        (KINDS[one["kind"]], one["unit_name"], one["number"] or MISSING, one["issued_on"] or "")
        for one in answer["documents"]
    ]
    yield from aligned(told, right=[False, False, False, False])


def ranking_lines(answer: dict[str, Any]) -> Iterator[str]:
    """Ranked units with interval and band, then those that are not ranked."""
    rows = [("Hạng", "Nhóm", "Đơn vị", "Tỷ lệ đạt", "Từ", "Đến", "Lượt", "Hạn chế mỗi lượt", "Lặp lại")]
    for one in answer["ranked"]:
        shares = (percent(one[name]) for name in ("rate", "low", "high"))
        counts = (shown(one["visits"]), shown(one["findings_per_visit"]), shown(one["repeats"]))
        rows.append((shown(one["rank"]), shown(one["band"]), one["unit_name"], *shares, *counts))
    yield from aligned(rows, right=[True, True, False, True, True, True, True, True, True])
    yield ""
    yield f"Không xếp hạng (dưới {answer['least_visits']} lượt hoặc không dùng phiếu): {len(answer['not_ranked'])}"
    yield from aligned([(one["unit_name"], shown(one["visits"])) for one in answer["not_ranked"]], right=[False, True])


def item_lines(items: Sequence[Item]) -> Iterator[str]:
    """Criterion by kind and year: how many of each outcome, and the share of passes among what was judged."""
    rows = [("Tiêu chí", "Loại đơn vị", "Năm", "Đạt", "Đạt một phần", "Không đạt", "Không áp dụng", "Tỷ lệ đạt")]
    for one in items:
        counts = (shown(one.passed), shown(one.partial), shown(one.fail), shown(one.not_applicable))
        rows.append((one.criterion, part_label(one.kind), str(one.year), *counts, shown(one.rate)))
    yield from aligned(rows, right=[False, False, True, True, True, True, True, True])
