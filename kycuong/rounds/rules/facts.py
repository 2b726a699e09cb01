"""Every figure of a report as one cell of one row: what stands in its Biểu, in its sentences, of last year, by month. Pure.

Two reports differ in just what differs here; so whatever is frozen as a figure must have its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kycuong.core.speaking import in_vietnamese
from kycuong.reports.figures import FIGURES
from kycuong.reports.rules.summary import Schedule, Summary, proofs_of, schedules_of
from kycuong.reports.rules.summary.by_agency import HEADS
from kycuong.reports.rules.summary.content import Line, Rate
from kycuong.reports.rules.summary.schedules import Head, Row, Value, shown
from kycuong.reports.rules.words import is_rate, part_label
from kycuong.reports.rules.words import shown as said
from kycuong.ui.formats import vn_date

PLACE, WORDS_OF_ADVICE = 0, (4, 1)
"""The column of the running number, and (Biểu, column) of what was recommended: neither is a change of a figure."""
SENTENCES, PROOFS, TOTAL = 0, 7, "total"
TABLES = {SENTENCES: "Lời báo cáo", PROOFS: "Biểu 6, tài liệu"}
"""What is no Biểu by its number."""
COLUMN_FORMS, COLUMN_KINDS = ("planned", "surprise", "combined"), ("division", "commune_pc", "public_service_unit")
"""Forms and kinds of units with a column of their own in Biểu 1; the others are told, too."""
PART_NAMES = {"numerator": "tử số", "denominator": "mẫu số", "repeats": "tái phạm", "units_asked": "đơn vị được hỏi"}
UNSAID = ("text",)
"""Parts of figures that are words."""
TOLD_IN_TABLES = frozenset((head.figure, head.part) for head in HEADS if head.figure and not head.of_year) - {
    ("plan_progress", "")
}
"""Figures that the total of Biểu 1 tells already."""

Column = int | str
Cells = Mapping[Column, tuple[str, str]]
"""Column → its title, and what stands there as people read it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row. `kind` is what a row is called that comes or goes whole; without one its cells alone are compared."""

    about: str
    kind: str
    cells: Cells


Facts = dict[tuple[int, str], Fact]


def table_name(table: int) -> str:
    return TABLES.get(table) or f"Biểu {table}"


def facts_of(summary: Summary) -> Facts:
    """(table, row) → what stands there, in the order of the report; in Vietnamese, as changes are kept and compared."""
    with in_vietnamese():
        return _by_row((*_of_sentences(summary), *_of_tables(summary)))


def _by_row(rows: Iterable[tuple[int, str, Fact]]) -> Facts:
    found: Facts = {}
    for table, row, fact in rows:
        name, twin = row, 1
        while (table, name) in found:  # two documents alike are two
            twin += 1
            name = f"{row} ({twin})"
        found[table, name] = fact
    return found


def _of_tables(summary: Summary) -> Iterator[tuple[int, str, Fact]]:
    schedules = schedules_of(summary)
    for schedule in schedules:
        lines: list[Line | None] = [*summary.lines, summary.total] if schedule.number == 1 else []
        rows = [*schedule.rows, *([schedule.total] if schedule.total else [])]
        for at, row in enumerate(rows):
            cells = _cells(schedule, row) | (_unshown(lines[at]) if at < len(lines) else {})
            key = TOTAL if row is schedule.total else _key(row)
            yield schedule.number, key, Fact(_about(schedule.number, row), _kind(schedule.number), cells)
    for row in proofs_of(summary).rows:
        said_ = " ".join(str(one) for one in (row.cells[1], row.cells[3]) if one)
        about = f"{said_}, {vn_date(row.cells[4])}, {row.cells[2]}" if row.cells[4] else f"{said_}, {row.cells[2]}"  # type: ignore[arg-type]
        yield PROOFS, about, Fact(about, "văn bản", {0: ("", "có")})


def _cells(schedule: Schedule, row: Row) -> dict[Column, tuple[str, str]]:
    return {
        at: (_title(head), _told(row.cells[at], head))
        for at, head in enumerate(schedule.heads)
        if at != PLACE and (schedule.number, at) != WORDS_OF_ADVICE
    }


def _unshown(line: Line | None) -> dict[Column, tuple[str, str]]:
    """What a line of Biểu 1 counts and no column shows."""
    if line is None:
        return {}
    parts = [(f"forms/{name}", name, n) for name, n in line.forms.items() if name not in COLUMN_FORMS]
    parts += [(f"kinds/{name}", name, n) for name, n in line.kinds_of_year.items() if name not in COLUMN_KINDS]
    return {key: (_small(part_label(name)), said(n)) for key, name, n in parts}


def _of_sentences(summary: Summary) -> Iterator[tuple[int, str, Fact]]:
    for name, value in summary.figures.items():
        cells: Cells = {part: told for part, told in _leaves(value) if (name, part) not in TOLD_IN_TABLES}
        yield SENTENCES, name, Fact(_named(name), "", cells)
    for name, value in summary.before.items():
        yield SENTENCES, f"before/{name}", Fact(f"Cùng kỳ năm trước: {_small(_named(name))}", "", dict(_leaves(value)))
    for one in summary.months:
        parts = ("visits", "số lượt", one.visits), ("units", "đơn vị", one.units_inspected)
        cells = {f"{one.month}/{key}": (f"{one.month[5:]}/{one.month[:4]}, {head}", said(n)) for key, head, n in parts}
        yield SENTENCES, f"month/{one.month}", Fact("Theo tháng", "", cells)
    for agency in summary.without_plan:
        yield SENTENCES, f"without_plan/{agency}", Fact(agency, "cơ quan chưa ban hành kế hoạch", {0: ("", "có")})


def _leaves(value: Any, path: str = "", label: str = "") -> Iterator[tuple[str, tuple[str, str]]]:
    """Every number of a figure under its path; a rate is one, with both its numbers."""
    if isinstance(value, Mapping) and not is_rate(value):
        for part, inner in value.items():
            if part not in UNSAID:
                name = PART_NAMES.get(part) or part_label(part)
                yield from _leaves(inner, f"{path}/{part}".strip("/"), f"{label}, {name}" if label else name)
    elif not isinstance(value, list | tuple):
        yield path, (_small(label), said(value))


def _told(value: Value, head: Head) -> str:
    """As people read it; a share with both its numbers."""
    text = shown(value, head)
    return f"{text} ({said(value.numerator)}/{said(value.denominator)})" if isinstance(value, Rate) else text


def _key(row: Row) -> str:
    """What a row is about, whatever its place: a visit, a recommendation, a unit; else its name."""
    events = [one.name for one in row.references if one.leads_to in ("visit", "recommendation")]
    return events[0] if events else row.scope or str(row.cells[1])


def _kind(table: int) -> str:
    return {3: "lượt kiểm tra", 4: "kiến nghị"}.get(table, "dòng")


def _about(table: int, row: Row) -> str:
    """What a reader calls the row."""
    cells = row.cells
    if table == 3:
        return f"{vn_date(cells[1])}, {cells[3]} ({cells[2]} chủ trì)"  # type: ignore[arg-type]
    if table == 4:
        return f"{cells[2]}, {cells[3] or 'chưa có số'} ngày {vn_date(cells[4])}"  # type: ignore[arg-type]
    return str(cells[1])


def _title(head: Head) -> str:
    return f"{head.group}, {_small(head.title)}" if head.group else head.title


def _named(name: str) -> str:
    return FIGURES[name].title if name in FIGURES else name


def _small(text: str) -> str:
    """Inside a line; abbreviations stay."""
    return text if text[1:2].isupper() or not text else f"{text[:1].lower()}{text[1:]}"
