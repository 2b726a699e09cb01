"""Real files of every kind become the same cells; files that lie, hide or explode become one clear sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font

from kycuong.core.problems import BadInput
from kycuong.sheets import child
from kycuong.sheets.cells import Sheet, Workbook
from kycuong.sheets.legacy import to_tcvn3, to_vni
from kycuong.sheets.reader import read_workbook
from kycuong.sheets.values import date_value, text
from kycuong.sheets.writer import OutColumn, OutSheet, write_csv, write_workbook
from tests.sheets.files import ROWS, ods_file, only, refusal, repacked, xls_file, xlsx_file

KINDS: dict[str, Callable[[], bytes]] = {"xlsx": xlsx_file, "xls": xls_file, "ods": ods_file}


def shown(sheet: Sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.rows]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_gives_the_same_cells(kind: str) -> None:
    sheet = only(read_workbook(KINDS[kind](), f"bang.{kind}"))
    assert shown(sheet) == ROWS
    assert [cell.address for cell in sheet.rows[2]] == ["A3", "B3", "C3"]


def test_the_name_of_the_file_is_not_believed() -> None:
    assert shown(only(read_workbook(xlsx_file(), "bang.xls"))) == ROWS
    assert shown(only(read_workbook(xls_file(), "bang.csv"))) == ROWS


def test_rows_begin_at_a1_whatever_the_first_cell_is() -> None:
    sheet = only(read_workbook(xlsx_file([[None], [None, None, "xa"]]), "a.xlsx"))
    assert [(cell.address, cell.value) for cell in sheet.rows[1]] == [("A2", None), ("B2", None), ("C2", "xa")]


def test_merged_blocks_are_filled() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Huyện Đông", None, 1])
    book.active.append([None, None, 2])
    book.active.merge_cells("A1:B2")
    sheet = only(read_workbook(saved(book), "a.xlsx"))
    assert shown(sheet) == [["Huyện Đông", "Huyện Đông", 1], ["Huyện Đông", "Huyện Đông", 2]]


def test_hidden_sheets_are_named_but_not_read() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Hiện"])
    for name, state in (("Ẩn", "hidden"), ("Rất ẩn", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.append(["bí mật"])
        sheet.sheet_state = state
    found = read_workbook(saved(book), "a.xlsx")
    assert ([sheet.name for sheet in found.sheets], found.hidden) == (["Sheet"], ["Ẩn", "Rất ẩn"])


def test_a_formula_never_calculated_and_one_that_fails_are_told_at_the_cell() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Tổng", "=1+1"])
    sheet = only(read_workbook(saved(book), "a.xlsx"))
    issue = text(sheet.rows[0][1], "Số").issue
    assert issue is not None
    assert (issue.address, "chưa được tính" in issue.vi) == ("B1", True)
    buffer = io.BytesIO()
    out = xlsxwriter.Workbook(buffer)
    out.add_worksheet().write_formula(0, 0, "=1/0", None, "#DIV/0!")
    out.close()
    failed = text(only(read_workbook(buffer.getvalue(), "a.xlsx")).rows[0][0], "Số").issue
    assert failed is not None
    assert "#DIV/0!" in failed.vi


def test_a_formula_with_its_value_is_the_value() -> None:
    buffer = io.BytesIO()
    out = xlsxwriter.Workbook(buffer)
    out.add_worksheet().write_formula(0, 0, "=40+2", None, 42)
    out.close()
    assert only(read_workbook(buffer.getvalue(), "a.xlsx")).rows[0][0].value == 42


def test_a_day_formatted_as_a_number_in_an_old_file_is_read_with_a_word_about_it() -> None:
    book = xlwt.Workbook()
    book.add_sheet("T").write(0, 0, 46273)
    buffer = io.BytesIO()
    book.save(buffer)
    parsed = date_value(only(read_workbook(buffer.getvalue(), "a.xls")).rows[0][0], "Ngày")
    assert parsed.value == date(2026, 9, 8)
    assert parsed.issue is not None
    assert parsed.issue.level == "warning"


@pytest.mark.parametrize(("font", "encode"), [(".VnTime", to_tcvn3), ("VNI-Times", to_vni), ("Arial", to_tcvn3)])
def test_old_encodings_become_unicode_and_are_told(font: str, encode: Callable[[str], str]) -> None:
    book = openpyxl.Workbook()
    names = ["Đơn vị", "Xã Hoàng Đồng", "Phường Tam Thanh", "Thị trấn Cao Lộc", "Xã Thụy Hùng", "Huyện Hữu Lũng"]
    for row, name in enumerate(names, 1):
        cell = book.active.cell(row, 1, encode(name))
        cell.font = Font(name=font)
    sheet = only(read_workbook(saved(book), "a.xlsx"))
    assert [row[0].value for row in sheet.rows] == names
    assert sheet.rows[1][0].original == encode(names[1])
    assert [(change.column, change.cells) for change in sheet.conversions] == [("A", 6)]


def test_capital_fonts_are_read_as_capitals() -> None:
    book = openpyxl.Workbook()
    for row, name in enumerate(["Đơn vị", "Xã Hoàng Đồng", "Phường Tam Thanh", "Huyện Hữu Lũng"], 1):
        book.active.cell(row, 1, to_tcvn3(name)).font = Font(name=".VnTimeH")
    assert only(read_workbook(saved(book), "a.xlsx")).rows[1][0].value == "XÃ HOÀNG ĐỒNG"


def test_right_unicode_is_left_alone() -> None:
    sheet = only(read_workbook(xlsx_file(), "a.xlsx"))
    assert sheet.conversions == []


WORDS = ["xã", "Đông", "ấm", "ôn", "sở", "lâu", "êm", "ý", "a", "1", *" =+-@;,\"'\n"]
"""Vietnamese words, for heaps of letters may spell words of an old encoding, and what files trip over."""
CELL = st.lists(st.sampled_from(WORDS), max_size=6).map(
    lambda parts: "".join(
        f" {one}" if one.isalnum() and last.isalnum() else one for last, one in pairwise(["", *parts])
    )
)


@settings(max_examples=8)
@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=5))
@example([["", "", "â"]])
@example([["", "", "xã a 1 xã"]])
@example([["", "", ";\n;\n;"]])
@example([["", "", ";'="]])
def test_what_we_write_we_read(rows: list[list[str]]) -> None:
    titles = ["Một", "Hai", "Ba"]
    sheet = OutSheet("Thử", [OutColumn(title) for title in titles], rows)
    kept = [[value or None for value in row] for row in rows]
    while kept and not any(str(value or "").strip() for value in kept[-1]):
        kept.pop()
    for data, name in ((write_workbook([sheet]), "a.xlsx"), (write_csv(titles, rows), "a.csv")):
        found = shown(only(read_workbook(data, name)))
        assert found[0] == titles
        assert [[blank(value) for value in row] for row in found[1:]] == [
            [blank(value) for value in row] for row in kept
        ]


def blank(value: object) -> object:
    """Blank text is no text; line ends inside a cell are one kind."""
    return str(value).replace("\r\n", "\n") if value is not None and str(value).strip() else None


@pytest.mark.parametrize(
    ("rows", "columns", "words"), [(child.MAX_ROWS + 1, 1, "20000 dòng"), (1, child.MAX_COLUMNS + 1, "60 cột")]
)
def test_sheets_past_the_limits_are_refused(rows: int, columns: int, words: str) -> None:
    assert words in refusal(xlsx_file([["x"] * columns] * rows)).vi
    assert words in refusal(("\t".join("x" * columns) + "\n").encode() * rows, "a.csv").vi


def test_a_stray_cell_far_away_is_named() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Đơn vị"
    book.active["XFD1048576"] = "x"
    assert "XFD1048576" in refusal(saved(book)).vi


def test_an_empty_workbook_has_its_sentence() -> None:
    assert "Không có dữ liệu" in refusal(saved(openpyxl.Workbook())).vi


def test_a_sheet_that_is_no_xml_is_damaged_not_a_crash() -> None:
    broken = repacked(xlsx_file(), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})
    with pytest.raises(BadInput):
        read_workbook(broken, "a.xlsx")
    noise = repacked(xlsx_file(), {"xl/workbook.xml": b"\0\1\2" * 99})
    assert "hỏng" in refusal(noise).vi


def test_a_shortened_old_file_is_damaged_not_a_crash() -> None:
    whole = xls_file()
    for size in (600, 1600, len(whole) // 2):
        with pytest.raises(BadInput):
            read_workbook(whole[:size], "a.xls")


def test_a_table_of_strings_that_fills_memory_is_refused() -> None:
    """20,000 rows of long shared strings stay below the zip's limit, not below the child's answer."""
    data = xlsx_file([["x" * 4000 + str(row)] * 3 for row in range(8000)])
    assert "quá lớn" in refusal(data).vi


def test_the_name_in_a_refusal_has_no_folder_and_is_short() -> None:
    told = refusal(b"", "C:\\Users\\ai\\" + "x" * 300 + ".xlsx").vi
    assert told.startswith("x" * 100 + ":")


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_macros_are_never_run_only_passed_over() -> None:
    """An .xlsm is an .xlsx with a part that nothing of ours opens."""
    data = repacked(xlsx_file(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})
    assert zipfile.is_zipfile(io.BytesIO(data))
    found: Workbook = read_workbook(data, "a.xlsm")
    assert shown(only(found)) == ROWS
