"""CSV as offices save it: encodings, separators, apostrophes."""

from __future__ import annotations

import pytest

from kycuong.sheets.delimited import decode_bytes, read_csv, separator_of
from kycuong.sheets.legacy import to_tcvn3
from kycuong.sheets.reader import read_workbook
from tests.sheets.files import only, refusal

TABLE = "Đơn vị{0}Loại\r\nXã Hoàng Đồng{0}Xã\r\nPhường Tam Thanh{0}Phường\r\n"


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le+bom"])
def test_unicode_of_every_kind_is_read(separator: str, encoding: str) -> None:
    text = TABLE.format(separator)
    data = b"\xff\xfe" + text.encode("utf-16-le") if "+" in encoding else text.encode(encoding)
    rows = only(read_workbook(data, "a.csv")).rows
    assert [[cell.value for cell in row] for row in rows] == [
        ["Đơn vị", "Loại"],
        ["Xã Hoàng Đồng", "Xã"],
        ["Phường Tam Thanh", "Phường"],
    ]


def test_windows_vietnamese_is_read() -> None:
    """cp1258 has combining tones: «ồ» is ô and a grave."""
    data = "Xa\u0303 Hoa\u0300ng Đô\u0300ng;Xa\u0303\r\n".encode("cp1258")
    assert decode_bytes(data) == "Xã Hoàng Đồng;Xã\r\n"


def test_old_encodings_in_text_files_become_unicode() -> None:
    lines = "\n".join(["Đơn vị;Số", *(f"{name};1" for name in ("Xã Hoàng Đồng", "Phường Tam Thanh", "Huyện Hữu Lũng"))])
    sheet = only(read_workbook(to_tcvn3(lines).encode("cp1252"), "a.csv"))
    assert [row[0].value for row in sheet.rows[1:]] == ["Xã Hoàng Đồng", "Phường Tam Thanh", "Huyện Hữu Lũng"]
    assert {change.encoding for change in sheet.conversions} == {"TCVN3"}


def test_a_separator_in_the_text_is_no_separator() -> None:
    assert separator_of('Đơn vị;Địa chỉ\n"Xã A";Thôn 1, xã A, huyện B\n"Xã C";Thôn 2, xã C, huyện B\n') == ";"
    assert list(read_csv(b'a,"b, c"\n1,"2\n3"\n')) == [["a", "b, c"], ["1", "2\n3"]]


def test_excels_own_word_about_the_separator_is_believed() -> None:
    assert list(read_csv(b"sep=|\r\na|b,c,d\r\n1|2\r\n")) == [["a", "b,c,d"], ["1", "2"]]


def test_the_apostrophe_of_a_safe_export_goes_and_no_other() -> None:
    assert list(read_csv(b"'=1+1,'-5,'quoted,'\n''=x,y,z,w\n")) == [
        ["=1+1", "-5", "'quoted", "'"],
        ["'=x", "y", "z", "w"],
    ]


def test_blank_lines_keep_the_numbers_of_rows() -> None:
    sheet = only(read_workbook(b"a;b\n\n1;2\n", "a.csv"))
    assert [(row[0].row, row[0].value) for row in sheet.rows] == [(1, "a"), (2, None), (3, "1")]


def test_a_field_without_end_is_refused() -> None:
    assert refusal(b'a;b\n1;"' + b"x" * 200_000, "a.csv")
