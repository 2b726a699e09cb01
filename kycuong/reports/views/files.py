"""A table of this capability as a file for Excel, headed by what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from kycuong.core.problems import Missing
from kycuong.sheets.writer import OutColumn, OutSheet, write_csv, write_workbook

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
Table = tuple[str, Sequence[str], Sequence[Sequence[Any]]]
"""Name of the sheet, titles of its columns, rows."""


def ensure_type(form: str) -> None:
    if form not in TYPES:
        raise Missing(
            f"Không có tệp kiểu «{form}»; hãy chọn xlsx hoặc csv.", en=f"No file of type “{form}”; csv or xlsx."
        )


def file_of(name: str, form: str, heading: Sequence[str], tables: Sequence[Table]) -> HttpResponse:
    """The tables: as sheets of a workbook, or one under the other."""
    ensure_type(form)
    if form == "csv":
        lines: list[Sequence[Any]] = [[line] for line in heading[1:]]
        for _title, titles, rows in tables:
            lines += [[], titles, *rows]
        content = write_csv([heading[0]], lines)
    else:
        sheets = [
            OutSheet(
                title,
                [OutColumn(column, 40 if place == 0 else 18) for place, column in enumerate(titles)],
                rows,
                heading,
            )
            for title, titles, rows in tables
        ]
        content = write_workbook(sheets)
    disposition = f'attachment; filename="{name}.{form}"'
    return HttpResponse(content, content_type=TYPES[form], headers={"Content-Disposition": disposition})
