"""What goes wrong with files of agencies: two runs at once, numbers that are none, rates with their sign, names of others, a wrong choice."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client

from kycuong.gathering import actions
from kycuong.gathering.imports import note, read_files, read_one, read_waiting, receive
from kycuong.gathering.imports import batch as reading_files
from kycuong.gathering.models import DeclaredFigure, SentFile
from kycuong.sheets.batches import Sent
from tests.desk import Desk
from tests.sheets.files import xlsx_file

from .forms_sent import come, gathering_of, plain_form


def with_value(value: bytes, row: int = 8, column: int = 5) -> bytes:
    """A table with a number that no writer of the tests would write."""
    rows, out = plain_form("Huyện Đông"), io.BytesIO()
    rows[row][column] = 987654
    with zipfile.ZipFile(io.BytesIO(xlsx_file(rows))) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<v>987654</v>", b"<v>" + value + b"</v>"))
    return out.getvalue()


def test_a_reading_that_comes_late_does_not_replace_what_a_person_saw(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    receive(gathering, by=by, files=[Sent(xlsx_file(plain_form("Huyện Đông")), "a.xlsx")])
    file = SentFile.objects.get()
    late = {one.pk: reading for one, reading in read_files(gathering, [file])}
    assert note(gathering, {file.pk: read_one(file)}, by=by) == 1
    file.refresh_from_db()
    layout = dict(file.reading["layout"]) if file.reading else {}
    layout["columns"] = {**layout["columns"], "F": "units_inspected", "G": "visits"}
    chosen = actions.choose(file, by=by, version=1, agency=desk.units["district"], layout=layout)
    assert note(gathering, late, by=by) == 0, "read before the person chose"
    assert note(gathering, {chosen.pk: read_one(chosen)}, by=by) == 1
    assert note(gathering, {chosen.pk: read_one(chosen)}, by=by) == 0, "another run was quicker"
    actions.confirm_file(SentFile.objects.get(), by=by, version=2)
    assert DeclaredFigure.objects.get(column="visits").cell == "Sheet1!G9"


@pytest.mark.parametrize("value", [b"NaN", b"INF", b"1e400", b"1e25"])
@pytest.mark.parametrize("column", [0, 5, 9])
def test_a_number_that_is_none_is_a_fault_of_its_cell(desk: Desk, value: bytes, column: int) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    row = 8 if column else 6
    file = come(gathering, by, ("a.xlsx", with_value(value, row, column)))["a.xlsx"]
    client = Client()
    client.force_login(by)
    assert client.get(f"{file.get_absolute_url()}marked.xlsx").status_code == 200
    assert (file.reading or {})["errors"] == (1 if column else 0)


def test_a_file_that_the_program_stumbles_over_holds_up_no_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    read = reading_files.read_form

    def stumbling(found: Any, filename: str, told: Any) -> Any:
        if filename == "a.xlsx":
            raise ArithmeticError
        return read(found, filename, told)

    monkeypatch.setattr(reading_files, "read_form", stumbling)
    sent = [
        Sent(xlsx_file(plain_form(name)), f"{letter}.xlsx")
        for letter, name in zip("ab", ("Huyện Đông", "Sở Nội vụ"), strict=True)
    ]
    receive(gathering, by=by, files=sent)
    assert read_waiting(gathering, by=by) == 2
    told = {file.filename: file.reading or {} for file in gathering.files.all()}
    assert "không đọc được tệp này" in told["a.xlsx"]["problem"][0]
    assert told["b.xlsx"]["values"]["visits"] == ["5", "F9"]


def test_a_percentage_with_its_sign_means_what_it_says(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    head = ["STT", "Cơ quan, địa phương", "Tỷ lệ lũy kế/tổng số (%)", "Tỷ lệ xử lý (%)"]
    rows = [["Huyện Đông"], head, [1, "Phòng Một", "0,5 %", 0.5]]
    file = come(gathering, by, ("a.xlsx", rows))["a.xlsx"]
    told = (file.reading or {})["values"]
    assert (float(told["coverage"][0]), float(told["handling"][0])) == (0.5, 50)
    rows[2] = [1, "Phòng Một", "250 %", 12]
    [issue] = (come(gathering, by, ("b.xlsx", rows))["b.xlsx"].reading or {})["issues"]
    assert (issue[0], "lớn hơn 100 %" in issue[5]) == ("warning", True)
