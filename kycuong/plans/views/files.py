"""A list of this capability as a file for Excel, headed by what it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse

from kycuong.core.problems import Missing
from kycuong.sheets.writer import OutColumn, OutSheet, write_csv, write_workbook

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def ensure_type(form: str) -> None:
    if form not in TYPES:
        raise Missing(
            f"Không có tệp kiểu «{form}»; hãy chọn xlsx hoặc csv.", en=f"No file of type “{form}”; csv or xlsx."
        )


def file_of(
    name: str, form: str, heading: Sequence[str], titles: Sequence[str], rows: Sequence[Sequence[Any]]
) -> HttpResponse:
    """The rows under their heading: text stays text, whoever typed it."""
    ensure_type(form)
    if form == "csv":
        content = write_csv(titles, rows)
    else:
        columns = [OutColumn(title, 32 if place == 0 else 16) for place, title in enumerate(titles)]
        content = write_workbook([OutSheet("Danh sách", columns, rows, heading)])
    disposition = f'attachment; filename="{name}.{form}"'
    return HttpResponse(content, content_type=TYPES[form], headers={"Content-Disposition": disposition})
