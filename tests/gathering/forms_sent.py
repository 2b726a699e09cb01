"""Tables as agencies send them, made for the tests: titles above, heads in two rows, groups, totals, old letters, text for numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from kycuong.core.clock import today
from kycuong.gathering import actions
from kycuong.gathering.imports import read_waiting, receive
from kycuong.gathering.models import Gathering, SentFile
from kycuong.orgs.models import Person, Unit
from kycuong.reports.rules.periods import year_to_date
from kycuong.sheets.batches import Sent
from tests.desk import Desk
from tests.sheets.files import xlsx_file

Rows = Sequence[Sequence[Any]]
HEAD = ["STT", "Cơ quan, địa phương", "Số cuộc kiểm tra", "Theo KH", "Đột xuất", "Số lượt", "Số đơn vị không trùng", "Số tồn tại", "Đã khắc phục",
        "Tỷ lệ xử lý (%)"]  # fmt: skip


def plain_form(agency: str, *, visits: int = 5, last: Sequence[Any] = ()) -> list[list[Any]]:
    """Two rows under a plain head, with a total; `last` replaces cells of the total."""
    total: list[Any] = ["", "Tổng cộng", 3, 2, 1, visits, 4, 8, 6, 75]
    for place, value in enumerate(last):
        total[place] = total[place] if value is None else value
    return [
        ["UBND TỈNH THỬ NGHIỆM"],
        [agency],
        ["BÁO CÁO TỔNG HỢP KẾT QUẢ KIỂM TRA"],
        [],
        list(HEAD),
        [f"({place})" for place in range(1, 11)],
        [1, "Phòng Một", 1, 1, 0, visits - 3, 2, 3, 2, ""],
        [2, "Phòng Hai", 2, 1, 1, 3, 3, 5, 4, ""],
        total,
        ["", "NGƯỜI LẬP BIỂU"],
    ]


def messy_form(agency: str) -> bytes:
    """A head of two rows with merged blocks, a group, numbers as text, a formula without and one with a value."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Biểu 1")
    for row, text in enumerate(["ỦY BAN NHÂN DÂN", agency, "", "BIỂU 1"]):
        sheet.write(row, 0, text)
    for place, title in ((0, "STT"), (1, "Tên đơn vị"), (5, "Số lượt"), (6, "Tồn tại, hạn chế"), (7, "Việc khác")):
        sheet.merge_range(4, place, 5, place, title)
    sheet.merge_range(4, 2, 4, 4, "Số cuộc kiểm tra trong kỳ")
    for place, title in enumerate(("Tổng", "Theo KH", "Đột xuất"), 2):
        sheet.write(5, place, title)
    sheet.write_row(6, 0, [f"({place})" for place in range(1, 9)])
    sheet.write_row(7, 0, ["I", "Khối phòng"])
    sheet.write_row(8, 0, ["1", "Phòng Một", "1.234", "-", "05 cuộc", "2", 3, 1])
    sheet.write_row(9, 0, ["2", "Phòng Hai", 1, 1, 0, 1, 0, 1])
    sheet.write_row(10, 0, ["", "Tổng cộng"])
    sheet.write_formula(10, 2, "=SUM(C9:C10)", None, 1235)
    sheet.write_row(10, 3, [1, 5, 3, 4])
    book.add_worksheet("Nháp").write(0, 0, "ghi chú riêng")
    book.add_worksheet("Ẩn").hide()
    book.close()
    return buffer.getvalue()


def gathering_of(desk: Desk, *, by: str = "aggregator", scope: str = "province", last: date | None = None) -> Gathering:
    """The year so far."""
    period = year_to_date(last or today())
    return actions.open_gathering(by=desk.people[by], scope=desk.units[scope], period=period)


def come(gathering: Gathering, by: Person, *files: tuple[str, bytes | Rows]) -> dict[str, SentFile]:
    """Files come and are read: name → file."""
    sent = [Sent(data if isinstance(data, bytes) else xlsx_file(data), name) for name, data in files]
    receive(gathering, by=by, files=sent)
    while gathering.files.unread().exists():
        read_waiting(gathering, by=by)
    return {file.filename: file for file in gathering.files.all()}


def agency_of(file: SentFile) -> Unit | None:
    return file.agency or file.guessed
