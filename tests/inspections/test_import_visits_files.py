"""Tables of visits as files and pages: other formats, letters in other forms, and the way through the browser."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kycuong.inspections.imports import VISITS
from kycuong.inspections.models import Visit
from tests.desk import Desk
from tests.inspections.test_import_visits import FIRST, HEAD, ROWS, book, changed, said
from tests.sheets.files import xls_file

As = Callable[[Any], Client]


def sent(client: Client, data: bytes, name: str = "l.xlsx") -> Any:
    return client.post(reverse("inspections:import"), {"file": SimpleUploadedFile(name, data), "sheet": ""})


def test_old_workbooks_and_taken_apart_letters(desk: Desk) -> None:
    rows = [
        [unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell for cell in row] for row in [HEAD, *ROWS]
    ]
    width = len(HEAD)
    told = [[*row, *[None] * (width - len(row))] for row in rows]
    preview = VISITS.read(xls_file(told), "luot.xls", by=desk.people["aggregator"], options={})
    assert said(preview) == []
    assert [row.what for row in preview.rows] == ["new", "new", "new"]


def test_two_rows_of_heads_and_a_district_column(desk: Desk) -> None:
    form = openpyxl.Workbook()
    sheet = form.worksheets[0]
    sheet.append(["TT", "Cơ quan kiểm tra", "Hình thức kiểm tra", "Cơ quan, đơn vị được kiểm tra", "Huyện", "Thời gian",
                  "Quyết định", None])  # fmt: skip
    sheet.append([None, None, None, None, None, None, "Số", "Ngày"])
    sheet.merge_cells("G1:H1")
    for letter in "ABCDEF":
        sheet.merge_cells(f"{letter}1:{letter}2")
    sheet.append([1, "Sở Nội vụ", "Đột xuất", "xã Hoàng Đồng", "Đông", date(2019, 3, 15), "12/QĐ", date(2019, 3, 14)])
    buffer = io.BytesIO()
    form.save(buffer)
    preview = VISITS.read(buffer.getvalue(), "l.xlsx", by=desk.people["aggregator"], options={})
    assert said(preview) == []
    VISITS.apply(preview, by=desk.people["aggregator"])
    visit = Visit.objects.get()
    assert (visit.inspection.decision_number, visit.inspection.decision_on) == ("12/QĐ", date(2019, 3, 14))


def test_upload_preview_and_import(desk: Desk, as_person: As) -> None:
    client = as_person(desk.people["aggregator"])
    assert reverse("inspections:import") in client.get(reverse("inspections:inspections")).content.decode()
    assert client.get(reverse("inspections:import")).status_code == 200
    at = sent(client, book(ROWS)).url
    assert "3 lượt mới" in client.get(at).content.decode()
    assert not Visit.objects.exists()
    assert client.post(at).status_code == 302
    assert Visit.objects.counting().count() == 3
    assert client.post(at).status_code == 404


def test_faults_are_shown_and_the_marked_file_is_given(desk: Desk, as_person: As) -> None:
    client = as_person(desk.people["aggregator"])
    at = sent(client, book([changed(FIRST, D="Xã Lạ")])).url
    shown = client.get(at).content.decode()
    assert "D4" in shown
    assert "«Xã Lạ»" in shown
    assert client.post(at).status_code == 422
    assert not Visit.objects.exists()
    marked = openpyxl.load_workbook(io.BytesIO(client.get(f"{at}errors.xlsx").content)).active
    assert "Xã Lạ" in marked.cell(4, marked.max_column).value


def test_a_kept_file_is_its_owners_only(desk: Desk, as_person: As) -> None:
    at = sent(as_person(desk.people["aggregator"]), book(ROWS)).url
    assert as_person(desk.people["coordinator"]).get(at).status_code == 404
    assert as_person(desk.people["leader"]).get(at).status_code == 403
    assert as_person(desk.people["aggregator"]).get("/inspections/import/..%2F..%2Fsecret-key/").status_code == 404


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\3\4"])
def test_an_unusable_file_is_refused_on_the_form(desk: Desk, as_person: As, data: bytes) -> None:
    assert sent(as_person(desk.people["aggregator"]), data).status_code == 422


def test_who_may_not_import_sees_no_button(desk: Desk, as_person: As) -> None:
    client = as_person(desk.people["leader"])
    assert client.get(reverse("inspections:import")).status_code == 403
    assert reverse("inspections:import") not in client.get(reverse("inspections:inspections")).content.decode()
    answer = as_person(desk.people["aggregator"]).get(reverse("inspections:import_template"))
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames == ["Lượt kiểm tra", "Hướng dẫn", "Đơn vị"]
