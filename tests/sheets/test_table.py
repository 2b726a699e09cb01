"""Tables as offices keep them: titles above, heads in two rows, groups, sums, signatures below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from kycuong.core.problems import BadInput
from kycuong.sheets.cells import Conversion, Workbook, has_errors
from kycuong.sheets.headers import Column
from kycuong.sheets.table import Table, find_table, read_table
from kycuong.sheets.values import date_value, whole
from tests.sheets.files import sheet_of

COLUMNS = [
    Column("unit", ["Tên đơn vị", "Đơn vị được kiểm tra", "Đơn vị"], required=True),
    Column("on", ["Ngày kiểm tra", "Ngày"], required=True, parse=date_value),
    Column("number", ["Số biên bản", "Biên bản số", "Số"]),
    Column("staff", ["Số người"], parse=whole),
]
HEAD = ["STT", "Tên đơn vị", "Ngày kiểm tra", "Số biên bản", "Số người"]


def table_of(rows: Sequence[Sequence[Any]], **given: Any) -> Table:
    return read_table(sheet_of(rows, **given), COLUMNS)


def units_of(table: Table) -> list[Any]:
    return [row.values["unit"] for row in table.rows]


def said(table: Table) -> list[tuple[str, str]]:
    return [(issue.address, issue.vi) for issue in table.issues]


def test_titles_above_numbering_and_blank_rows_are_passed_over() -> None:
    table = table_of(
        [
            ["UBND TỈNH", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            [None],
            ["DANH SÁCH LƯỢT KIỂM TRA"],
            [],
            HEAD,
            ["(1)", "(2)", "(3)", "(4)", "(5)"],
            [1, "Xã A", "01/04/2019", "12/BB", 20],
            [2],
            [3, "Xã B", "2-4-2019", None, "1.200"],
        ]
    )
    assert (table.header_row, table.issues) == (5, [])
    assert [(row.number, row.values["unit"], row.values["staff"]) for row in table.rows] == [
        (7, "Xã A", 20),
        (9, "Xã B", 1200),
    ]


def test_two_row_head_is_joined_from_both_rows() -> None:
    table = table_of(
        [
            ["TT", "Đơn vị", "Biên bản", None, "Kế hoạch", None],
            [None, None, "Ngày", "Số", "Số", "Ngày ban hành"],
            [1, "Xã A", "01/04/2019", "12/BB", "5/KH", "02/01/2019"],
        ],
        merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1"],
    )
    assert table.issues == []
    assert {key: (there.letter, there.title) for key, there in table.columns.items()} == {
        "unit": ("B", "Đơn vị"),
        "on": ("C", "Biên bản / Ngày"),
        "number": ("D", "Biên bản / Số"),
    }
    assert "Kế hoạch / Số" in [there.title for there in table.unknown]
    assert table.rows[0].values["number"] == "12/BB"


def test_groups_are_the_context_of_their_rows() -> None:
    table = table_of(
        [
            HEAD,
            ["A", "KHỐI SỞ"],
            ["I", "Sở Nội vụ"],
            [1, "Phòng Một", "01/04/2019"],
            ["II", "Sở Tư pháp"],
            [1, "Phòng Hai", "01/04/2019"],
            ["B", "KHỐI HUYỆN"],
            ["I", "Huyện Đông"],
            [1, "Xã A", "01/04/2019"],
        ]
    )
    assert table.issues == []
    assert [row.context for row in table.rows] == [
        ("KHỐI SỞ", "Sở Nội vụ"),
        ("KHỐI SỞ", "Sở Tư pháp"),
        ("KHỐI HUYỆN", "Huyện Đông"),
    ]
    assert [group.row for group in table.groups] == [2, 3, 5, 7, 8]


@pytest.mark.parametrize("first", ["I. Sở Nội vụ", "I/ Sở Nội vụ", "I) Sở Nội vụ", "A - Sở Nội vụ", "Sở Nội vụ"])
def test_a_merged_row_is_a_group_with_or_without_a_mark(first: str) -> None:
    table = table_of([HEAD, [first], [1, "Phòng Một", "01/04/2019"]], merged=["A2:E2"])
    assert [row.context for row in table.rows] == [("Sở Nội vụ",)]


def test_c_after_b_is_a_letter_and_not_a_hundred() -> None:
    letters = "ABCDEFGHI"
    rows = [row for mark in letters for row in ([mark, f"Khối {mark}"], [1, f"Xã {mark}", "01/04/2019"])]
    assert [row.context for row in table_of([HEAD, *rows]).rows] == [(f"Khối {mark}",) for mark in letters]


@pytest.mark.parametrize("name", ["Tổng cộng", "TỔNG SỐ", "Cộng I", "Tổng số: 12 đơn vị", "Cộng nhóm A"])
def test_sums_are_no_rows(name: str) -> None:
    table = table_of([HEAD, [1, "Xã A", "01/04/2019"], [None, name, 1, None, 20]])
    assert (units_of(table), table.issues) == (["Xã A"], [])


def test_a_name_that_begins_like_a_sum_is_a_name() -> None:
    assert units_of(table_of([HEAD, [1, "Tổng công ty Điện", "01/04/2019"]])) == ["Tổng công ty Điện"]


@pytest.mark.parametrize(
    "row",
    [
        [None, None, "Lạng Sơn, ngày 30 tháng 4 năm 2019"],
        [None, None, None, "…, ngày … tháng … năm 2019"],
        [None, "NGƯỜI LẬP BIỂU", None, "KT. CHỦ TỊCH"],
        ["Nơi nhận:", None, None, "TM. ỦY BAN NHÂN DÂN"],
        [None, "Ghi chú: số liệu đến ngày lập."],
    ],
)
def test_the_table_ends_where_the_signatures_begin(row: list[Any]) -> None:
    table = table_of([HEAD, [1, "Xã A", "01/04/2019"], row, [None, "(Ký, ghi rõ họ tên)"], [None, "Nguyễn Văn Thử"]])
    assert (units_of(table), table.ended_at, table.issues) == (["Xã A"], 3, [])


def test_data_after_the_signatures_is_not_lost_in_silence() -> None:
    table = table_of([HEAD, [1, "Xã A", "01/04/2019"], [None, "Người lập biểu"], [2, "Xã B", "01/04/2019", "3/BB", 4]])
    assert has_errors(table.issues)
    assert table.issues[0].row == 4
    assert "phần ký tên (dòng 3)" in table.issues[0].vi


def test_a_lone_group_is_told() -> None:
    table = table_of([HEAD, [1, "Xã A", "01/04/2019"], ["II", "Xã B"]])
    assert [(issue.level, issue.row) for issue in table.issues] == [("warning", 3)]
    assert "«Xã B»" in table.issues[0].vi


def test_a_numbered_row_without_what_is_required_is_a_fault_not_a_group() -> None:
    table = table_of([HEAD, [1, "Xã A"], [2, None, "01/04/2019"]])
    assert said(table) == [
        ("C2", "Ô đang trống. Hãy ghi «Ngày kiểm tra»."),
        ("B3", "Ô đang trống. Hãy ghi «Tên đơn vị»."),
    ]


def test_all_faults_are_told_at_once_by_cell() -> None:
    table = table_of([HEAD, [1, "Xã A", "30/02/2019", None, "hai"], [2, "Xã B", "2019", None, -1]])
    assert [issue.address for issue in table.issues] == ["C2", "E2", "C3", "E3"]
    assert "Không có ngày 30/02/2019" in table.issues[0].vi


def test_a_head_repeated_on_each_page_is_passed_over() -> None:
    rows = [HEAD, [1, "Xã A", "01/04/2019"], HEAD, ["1", "2", "3", "4", "5"], [2, "Xã B", "01/04/2019"]]
    assert units_of(table_of(rows)) == ["Xã A", "Xã B"]


def test_missing_and_double_columns_are_told_at_the_head() -> None:
    table = table_of([["Đơn vị", "Số người", "Số người", "Nhận xét"], ["Xã A", 1, 2, "tốt"]])
    assert [column.key for column in table.missing] == ["on"]
    assert [(issue.level, issue.title) for issue in table.issues] == [("error", "Ngày kiểm tra"), ("error", "Số người")]
    assert "cột chưa hiểu: «Nhận xét»" in table.issues[0].vi
    assert "Cột B và cột C" in table.issues[1].vi
    assert table.rows[0].cell("on").is_blank
    assert table.rows[0].values.get("on") is None


def test_without_a_head_the_columns_are_named() -> None:
    with pytest.raises(BadInput, match="«Tên đơn vị», «Ngày kiểm tra»"):
        table_of([["Kính gửi:"], ["Sở Nội vụ"]])


def test_a_conversion_from_an_old_encoding_is_shown() -> None:
    sheet = sheet_of([HEAD, [1, "Xã A", "01/04/2019"]])
    sheet.conversions.append(Conversion("B", "TCVN3", 1, "X· A", "Xã A", 2))
    issue = read_table(sheet, COLUMNS).issues[0]
    assert (issue.level, issue.address, issue.found) == ("warning", "B2", "X· A")


def test_the_sheet_with_the_table_is_found_and_hidden_ones_are_told() -> None:
    cover = sheet_of([["Báo cáo"]], name="Bìa")
    data = sheet_of([HEAD, [1, "Xã A", "01/04/2019"]], name="Số liệu")
    table = find_table(Workbook([cover, data], ["Nháp"]), COLUMNS)
    assert table.sheet.name == "Số liệu"
    assert [(issue.level, issue.found) for issue in table.issues] == [("warning", "«Nháp»")]


def test_two_tables_are_asked_about_and_one_may_be_named() -> None:
    book = Workbook([sheet_of([HEAD, [1, f"Xã {name}", "01/04/2019"]], name=name) for name in ("Đông", "Tây")])
    table = find_table(book, COLUMNS)
    assert has_errors(table.issues)
    assert "«Đông», «Tây»" in table.issues[0].vi
    named = find_table(book, COLUMNS, sheet="tây")
    assert (units_of(named), named.issues) == (["Xã Tây"], [])
    with pytest.raises(BadInput, match="«Đông», «Tây»"):
        find_table(book, COLUMNS, sheet="Nam")


def test_a_head_may_hold_years_above_its_titles_and_numbers_within_them() -> None:
    rows = [["STT", 2019, 2019, 2019, 2019], [None, *HEAD[1:]], [1, "Xã A", "01/04/2019", "12/BB", 20]]
    years = table_of(rows, merged=["A1:A2"])
    assert (units_of(years), years.issues, years.header_row) == (["Xã A"], [], 1)
    quarters = [Column("first", ["Quý 1"], parse=whole), Column("second", ["Quý 2"], parse=whole)]
    numbered = read_table(sheet_of([["Quý", "Quý"], [1, 2], [125, 370]]), quarters)
    assert [row.values for row in numbered.rows] == [{"first": 125, "second": 370}]


def test_a_cell_keeps_what_was_learnt_of_it_beside_its_value() -> None:
    row = sheet_of([["Xã A", 3, None]]).rows[0]
    row.put(1, row[1]._replace(fault="#N/A"))
    row.put(2, row[2]._replace(uncomputed=True))
    assert [(cell.address, cell.value, cell.fault, cell.uncomputed) for cell in row] == [
        ("A1", "Xã A", "", False),
        ("B1", 3, "#N/A", False),
        ("C1", None, "", True),
    ]
    assert ([row.is_blank(place) for place in range(3)], row[-1], row[1:2]) == ([False] * 3, row[2], [row[1]])
    with pytest.raises(IndexError):
        row[3]
