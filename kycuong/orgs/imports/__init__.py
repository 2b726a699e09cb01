"""The list of units that an office keeps, as a file: read against the organisation, applied whole or not at all."""

from __future__ import annotations

from dataclasses import replace

from kycuong.sheets.importing import Importer, Line, Option

from .applying import apply
from .catalogue import communes_to_fill, province_to_fill, rows_of_province
from .columns import template
from .known import unit_candidates
from .reading import read

__all__ = ["COMMUNES", "UNITS", "province_to_fill", "unit_candidates"]

UNITS = Importer(
    name="units",
    title=Line("danh sách đơn vị", "a list of units"),
    template=template,
    reader=read,
    apply=apply,
    catalogue=rows_of_province,
    options=[
        Option("sheet", "Trang tính", "tên trang tính, khi tệp có nhiều bảng / the sheet, when the file has several"),
        Option(
            "on", "Từ ngày", "ngày bắt đầu của các dòng không ghi ngày / first day of rows without a day of their own"
        ),
    ],
)

COMMUNES = replace(UNITS, catalogue=communes_to_fill)
"""The same for the communes of the province that is there."""
