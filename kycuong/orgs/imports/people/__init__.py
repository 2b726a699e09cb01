"""People and their roles as a sheet: taken out, changed, previewed line by line, and carried out whole by the acts of the page."""

from __future__ import annotations

from kycuong.sheets.importing import Importer, Line, Option

from .applying import Done, apply, carry_out
from .columns import template
from .reading import read
from .taking import rows_under, sheet_of

__all__ = ["PEOPLE", "Done", "carry_out", "sheet_of"]

PEOPLE = Importer(
    name="people",
    title=Line("danh sách người và vai trò", "people and their roles"),
    template=template,
    reader=read,
    apply=apply,
    catalogue=rows_under,
    options=[
        Option("sheet", "Trang tính", "tên trang tính, khi tệp có nhiều bảng / the sheet, when the file has several"),
    ],
)
