"""A file is read with its numbers, its faults by cell and what was left unread; whose it is, is known or asked, never guessed."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest

from kycuong.gathering.imports import FormReading, Room, Told, from_json, read_form, unpacked
from kycuong.gathering.imports.agencies import Agencies
from kycuong.gathering.imports.cells import SMALL, count, rate
from kycuong.gathering.models import SentFile
from kycuong.gathering.rules import faults_between
from kycuong.orgs.history import Draft, create_units
from kycuong.orgs.models import Unit
from kycuong.sheets import batches
from kycuong.sheets.batches import Sent, read_workbooks
from kycuong.sheets.cells import Cell, Parsed
from kycuong.sheets.legacy import to_tcvn3
from kycuong.sheets.reader import read_workbook
from tests.desk import BEGIN, Desk
from tests.sheets.files import ods_file, xls_file, xlsx_file

from .forms_sent import HEAD, agency_of, come, gathering_of, messy_form, plain_form


def told(desk: Desk, **confirmed: int) -> Told:
    keys = list(Unit.objects.under(desk.units["province"], on=BEGIN).values_list("pk", flat=True))
    return Told(Agencies(keys, BEGIN, {name.replace("_", " "): key for name, key in confirmed.items()}))


def reading_of(desk: Desk, data: bytes, name: str = "a.xlsx") -> FormReading:
    return read_form(read_workbook(data, name), name, told(desk))


def values(reading: FormReading) -> dict[str, int | Decimal]:
    return {key: taken.value for key, taken in reading.values.items()}


@pytest.mark.parametrize("made", [xlsx_file, xls_file, ods_file])
def test_a_plain_table_gives_its_total_row(desk: Desk, made: Any) -> None:
    reading = reading_of(desk, made(plain_form("HUYỆN ĐÔNG")))
    assert reading.guess.agency == desk.units["district"].pk
    assert (reading.rows, reading.total_row, reading.values["visits"].cell) == (2, 9, "F9")
    assert values(reading) == {
        "inspections": 3, "planned": 2, "surprise": 1, "visits": 5, "units_inspected": 4, "findings": 8, "remedied": 6, "handling": 75,
    }  # fmt: skip
    assert (reading.issues, [line.vi for line in reading.unread]) == (
        [],
        ["Từ dòng 10 (phần ký, nơi nhận) trở đi không đọc."],
    )


def test_a_messy_table_is_understood_and_says_what_was_not_read(desk: Desk) -> None:
    reading = reading_of(desk, messy_form("XÃ HOÀNG ĐỒNG"))
    assert reading.guess.agency == desk.units["commune"].pk
    assert values(reading) == {"inspections": 1235, "planned": 1, "surprise": 5, "visits": 3, "findings": 4}
    assert {(issue.address, issue.level) for issue in reading.issues} == {("E9", "warning"), ("G11", "warning")}
    [unlike] = [issue for issue in reading.issues if issue.address == "G11"]
    assert "cộng 2 dòng được 3" in unlike.vi
    unread = " ".join(line.vi for line in reading.unread)
    assert ("«Ẩn»" in unread, "«Nháp»" in unread, "H «Việc khác»" in unread) == (True, True, True)


def test_old_letters_are_read_in_a_csv_file_too(desk: Desk) -> None:
    rows = plain_form("Đơn vị báo cáo: Xã Bình Minh")
    lines = "\r\n".join(";".join(str(cell) for cell in row) for row in rows)
    reading = reading_of(desk, to_tcvn3(lines).encode("cp1252"), "a.csv")
    assert reading.guess.agency == desk.units["second_commune"].pk
    assert reading.values["inspections"].value == 3


def test_faults_are_told_by_cell(desk: Desk) -> None:
    rows = plain_form("Huyện Đông")
    rows[6][2], rows[7][5], rows[8][9] = "nhiều", "3/5", "160"
    reading = reading_of(desk, xlsx_file(rows))
    assert {issue.address: issue.level for issue in reading.issues} == {
        "C7": "error", "F8": "error", "J9": "warning",
    }, "a total is not blamed for a row that could not be read"  # fmt: skip
    [rate] = [issue for issue in reading.issues if issue.address == "J9"]
    assert "lớn hơn 100 %" in rate.vi


def test_a_rate_is_blamed_only_for_what_its_columns_bear_out() -> None:
    """As Biểu 1 defines them: column 14 counts a part of column 13, column 24 counts recommendations, which no column does."""
    counted = {"units": 8, "units_inspected_year": 6, "target": 8, "findings": 8, "remedied": 2}

    def blamed(**rates: str) -> list[tuple[str, str]]:
        values = {key: Decimal(value) for key, value in {**counted, **rates}.items()}
        return [(key, vi) for key, vi, _en in faults_between(values)]

    assert blamed(coverage="62.5", target_rate="75", handling="100") == []
    assert [key for key, _vi in blamed(coverage="76", target_rate="62.5", handling="100.5")] == [
        "coverage", "target_rate", "handling",
    ]  # fmt: skip
    assert "6/8 là nhiều nhất 75 %" in blamed(coverage="76")[0][1]


def test_a_formula_that_was_never_computed_is_said(desk: Desk) -> None:
    import openpyxl  # noqa: PLC0415 - the one writer that leaves formulas without a value

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in plain_form("Huyện Đông"):
        sheet.append(row)
    sheet["F9"] = "=SUM(F7:F8)"
    buffer = io.BytesIO()
    book.save(buffer)
    reading = reading_of(desk, buffer.getvalue())
    assert [(issue.address, issue.level) for issue in reading.issues] == [("F9", "error")]
    assert "visits" not in reading.values


def test_distinct_units_are_never_added_up_and_their_total_may_be_smaller(desk: Desk) -> None:
    rows = plain_form("Huyện Đông")
    del rows[8]
    reading = reading_of(desk, xlsx_file(rows))
    assert (reading.values["visits"].value, reading.values["visits"].cell) == (5, "F7:F8")
    assert "units_inspected" not in reading.values
    assert [issue.address for issue in reading.issues] == ["G7"]
    above = reading_of(desk, xlsx_file(plain_form("Huyện Đông", last=[None] * 6 + [6])))
    assert "từ 3 (dòng lớn nhất) đến 5" in " ".join(issue.vi for issue in above.issues)


def test_a_total_with_a_remark_is_no_row_of_data(desk: Desk) -> None:
    rows = plain_form("Huyện Đông")
    rows[4] = [*HEAD, "Ghi chú"]
    rows[8].append("chưa tính quý trước")
    reading = reading_of(desk, xlsx_file(rows))
    assert (reading.rows, reading.values["visits"].value) == (2, 5)


def test_an_accent_free_name_is_a_question(desk: Desk) -> None:
    twin = create_units(
        [Draft("Xã Bình Mỉnh", "commune_pc", desk.units["district"])], by=desk.people["aggregator"], on=BEGIN
    ).born[0]
    reading = reading_of(desk, xlsx_file(plain_form("XA BINH MINH")))
    assert reading.guess.agency is None
    assert {desk.units["second_commune"].pk, twin.pk} <= set(reading.guess.near)
    assert reading_of(desk, xlsx_file(plain_form("")), "Xa_Binh_Minh.xlsx").guess.agency is None
    assert reading_of(desk, xlsx_file(plain_form("XÃ BÌNH MINH"))).guess.agency == desk.units["second_commune"].pk


def test_a_file_that_names_two_agencies_is_a_question(desk: Desk) -> None:
    rows = plain_form("XÃ BÌNH MINH")
    rows[2] = ["Xã Hoàng Đồng"]
    guess = reading_of(desk, xlsx_file(rows)).guess
    assert (guess.agency, guess.how) == (None, "several")


def test_a_strange_head_is_asked_for(desk: Desk) -> None:
    reading = reading_of(desk, xlsx_file([["Xã Bình Minh"], ["A", "B"], ["x", 1]]))
    assert reading.problem is not None
    assert (reading.guess.agency, reading.sheets) == (desk.units["second_commune"].pk, ["Sheet1"])


def test_a_reading_is_kept_whole(desk: Desk) -> None:
    files = come(gathering_of(desk), desk.people["aggregator"], ("a.xlsx", messy_form("XÃ HOÀNG ĐỒNG")))
    kept = from_json(SentFile.objects.get(pk=files["a.xlsx"].pk).reading or {})
    assert agency_of(files["a.xlsx"]) == desk.units["commune"]
    assert kept.values["inspections"].cell == "C11"
    assert len(kept.issues) == 2


def test_one_bad_file_harms_no_other() -> None:
    good, broken = xlsx_file(), xlsx_file()[:-200]
    sent = [
        Sent(good, "1.xlsx"),
        Sent(broken, "2.xlsx"),
        Sent(b"%PDF-1.4", "3.pdf"),
        Sent(_crashing(), "4.xlsx"),
        Sent(good, "5.xlsx"),
    ]
    found = [type(one).__name__ for _sent, one in read_workbooks(sent)]
    assert found == ["Workbook", "BadInput", "BadInput", "BadInput", "Workbook"]


def test_files_that_end_a_process_leave_the_rest_together(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    run = batches.run_child
    monkeypatch.setattr(batches, "run_child", lambda kind, data: (started.append(kind), run(kind, data))[1])
    found = batches._answers(
        [Sent(_crashing() if place in {1, 4} else xlsx_file(), f"{place}.xlsx") for place in range(8)]
    )
    assert ([place for place, one in enumerate(found) if one is None], len(started)) == ([1, 4], 3)
    started.clear()
    found = batches._answers([Sent(_crashing(), "a.xlsx")] * 6 + [Sent(xlsx_file(), "b.xlsx")])
    assert (found, len(started)) == ([None] * 7, batches.ENDINGS), "then they are asked one by one"


def test_small_numbers_mean_what_the_parsers_say() -> None:
    """They are taken from a list instead of being parsed each: the list says what `count` and `rate` say, without a remark."""
    for number in [*range(20), 999, max(SMALL)]:
        cell = Cell(number, 1, "A")
        assert count(cell, "Số") == rate(cell, "Tỷ lệ") == Parsed(SMALL[number])
    assert min(SMALL) == 0, "a negative number is asked about"


def test_a_small_number_with_something_to_say_is_asked_about(desk: Desk) -> None:
    """«Đúng» is no 1, and a formula in error or never computed is none, whatever number stands in its cell."""
    rows = plain_form("Huyện Đông")
    rows[6][5], rows[7][5] = True, 4.0
    book = read_workbook(xlsx_file(rows), "a.xlsx")
    line = book.sheets[0].rows[7]
    line.put(2, line[2]._replace(uncomputed=True))
    line.put(3, line[3]._replace(fault="#REF!"))
    reading = read_form(book, "a.xlsx", told(desk))
    assert {issue.address for issue in reading.issues if issue.level == "error"} == {"C8", "D8", "F7"}


def _crashing() -> bytes:
    """A sound zip with a workbook that no parser can make sense of."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook")
    return buffer.getvalue()


def test_a_zip_is_its_files_and_what_is_not_taken_is_said() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Quý I/Xã Một.xlsx", xlsx_file())
        archive.writestr("__MACOSX/Xã Một.xlsx", b"x")
        archive.writestr("~$Xã Một.xlsx", b"x")
        archive.writestr("bom.csv", b"0" * (11 * 1024 * 1024))
    found = list(unpacked(Sent(buffer.getvalue(), "gui.zip"), Room()))
    assert [one.filename if isinstance(one, Sent) else one.vi for one in found] == [
        "Xã Một.xlsx", "bom.csv: Tệp giải nén ra quá lớn; mỗi tệp tối đa 10 MB.",
    ]  # fmt: skip
    assert [type(one) for one in unpacked(Sent(xlsx_file(), "a.xlsx"), Room())] == [Sent]


def packed(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.xlsx", data)
    return buffer.getvalue()


@pytest.mark.parametrize("room", [Room(files=3), Room(bytes=250)])
def test_all_files_of_an_upload_share_one_room(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two archives and a file: what is beyond the room is not even unfolded, and said in one sentence for each archive."""
    opened, usual = [], zipfile.ZipFile.open

    def noted(archive: zipfile.ZipFile, entry: Any, *rest: Any, **named: Any) -> Any:
        opened.append(entry.filename)
        return usual(archive, entry, *rest, **named)

    first, second = packed(a=b"x" * 100, b=b"x" * 100), packed(c=b"x" * 100, d=b"x", e=b"x")
    monkeypatch.setattr(zipfile.ZipFile, "open", noted)
    sent = (Sent(first, "một.zip"), Sent(second, "hai.zip"), Sent(b"STT;", "ba.csv"))
    found = [one for each in sent for one in unpacked(each, room)]
    assert opened == ["a.xlsx", "b.xlsx", "c.xlsx"]
    said = [one.vi for one in found if not isinstance(one, Sent)]
    assert ["Còn 2 tệp chưa nhận" in one for one in said[-2:]] == [True, False]
    assert len([one for one in found if isinstance(one, Sent)]) == 2 + (room.bytes > 0)
