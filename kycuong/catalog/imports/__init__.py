"""A version of the checklist as a spreadsheet: written for people to change, read in again as a new draft, whole or not at all."""

from __future__ import annotations

from kycuong.sheets.importing import Importer, Line, Option

from .applying import apply
from .columns import template, version_as_sheet
from .reading import read

__all__ = ["CHECKLISTS", "version_as_sheet"]

CHECKLISTS = Importer(
    name="checklist",
    title=Line("phiếu kiểm tra", "a checklist"),
    template=template,
    reader=read,
    apply=apply,
    options=[
        Option("sheet", "Trang tính", "tên trang tính, khi tệp có nhiều bảng / the sheet, when the file has several"),
        Option("number", "Số phiên bản", "số của phiên bản mới / the number of the new version"),
        Option("title", "Tên phiếu", "tên của phiếu / the title of the checklist"),
        Option("authority", "Cơ quan", "mã rút gọn của cơ quan có nội dung bổ sung / whose additions these are"),
    ],
)
