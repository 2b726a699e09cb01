"""The evidence of a year as one archive: what was counted, every document that the person may see, and the digest of each."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kycuong.core.moment import one_moment
from kycuong.core.problems import RuleBroken
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from kycuong.rounds import actions
from tests.desk import YESTERDAY, Desk
from tests.followup.issued import drafted, issue

from .asked import opened

ASKED = {"scope": "", "year": str(YESTERDAY.year)}


def opened_zip(data: bytes) -> tuple[dict[str, bytes], dict[str, list[tuple[Any, ...]]]]:
    """Its files, and the sheets of its table of contents."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    book = openpyxl.load_workbook(io.BytesIO(files["00-muc-luc.xlsx"]))
    return files, {sheet.title: list(sheet.values) for sheet in book}


def no_own_file(*_args: Any) -> None:
    raise RuleBroken("Mẫu riêng không nhận văn bản này.", en="The office's own file does not take this paper.")


def test_the_archive_holds_numbers_visits_documents_and_their_digests(
    desk: Desk, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    conclusion = drafted(desk)
    issue(desk, conclusion, on=YESTERDAY)
    signed = actions.sign_round(opened(desk), by=desk.people["leader"])
    asked = {**ASKED, "scope": desk.units["province"].slug}
    client.force_login(desk.people["auditor"])
    link = f"/figures/par/evidence.zip?scope={asked['scope']}&amp;year={asked['year']}"
    assert link in client.get("/figures/par/", asked).content.decode()
    answer = client.get("/figures/par/evidence.zip", asked)
    assert answer.streaming
    files, sheets = opened_zip(answer.getvalue())
    sums = dict(reversed(line.split("  ")) for line in files.pop("SHA256SUMS").decode().splitlines())  # type: ignore[misc]
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    listed = {line[4]: line[5] for line in sheets["Tài liệu"] if line[5] in sums.values()}
    assert listed == {name: digest for name, digest in sums.items() if not name.startswith("00-")}
    assert {name.split("/")[0] for name in listed} == {"2-ket-luan", "4-bao-cao-da-ky"}
    assert str(conclusion.visit.uid) in {cell for line in sheets["Lượt được tính"] for cell in line}
    scored = {line[0]: line[1:3] for line in sheets["Chấm điểm"]}
    assert scored["Tỷ lệ cơ quan, đơn vị được kiểm tra trong năm"] == (1, 7)
    inspected = [line for line in sheets["Tỷ lệ đơn vị được kiểm tra"] if desk.units["commune"].slug in line]
    assert len(inspected) == 1
    monkeypatch.setattr("kycuong.letterheads.documents.as_own_file", no_own_file)
    told = b"".join(client.get("/api/v1/figures/par/evidence", asked).streaming_content)  # type: ignore[attr-defined]
    monkeypatch.undo()
    assert opened_zip(told)[1].keys() == sheets.keys()
    conclusions = [name for name in opened_zip(told)[0] if name.startswith("2-ket-luan")]
    assert [name.endswith("_the-thuc-chuan.docx") for name in conclusions] == [True]
    place = tmp_path / "goi.zip"
    call_command(
        "rounds", "evidence", "--scope", asked["scope"], "--year", asked["year"], "--by", "auditor", "-o", place
    )
    assert opened_zip(place.read_bytes())[0].keys() == {*files, "SHA256SUMS"}
    assert str(signed.authority) in {line[1] for line in sheets["Tài liệu"]}
    client.force_login(desk.people["coordinator"])
    assert client.get("/figures/par/evidence.zip", asked).status_code == 403
    assert client.get("/figures/par/evidence.zip", {**asked, "scope": "khong-co"}).status_code == 422


def test_words_that_a_reader_may_not_open_are_blank_there_too(desk: Desk, client: Client) -> None:
    issue(desk, drafted(desk), on=YESTERDAY)
    with at_the_machine():
        grant_role(desk.people["nobody"], by=None, role="team_member", unit=desk.units["district"])
    asked = {**ASKED, "scope": desk.units["district"].slug}
    said = []
    for who in ("aggregator", "nobody"):
        client.force_login(desk.people[who])
        sheets = opened_zip(client.get("/figures/par/evidence.zip", asked).getvalue())[1]
        said.append("Ba người đến muộn" in str(sheets["Tỷ lệ kiến nghị đã xử lý"]))
    assert said == [True, False]


@pytest.mark.django_db(transaction=True)
def test_counting_keeps_no_writer_waiting() -> None:
    """On SQLite a transaction takes the writers' turn at once, unless it says that it only reads."""
    with CaptureQueriesContext(connection) as said, one_moment():
        Person.objects.count()
    assert "BEGIN IMMEDIATE" not in str(said.captured_queries)
    with CaptureQueriesContext(connection) as said, transaction.atomic():
        Person.objects.count()
    assert connection.vendor != "sqlite" or "BEGIN IMMEDIATE" in str(said.captured_queries), "as it was before"
