"""What goes wrong with files of agencies: two runs at once, numbers that are none, rates with their sign, names of others, a wrong choice."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from django.test import Client

from kycuong.gathering import actions
from kycuong.gathering.imports import batch as reading_files
from kycuong.gathering.imports import note, read_files, read_one, read_waiting, receive
from kycuong.gathering.models import DeclaredFigure, SentFile
from kycuong.gathering.queries import compare, holding_files, ready_files, same_bytes
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.sheets.batches import Sent
from tests.desk import BEGIN, Desk
from tests.sheets.files import xlsx_file

from .forms_sent import agency_of, come, gathering_of, plain_form


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


@pytest.mark.parametrize(
    "lines",
    [[["Huyen Dong"], ["Kính gửi:", "Sở Nội vụ"]], [["Kính gửi:"], ["Sở Nội vụ"]], [["Kính gửi: UBND tỉnh"], ["- Sở Nội vụ"]],
     [["Đơn vị báo cáo: Ban Quản lý dự án X"], ["Sở Nội vụ"]]],
)  # fmt: skip
def test_the_addressee_is_not_the_sender(desk: Desk, lines: list[list[str]]) -> None:
    rows = plain_form("")
    rows[1:3] = lines
    file = come(gathering_of(desk), desk.people["aggregator"], ("a.xlsx", rows))["a.xlsx"]
    assert (agency_of(file), (file.reading or {})["problem"]) == (None, None)


def test_the_same_bytes_elsewhere_are_told_only_to_who_sees_them(desk: Desk) -> None:
    by, other = desk.people["aggregator"], desk.outsider
    data = [Sent(xlsx_file(plain_form("Huyện Đông")), "noi-bo.xlsx")]
    with at_the_machine():
        grant_role(other, by=None, role="aggregator", unit=desk.units["other_district"], valid_from=BEGIN)
    receive(gathering_of(desk), by=by, files=data)
    elsewhere = gathering_of(desk, scope="district")
    file = SentFile.objects.get()
    assert same_bytes(file.sha256, by, but=elsewhere) == [file]
    assert same_bytes(file.sha256, other, but=elsewhere) == []


def test_a_wrong_agency_is_undone_with_a_reason(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    file = come(gathering, by, ("a.xlsx", plain_form("Đơn vị báo cáo: Đội Đông")))["a.xlsx"]
    file = actions.choose(file, by=by, agency=desk.units["district"])
    note(gathering, {file.pk: read_one(file)}, by=by)
    actions.confirm_file(file, by=by)
    client = Client()
    client.force_login(by)
    where = f"{file.get_absolute_url()}return/"
    assert client.post(where, {"version": str(file.version)}).status_code == 422
    page = client.post(where, {"version": str(file.version), "reason": "Nhầm huyện"}, follow=True).content.decode()
    assert "Nhầm huyện" in page
    file.refresh_from_db()
    assert (file.state, file.agency, ready_files(gathering)) == ("sent", None, [])
    assert (DeclaredFigure.objects.holding().count(), DeclaredFigure.objects.count()) == (0, 8)
    assert compare(gathering, holding_files(gathering), by) == []
    file = actions.choose(file, by=by, agency=desk.units["other_district"])
    note(gathering, {file.pk: read_one(file)}, by=by)
    file = actions.confirm_file(file, by=by)
    assert {figure.agency for figure in DeclaredFigure.objects.holding()} == {desk.units["other_district"]}
    assert file.reason == ""
    again = come(gathering, by, ("b.xlsx", plain_form("Đơn vị báo cáo: ĐỘI ĐÔNG", visits=6)))["b.xlsx"]
    assert agency_of(again) == desk.units["other_district"], "the wrong one is forgotten"


def test_what_was_done_to_people_is_told_to_whoever_may_see_measures(desk: Desk) -> None:
    by, gathering = desk.people["aggregator"], gathering_of(desk)
    rows = plain_form("Huyện Đông")
    for row, value in ((4, "Khiển trách"), (6, 1), (7, 2), (8, 987)):
        rows[row].append(value)
    file = actions.confirm_file(come(gathering, by, ("a.xlsx", rows))["a.xlsx"], by=by)
    with at_the_machine():
        grant_role(desk.outsider, by=None, role="records_clerk", unit=desk.units["province"], valid_from=BEGIN)
    told = {}
    for who, person in (("auditor", desk.people["auditor"]), ("clerk", desk.outsider)):
        client = Client()
        client.force_login(person)
        where = gathering.get_absolute_url()
        pages = [file.get_absolute_url(), f"{where}comparison.csv", f"{where}comparison/huyen-dong/"]
        pages += [f"/api/v1{where.rstrip('/')}", f"/api/v1{where}comparison"]
        answers = [client.get(page) for page in pages]
        assert {answer.status_code for answer in answers} == {200}
        told[who] = [bool(re.search(r"(?<!\.)\b987\b", answer.content.decode())) for answer in answers]
    assert told == {"auditor": [True] * 5, "clerk": [False] * 5}
