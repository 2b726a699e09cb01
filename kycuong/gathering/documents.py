"""A gathering as a file: what agencies declared in the columns of Biểu 1, the comparison, and who has not sent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kycuong.gathering.models import Gathering
from kycuong.gathering.queries import Comparison, columns_told, compare, holding_files, standing_of
from kycuong.gathering.rules import FormColumn
from kycuong.orgs.authority import Someone
from kycuong.sheets.writer import OutColumn, OutSheet, write_csv, write_workbook

COMPARED = (
    "Cơ quan", "Số cột", "Nội dung", "Tự khai", "Hệ thống đếm", "Chênh lệch", "Lý do chênh lệch", "Tệp", "Mã SHA-256", "Ô", "Người xác nhận",
    "Xác nhận lúc",
)  # fmt: skip


def export_file(gathering: Gathering, form: str, person: Someone | None) -> bytes:
    """«xlsx» or «csv», with the columns that the person may read."""
    columns = columns_told(gathering, person)
    compared = compare(gathering, holding_files(gathering), person)
    rows = [row for one in compared for row in comparison_rows(one)]
    if form == "csv":
        return write_csv(COMPARED, rows)
    standing = standing_of(gathering)
    heading = [
        f"Số liệu các cơ quan tự khai: {gathering.period.label}, {gathering.scope}",
        "Số tự khai để riêng, không cộng vào số hệ thống đếm. Dòng cuối không có tổng: một đơn vị có thể do nhiều cơ quan kiểm tra.",
        f"{len(compared)} cơ quan đã xác nhận, {len(standing.missing)} cơ quan chưa có.",
    ]
    wide = [[place, one.name, *declared_row(one, columns)] for place, one in enumerate(compared, 1)]
    missing = [[one["name"], "đã gửi, chờ xác nhận" if one["sent"] else "chưa gửi"] for one in standing.missing]
    titles = [
        OutColumn("STT", 6),
        OutColumn("Cơ quan, địa phương", 36),
        *(OutColumn(f"({one.number}) {one.title}", 14) for one in columns),
    ]
    widths = (36, 8, 40, 12, 14, 12, 40, 30, 20, 20, 24, 18)
    return write_workbook(
        [
            OutSheet("Biểu 1 tự khai", titles, wide, heading),
            OutSheet("Đối chiếu", [OutColumn(title, width) for title, width in zip(COMPARED, widths, strict=True)], rows, [*heading[:2], f"{len(rows)} dòng."]),
            OutSheet("Chưa có", [OutColumn("Cơ quan", 40), OutColumn("Tình trạng", 24)], missing, [heading[0], heading[2]]),
        ]
    )  # fmt: skip


def declared_row(one: Comparison, columns: Sequence[FormColumn]) -> list[Any]:
    """The declared numbers in the order of the columns."""
    declared = {pair.column.key: plain(pair.declared) for pair in one.pairs}
    return [declared.get(column.key) for column in columns]


def comparison_rows(one: Comparison) -> list[list[Any]]:
    """One row for each column of the agency."""
    file = one.file
    who = file.decided_by.full_name if file.decided_by else "máy chủ"
    return [
        [one.name, pair.column.number, pair.column.title, plain(pair.declared), plain(pair.computed), plain(pair.difference),
         pair.reason.text if pair.reason else "", file.filename, file.sha256, pair.cell, who, file.decided_at]
        for pair in one.pairs
    ]  # fmt: skip


def plain(value: Decimal | None) -> int | float | None:
    """A number as spreadsheets and JSON hold it."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
