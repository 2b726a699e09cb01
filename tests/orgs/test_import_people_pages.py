"""The same sheet on its pages and at the command line."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from kycuong.orgs.imports.people import PEOPLE
from kycuong.orgs.imports.people.columns import TITLES
from kycuong.orgs.models import Person
from kycuong.sheets.writer import write_csv
from tests.desk import Desk
from tests.orgs.people_sheet import LEADER, AsPerson, admin, upload

__all__ = ["admin"]


@pytest.mark.django_db
class TestPages:
    def test_taken_as_a_workbook_changed_sent_and_done(self, desk: Desk, admin: Person, as_person: AsPerson) -> None:
        client = as_person(admin)
        book = openpyxl.load_workbook(io.BytesIO(client.get("/people/import/people.xlsx").content))
        cells = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "coordinator")
        cells[2].value = "Phó Trưởng phòng"
        buffer = io.BytesIO()
        book.save(buffer)
        sent = client.post("/people/import/", {"file": SimpleUploadedFile("n.xlsx", buffer.getvalue()), "sheet": ""})
        page = sent.headers["Location"]
        body = client.get(page).content.decode()
        assert "Phó Trưởng phòng" in body
        state = re.search(r'name="state" value="(\w+)"', body)
        assert state
        assert "Đã thực hiện" in client.post(page, {"state": state[1]}).content.decode()
        assert Person.objects.get(username="coordinator").position == "Phó Trưởng phòng"
        assert client.get(page).status_code == 404

    def test_new_passwords_stand_on_the_page_that_answers_and_nowhere_else(
        self, desk: Desk, admin: Person, as_person: AsPerson
    ) -> None:
        client = as_person(admin)
        page = upload(client, [{"username": "moi", "full_name": "Người Mới", "role": LEADER, "unit": "Huyện Đông"}])
        state = re.search(r'name="state" value="(\w+)"', client.get(page).content.decode())
        assert state
        body = client.post(page, {"state": state[1]}).content.decode()
        told = re.search(r"<code>([a-z2-9-]{19})</code>", body)
        assert told
        assert Person.objects.get(username="moi").check_password(told[1])
        slip = body[body.index('class="slip"') :]
        assert all(one in slip for one in ("Tài khoản của Người Mới", "http://testserver", told[1]))

    def test_too_many_new_accounts_are_refused_with_what_to_do(
        self, admin: Person, as_person: AsPerson, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kycuong.orgs.views.people_sheet.NEW_AT_ONCE", 1)
        rows = [{"username": f"moi{n}", "full_name": "Người Mới", "role": LEADER, "unit": "Huyện Đông"} for n in (1, 2)]
        upload(as_person(admin), rows[:1])
        data = write_csv(list(TITLES.values()), [[row.get(key) for key in TITLES] for row in rows])
        sent = {"file": SimpleUploadedFile("nguoi.csv", data), "sheet": ""}
        answer = as_person(admin).post("/people/import/", sent)
        assert answer.status_code == 422
        assert "tối đa 1 mỗi tệp" in answer.content.decode()
        assert "./run import people" in answer.content.decode()

    def test_csv_goes_round_unchanged(self, admin: Person, as_person: AsPerson) -> None:
        client = as_person(admin)
        data = client.get("/people/import/people.csv").content
        assert {row.what for row in PEOPLE.read(data, "n.csv", by=admin, options={}).rows} == {"same"}

    def test_a_faulty_sheet_is_marked(self, admin: Person, as_person: AsPerson) -> None:
        client = as_person(admin)
        page = upload(client, [{"username": "moi", "full_name": "Người Mới"}])
        assert "E2" in client.get(page).content.decode()
        assert client.get(f"{page}errors.xlsx").status_code == 200


@pytest.mark.django_db
def test_the_command_begins_and_takes_the_same_sheet(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "nguoi.xlsx"
    call_command("template", "people", str(path), of="huyen-dong")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    names = [row[0].value for row in sheet.iter_rows()]
    assert "coordinator" in names
    assert "leader" not in names
    place = names.index("coordinator") + 1
    sheet.cell(place, 3).value = "Chuyên viên"
    for column, value in enumerate(["moi", "Người Mới", None, None, LEADER, "Huyện Đông"], 1):
        sheet.cell(sheet.max_row + (column == 1), column).value = value
    book.save(path)
    call_command("import", "people", str(path))
    told = capsys.readouterr().err
    assert Person.objects.get(username="coordinator").position == "Chuyên viên"
    password = re.search(r"moi: mật khẩu tạm ([a-z2-9-]{19})", told)
    assert password
    assert Person.objects.get(username="moi").check_password(password[1])
