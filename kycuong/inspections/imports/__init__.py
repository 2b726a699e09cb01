"""The table of visits that an office keeps, as a file: read against what is recorded, applied whole or not at all."""

from __future__ import annotations

from kycuong.sheets.importing import Importer, Line, Option

from .apply import apply
from .columns import template, units_sheet
from .reading import read

__all__ = ["VISITS"]

VISITS = Importer(
    name="visits",
    title=Line("các lượt kiểm tra", "visits"),
    template=template,
    reader=read,
    apply=apply,
    options=[
        Option("sheet", "Trang tính", "tên trang tính, khi tệp có nhiều bảng / the sheet, when the file has several")
    ],
    beside=lambda: [units_sheet()],
)
