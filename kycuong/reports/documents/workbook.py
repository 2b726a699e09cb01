"""The summary report as a workbook: a sheet a Biểu, with live formulas that already hold their values. From the content alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from kycuong.reports.rules.summary import Schedule, Summary, proofs_of, schedules_of
from kycuong.reports.rules.summary.content import Rate
from kycuong.reports.rules.summary.schedules import Head, Row
from kycuong.sheets.grids import DAY, PERCENT, WHOLE, Chart, Formula, Grid, GridColumn, letter, write_grids
from kycuong.ui.formats import vn_date, vn_number

NUMBERS = {"number": WHOLE, "share": PERCENT, "points": "0.##", "day": DAY, "text": "", "code": ""}
WIDTHS = {"text": 0.62, "code": 0.7}
"""Characters to a millimetre of the printed column; others 0.8."""
ADDED: Mapping[int, tuple[int, ...]] = {
    1: (5, 6, 7, 8, 9, 10, 18, 19, 20, 21, 22, 24, 25, 26, 27, 28, 29),
    5: (2, 3, 4),
    6: (5, 6),
}
"""Biểu → columns whose total is the sum of the rows; numbers of distinct units never are."""
SUMMED: Mapping[tuple[int, int], Sequence[int]] = {(2, 7): (3, 4, 5), (6, 4): (3,)}
"""(Biểu, share) → the columns of its denominator; the numerator is the column of the same answers."""
TOPS = {(2, 7): 3, (6, 4): 2}
UNSEEN_SHARES = (13, 14, 23)
"""Shares of Biểu 1 whose two numbers stand in no column: hidden columns bear them."""


def workbook_of(summary: Summary, *, digest: str = "", version: str = "", note: str = "") -> bytes:
    """The workbook. Of what was kept: its digest and the version of the code, with a note under each table."""
    grids = [grid(one, summary) for one in schedules_of(summary)]
    proofs = proofs_of(summary)
    grids.append(grid(proofs, summary, name="Biểu 6 - tài liệu"))
    noted = [replace(one, notes=[*one.notes, note]) for one in grids] if note else grids
    title = f"Báo cáo tổng hợp: {summary.scope.name}, {summary.period.label}"
    return write_grids(noted, title=title, made=moment_of(summary), digest=digest, version=version)


def moment_of(summary: Summary) -> datetime:
    """When it was counted, as the clock on the wall said: the workbook of a kept report is the same whenever it is taken."""
    return datetime.fromisoformat(summary.made_at).replace(tzinfo=None)


def grid(schedule: Schedule, summary: Summary, *, name: str = "") -> Grid:
    columns, beside = [column(head) for head in schedule.heads], schedule.number == 1
    if beside:
        columns += [
            GridColumn(f"{part} cột {at + 1}", number=WHOLE, hidden=True)
            for at in UNSEEN_SHARES
            for part in ("Tử số", "Mẫu số")
        ]
    rows = [cells(schedule, row, beside=beside) for row in schedule.rows]
    total = cells(schedule, schedule.total, beside=beside) if schedule.total else []
    if schedule.total and schedule.rows and not name:
        total = summed(schedule, total)
    notes = (
        [f"Cách tính: {rule}" for rule in schedule.rules]
        if schedule.rows or schedule.total
        else [schedule.empty, *schedule.rules]
    )
    chart = CHART if schedule.number == 1 else None
    return Grid(name or schedule.name, heading(schedule, summary), columns, rows, total, notes, chart)


def heading(schedule: Schedule, summary: Summary) -> list[str]:
    """What it is, of whom and when, how many rows."""
    period, made = summary.period, summary.made_at
    when = f"{made[11:16]} {made[8:10]}/{made[5:7]}/{made[:4]}"
    span = f"từ {vn_date(period.first)} đến hết {vn_date(period.last)} (ngày chốt)"
    return [
        f"{schedule.name}. {schedule.title}",
        f"{summary.scope.name}; {period.label}; {span}",
        f"Số dòng: {vn_number(len(schedule.rows))}. Tính lúc {when}.",
    ]


def column(head: Head) -> GridColumn:
    width = max(7.0, head.room * WIDTHS.get(head.holds, 0.8))
    return GridColumn(head.title, head.group, head.mark, width, NUMBERS[head.holds])


def cells(schedule: Schedule, row: Row, *, beside: bool) -> list[Any]:
    """The cells of a row: shares as formulas over the two numbers that they are made of."""
    found = [cell(schedule, at, value) for at, value in enumerate(row.cells)]
    if beside:
        for at in UNSEEN_SHARES:
            rate = row.cells[at]
            found += [rate.numerator, rate.denominator] if isinstance(rate, Rate) else [None, None]
    return found


def cell(schedule: Schedule, at: int, value: Any) -> Any:
    place = (schedule.number, at)
    if place == (5, 4):
        return Formula("=C{row}+D{row}", value)
    if not isinstance(value, Rate):
        return value
    if schedule.number == 1:
        top = len(schedule.heads) + 2 * UNSEEN_SHARES.index(at)
        return share(letter(top), f"{letter(top + 1)}{{row}}", value)
    if place in TOPS:
        bottom = "+".join(f"{letter(one)}{{row}}" for one in SUMMED[place])
        return share(letter(TOPS[place]), f"({bottom})", value)
    return value.rate


def share(top: str, bottom: str, value: Rate) -> Formula:
    """Nothing to divide by gives an empty cell, not an error."""
    return Formula(f'=IF({bottom}>0,{top}{{row}}/{bottom},"")', value.rate)


def summed(schedule: Schedule, total: list[Any]) -> list[Any]:
    """The total with sums as formulas, where the sum of the rows is the total: it counts anew, and is never made to fit."""
    found = list(total)
    for at in ADDED.get(schedule.number, ()):
        value = plain(total[at])
        rows = [plain(row.cells[at]) for row in schedule.rows]
        if value is not None and sum(one or 0 for one in rows) == value:
            found[at] = Formula(f"=SUM({letter(at)}{{first}}:{letter(at)}{{last}})", value)
    return found


def plain(value: Any) -> Any:
    return value.value if isinstance(value, Formula) else value


CHART = Chart(
    "Số cuộc và số đơn vị được kiểm tra trong kỳ, theo cơ quan chủ trì",
    "Biểu đồ cột: với mỗi cơ quan chủ trì, số cuộc kiểm tra trong kỳ (cột 6) và số đơn vị được kiểm tra trong kỳ (cột 12). Số đúng ở bảng bên trên.",
    names=1,
    values=(5, 11),
)
