"""The pages: many files at once, faults by cell, choosing and confirming, everything without scripts and nothing typed lost."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kycuong.gathering.models import DeclaredFigure, Gathering
from kycuong.sheets.reader import read_workbook
from tests.desk import Desk
from tests.sheets.files import xlsx_file

from .forms_sent import gathering_of, plain_form


def client_of(desk: Desk, who: str = "aggregator") -> Client:
    client = Client()
    client.force_login(desk.people[who])
    return client


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_from_the_period_to_the_comparison(desk: Desk) -> None:
    client = client_of(desk)
    asked = {"scope": "tinh-thu-nghiem", "part": "Q1", "year": "2019"}
    where = client.post("/declared/new/", asked).headers["Location"]
    assert client.post("/declared/new/", asked).headers["Location"] == where
    wrong = plain_form("Sở Nội vụ")
    wrong[6][2] = "nhiều"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("so.xlsx", xlsx_file(wrong))
    data = xlsx_file(plain_form("Huyện Đông"))
    sent = [upload("dong.xlsx", data), upload("gui.zip", packed.getvalue()), upload("a.pdf", b"%PDF-1.4")]
    page = client.post(where, {"sent": sent}, follow=True).content.decode()
    assert "Đã nhận 3 tệp." in page
    assert ("Không đọc được" in page, "Có ô lỗi" in page, "Xác nhận 1 tệp" in page) == (True, True, True)
    again = client.post(where, {"sent": upload("dong.xlsx", data)}, follow=True)
    assert "không nhận lần nữa" in again.content.decode()

    page = client.post(f"{where}confirmation/", follow=True).content.decode()
    assert "Đã xác nhận 1 tệp." in page
    faulty = Gathering.objects.get().files.get(filename="so.xlsx")
    shown = client.get(faulty.get_absolute_url()).content.decode()
    assert "C7" in shown
    assert "không phải số đếm" in shown
    marked = read_workbook(client.get(f"{faulty.get_absolute_url()}marked.xlsx").content, "a.xlsx").sheets[0]
    assert any("C7" in str(cell.value) for cell in marked.rows[6])

    compared = client.get(f"{where}comparison/huyen-dong/")
    assert "Lý do: Số lượt" in compared.content.decode()
    saved = client.post(f"{where}comparison/huyen-dong/", {"reason-visits": "Chưa nhập lượt"}, follow=True)
    assert "Chưa nhập lượt" in saved.content.decode()
    assert "chưa có lý do" in client.get(f"{where}comparison/").content.decode()
    told = client.get(f"/api/v1{where}comparison").json()
    assert [one["reason"] for one in told["agencies"][0]["columns"] if one["column"] == "visits"] == ["Chưa nhập lượt"]
    whole = client.get(f"/api/v1{where.rstrip('/')}").json()
    assert [one["cell"] for file in whole["sent"] if file["filename"] == "so.xlsx" for one in file["issues"]][0] == "C7"


def test_what_is_read_later_waits_on_the_page(desk: Desk, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    gathering, client = gathering_of(desk), client_of(desk)
    monkeypatch.setattr("kycuong.gathering.views.gatherings.read_waiting", lambda *given, **more: 0)
    files = [upload(f"{place}.xlsx", xlsx_file(plain_form("Huyện Đông", visits=place))) for place in (5, 6)]
    page = client.post(gathering.get_absolute_url(), {"sent": files}, follow=True).content.decode()
    assert "Đọc tiếp (còn 2 tệp)" in page
    monkeypatch.undo()
    page = client.post(f"{gathering.get_absolute_url()}reading/", follow=True).content.decode()
    assert "Đọc tiếp" not in page
    assert "Xác nhận 2 tệp" not in page, "two files of one agency are a question"


def test_a_person_points_at_the_head_and_maps_the_columns(desk: Desk) -> None:
    gathering, client = gathering_of(desk), client_of(desk)
    rows = [["Huyện Đông"], ["Danh mục", "Ra quân"], ["Phòng Một", 2], ["Phòng Hai", 3]]
    client.post(gathering.get_absolute_url(), {"sent": upload("la.xlsx", xlsx_file(rows))})
    file = gathering.files.get()
    assert "Danh mục" in client.get(file.get_absolute_url()).content.decode(), "the first rows are shown"
    given = {"agency": "huyen-dong", "sheet": "Sheet1", "first_row": "2", "last_row": "9", "version": "1"}
    kept = client.post(file.get_absolute_url(), given)
    assert kept.status_code == 422
    assert 'value="9"' in kept.content.decode()
    page = client.post(file.get_absolute_url(), {**given, "last_row": "2"}, follow=True).content.decode()
    assert 'B · <span lang="vi">Ra quân</span>' in page
    mapped = {**given, "last_row": "2", "version": "2", "column-A": "agency", "column-B": "visits"}
    twice = client.post(file.get_absolute_url(), {**mapped, "column-A": "visits"})
    assert "đã được ghép" in twice.content.decode()
    client.post(file.get_absolute_url(), mapped)
    file.refresh_from_db()
    client.post(f"{file.get_absolute_url()}confirmation/", {"version": str(file.version)})
    assert (DeclaredFigure.objects.get().value, DeclaredFigure.objects.get().cell) == (5, "Sheet1!B3:B4")


def test_too_many_and_a_refusal_are_sentences(desk: Desk) -> None:
    gathering, client = gathering_of(desk), client_of(desk)
    many = [upload(f"{place}.csv", b"x") for place in range(301)]
    page = client.post(gathering.get_absolute_url(), {"sent": many})
    assert (page.status_code, "tối đa 300" in page.content.decode()) == (422, True)
    assert client.post(gathering.get_absolute_url(), {}).status_code == 422
    client.post(gathering.get_absolute_url(), {"sent": upload("rong.xlsx", b"")})
    file = gathering.files.get()
    refused = client.post(f"{file.get_absolute_url()}confirmation/", {"version": "1"})
    assert (refused.status_code, "không đọc được" in refused.content.decode()) == (422, True)
    assert client_of(desk, "leader").post(gathering.get_absolute_url(), {}).status_code == 403
    assert client_of(desk, "unit_head").get(file.get_absolute_url()).status_code == 404
