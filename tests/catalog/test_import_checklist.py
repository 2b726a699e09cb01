"""A checklist as a spreadsheet: written out, read in again the same, refused as a whole with every fault at its cell."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kycuong.catalog.actions import change_criterion, start_draft
from kycuong.catalog.imports import CHECKLISTS, version_as_sheet
from kycuong.catalog.imports.columns import TITLES
from kycuong.catalog.models import Checklist
from kycuong.catalog.queries import compare
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.sheets.importing import Preview
from kycuong.sheets.writer import OutColumn, OutSheet, write_workbook
from tests.desk import Desk

AsPerson = Callable[[Any], Client]
KEYS = ("code", "group", "text", "answer_type", "severity", "setting", "for_kinds", "asked_after", "asked_on", "pass_from", "partial_from", "legal_bases", "counted")  # fmt: skip
FIRST = ["A1", "A. Chỉ đạo", "Có kế hoạch", "Văn bản", "Trung bình", "Cần chuẩn bị"]
NAMED = {"number": "2.0", "title": "Phiếu mới"}


def book(rows: Sequence[Sequence[Any]]) -> bytes:
    return write_workbook([OutSheet("Phiếu", [OutColumn(TITLES[key]) for key in KEYS], rows)])


def read(rows: Sequence[Sequence[Any]], **options: str) -> Preview:
    return CHECKLISTS.read(book(rows), "phieu.xlsx", by=None, options=NAMED | options)


def faults(preview: Preview) -> list[str]:
    return [issue.address for issue in preview.errors]


def changed(**cells: Any) -> list[Any]:
    values = dict(zip(KEYS, FIRST, strict=False)) | cells
    return [values.get(key) for key in KEYS]


def test_a_version_written_out_and_read_in_again_is_the_same(desk: Desk) -> None:
    by = desk.people["aggregator"]
    source = start_draft(by=by, version="1.1", title="Phiếu", based_on=desk.checklist)
    content = {"for_kinds": ["commune_pc", "division"], "asked_after": "A3", "asked_on": "short", "severity_to": 4}
    one = source.criteria.get(code="A5")
    change_criterion(one, by=by, content=content | {"pass_from": 30, "partial_from": 10})
    data = write_workbook([version_as_sheet(source)])
    preview = CHECKLISTS.read(data, "phieu.xlsx", by=by, options=NAMED)
    assert faults(preview) == []
    CHECKLISTS.apply(preview, by=by)
    made = Checklist.objects.get(version="2.0")
    assert compare(source, made).is_empty
    assert compare(source, made).same == 44
    assert list(made.criteria.values_list("code", flat=True)) == list(source.criteria.values_list("code", flat=True))
    assert list(made.groups.values_list("code", "title")) == list(source.groups.values_list("code", "title"))


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"code": "B1"}, ["A3"]),
        ({"code": "A1"}, ["A3"]),
        ({"code": None}, ["A3"]),
        ({"code": "A2", "group": "Chỉ đạo"}, ["B3"]),
        ({"code": "A2", "group": "A. Tên khác"}, ["B3"]),
        ({"code": "IAB1", "group": "IAB. Bổ sung"}, ["B3"]),
        ({"code": "A2", "text": "x" * 401}, ["C3"]),
        ({"code": "A2", "answer_type": "Viết văn"}, ["D3"]),
        ({"code": "A2", "severity": None}, ["E3"]),
        ({"code": "A2", "for_kinds": "Xã; Trạm vũ trụ"}, ["G3", "G3"]),
        ({"code": "A2", "asked_after": "A9", "asked_on": "Đạt"}, ["H3"]),
        ({"code": "A2", "asked_after": "A1"}, ["I3"]),
        ({"code": "A2", "answer_type": "Tỷ lệ", "pass_from": 50, "partial_from": 60}, ["K3"]),
        ({"code": "A2", "legal_bases": "0/0000/XX"}, ["L3"]),
        ({"code": "I1", "group": "I. Bổ sung", "counted": "Có"}, ["M3"]),
    ],
)
def test_every_fault_is_told_at_its_cell_and_nothing_is_written(
    desk: Desk, cells: dict[str, Any], wrong: list[str]
) -> None:
    preview = read([changed(), changed(**cells)])
    assert faults(preview) == wrong
    with pytest.raises(RuleBroken, match="Chưa nhập gì"):
        CHECKLISTS.apply(preview, by=desk.people["aggregator"])
    assert Checklist.objects.count() == 1


def test_a_file_needs_a_version_and_a_title(desk: Desk) -> None:
    for options in ({"number": "1.0"}, {"number": ""}, {"title": " "}, {"authority": "khong-co"}):
        with pytest.raises(BadInput):
            read([changed()], **options)


def test_only_writers_of_that_authority_import(desk: Desk) -> None:
    preview = read([changed()])
    with pytest.raises(NotAllowed):
        CHECKLISTS.apply(preview, by=desk.people["coordinator"])
    own = read([changed(code="IHD1", group="IHD. Bổ sung")], authority=desk.units["district"].slug)
    CHECKLISTS.apply(own, by=desk.people["coordinator"])
    assert Checklist.objects.get(version="2.0").authority == desk.units["district"]


def test_from_the_page_of_one_version_to_a_new_draft(desk: Desk, as_person: AsPerson) -> None:
    client = as_person(desk.people["aggregator"])
    data = client.get("/checklists/1.0/file.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert sheet.max_row >= 46
    sent = {"file": SimpleUploadedFile("p.xlsx", data), "version": "1.1", "title": "Phiếu"}
    preview = client.post("/checklists/import/", sent)
    assert "Lập dự thảo từ tệp này" in client.get(preview.url).content.decode()
    assert client.post(preview.url).url == "/checklists/versions/"
    assert compare(desk.checklist, Checklist.objects.get(version="1.1")).is_empty
