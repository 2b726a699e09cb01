"""Sheets and files as offices send them, made for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
import xlwt
from openpyxl.utils import range_boundaries

from kycuong.core.problems import BadInput
from kycuong.sheets.cells import Range, Sheet, Workbook
from kycuong.sheets.reader import _sheet, read_workbook


def sheet_of(rows: Sequence[Sequence[Any]], *, name: str = "Trang 1", merged: Sequence[str] = ()) -> Sheet:
    """A sheet from A1 on; merged blocks are filled as the reader fills them."""
    blocks = [range_boundaries(block) for block in merged]
    ranges = [Range(top, left - 1, bottom, right - 1) for left, top, right, bottom in blocks]
    return _sheet(name, [list(row) for row in rows], ranges)


ROWS: list[list[object]] = [
    ["DANH SÁCH", None, None],
    ["Đơn vị", "Ngày", "Số"],
    ["Xã Hoàng Đồng", date(2019, 4, 30), 12],
    ["Phường Tam Thanh", None, 30.5],
]


def xlsx_file(rows: Sequence[Sequence[Any]] = ROWS) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif value is not None:
                sheet.write(number, column, value)
    book.close()
    return buffer.getvalue()


def xls_file(rows: Sequence[Sequence[Any]] = ROWS) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Trang 1")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(number, column, value, day)
            elif value is not None:
                sheet.write(number, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods_file(rows: Sequence[Sequence[Any]] = ROWS) -> bytes:
    """A minimal OpenDocument spreadsheet, written by hand."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    names = "".join(f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in OPEN_DOCUMENT)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Trang 1">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>'
    )
    return zipped({"mimetype": ODS, "META-INF/manifest.xml": manifest, "content.xml": content})


ODS = "application/vnd.oasis.opendocument.spreadsheet"
OPEN_DOCUMENT = ("office", "table", "text")


def _ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def zipped(parts: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def repacked(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The same zip with some parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**parts, **changed})


def only(book: Workbook) -> Sheet:
    """The one sheet of the file."""
    assert len(book.sheets) == 1
    return book.sheets[0]


def refusal(data: bytes, filename: str = "tep.xlsx") -> BadInput:
    """What the reader says about a file that cannot be used, in both languages."""
    with pytest.raises(BadInput) as refused:
        read_workbook(data, filename)
    assert refused.value.vi != refused.value.en
    return refused.value
