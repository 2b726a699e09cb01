"""Files that go out carry text as text: nothing typed by anybody becomes a formula."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kycuong.sheets.cells import Cells, Issue, Sheet
from kycuong.sheets.writer import (
    FORMULA_STARTS,
    OutColumn,
    OutSheet,
    errors_workbook,
    template_workbook,
    write_csv,
    write_workbook,
)

PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=0xFFFD, exclude_categories=("Cs",)), max_size=80)


DAY = datetime(2019, 4, 30)  # noqa: DTZ001 - spreadsheets know no zone
MORNING = datetime(2019, 4, 30, 7, 45)  # noqa: DTZ001 - spreadsheets know no zone


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@given(PRINTABLE)
def test_any_text_comes_back_as_text(text: str) -> None:
    sheet = OutSheet("Thử", [OutColumn("Cột")], [[f"={text}"]])
    cell = opened(write_workbook([sheet])).active["A2"]
    assert (cell.value, cell.data_type) == (f"={text}", "s")


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_csv_text_that_looks_like_a_formula_gets_an_apostrophe(start: str) -> None:
    data = write_csv(["Cột"], [[f"{start}1+1"]])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows == [["Cột"], [f"'{start}1+1"]]


def test_days_numbers_and_blanks_keep_their_kind() -> None:
    row = [date(2019, 4, 30), MORNING, 11, 30.6, None, True]
    sheet = OutSheet("Số liệu", [OutColumn(str(n)) for n in range(6)], [row], heading=["Tiêu đề", "Định nghĩa"])
    cells = opened(write_workbook([sheet])).active[5]
    assert [cell.value for cell in cells] == [
        DAY,
        MORNING,
        11,
        30.6,
        None,
        "True",
    ]
    assert cells[0].number_format == "dd/mm/yyyy"


def test_template_has_lists_and_notes() -> None:
    columns = [OutColumn("Hình thức", choices=["Đột xuất", "Theo kế hoạch"], required=True, note="Chọn một")]
    book = opened(template_workbook(OutSheet("Lượt", columns, notes=["Mỗi dòng một lượt."])))
    assert book.worksheets[0]["A1"].value == "Hình thức *"
    assert "Đột xuất" in book.worksheets[0].data_validations.dataValidation[0].formula1
    assert book.worksheets[1]["A1"].value == "Mỗi dòng một lượt."


def test_errors_stand_in_a_last_column_at_the_same_coordinates() -> None:
    sheet = Sheet("Tệp", [Cells(["Đơn vị"], 1, "A"), Cells(["Xã Không Có"], 2, "A")], [], [])
    issue = Issue("error", 2, "A", "Đơn vị", "Xã Không Có", "không tìm thấy", "not found")
    out = opened(errors_workbook(sheet, [issue])).active
    assert (out["A2"].value, out["B1"].value, out["B2"].value) == ("Xã Không Có", "Lỗi", "A2: không tìm thấy")
