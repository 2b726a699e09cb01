"""A signed paper carries the checkpoint that first covers its signature: each copy is a witness, and copies stay the same."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from uuid import UUID

import docx
import pytest
import segno
from django.test import Client
from pypdf import PdfReader

from kycuong.audit.log import record
from kycuong.audit.models import LogCheckpoint
from kycuong.audit.notes import LogKey, new_log_key
from kycuong.audit.signer import take_checkpoint
from kycuong.letterheads.documents import built, written
from kycuong.orgs.models import Unit
from kycuong.rounds.documents.kept import signed_document
from kycuong.rounds.models import SignedReport
from kycuong.rounds.queries import number_of, signed_read
from tests.desk import Desk
from tests.sides import conclusions, reporting

SAID = "Mốc kiểm chứng của nhật ký"


@pytest.fixture
def signed(desk: Desk, settings: Any) -> dict[str, UUID]:
    settings.CHECKPOINT_KEY = new_log_key("sonoivu.langson.gov.vn")
    made = conclusions(desk, "team_head", "department", "commune", ["shared", "concluded"])
    visit = desk.signed()
    return {"conclusion": UUID(made["concluded"]), "asked": UUID(made["shared"]), "minutes": visit.uid}


def words(data: bytes, form: str) -> str:
    if form == "pdf":
        return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())
    file = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return " ".join([*(one.text for one in file.paragraphs), *cells])


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_copies_carry_the_first_checkpoint_after_the_signature(
    form: str, signed: dict[str, UUID], desk: Desk, as_person: Callable[[Any], Client]
) -> None:
    by = desk.people["aggregator"]
    assert SAID not in words(written("minutes", signed["minutes"], form, by=by).data, form), "none before there is one"
    first = take_checkpoint()
    assert first
    for paper in ("minutes", "conclusion"):
        copy = written(paper, signed[paper], form, by=by).data
        assert f"{SAID}: {first.size} mục" in words(copy, form)
        record("unit.add", Unit.objects.create(slug=f"u-{paper}"), by=None)
        later = take_checkpoint()
        assert later
        assert written(paper, signed[paper], form, by=by).data == copy, "the same for ever"
    witness = built("minutes", signed["minutes"], by=by).witness
    assert witness
    answer = as_person(desk.people["unit_head"]).post("/checkpoints/", {"note": witness.code})
    assert "Khớp: " in answer.content.decode(), "what a camera read is understood"


def test_what_is_not_signed_carries_none(signed: dict[str, UUID], desk: Desk) -> None:
    assert take_checkpoint()
    assert built("conclusion", signed["asked"], by=desk.people["aggregator"]).witness is None


def test_a_signed_report_carries_it_too(signed: dict[str, UUID], desk: Desk) -> None:
    told = reporting(desk, "aggregator", "district", "commune", desk.people["unit_head"])
    found = SignedReport.objects.get(uid=told["signed_report"])
    made = take_checkpoint()
    assert made
    document = signed_document(signed_read(found, desk.people["aggregator"]), found, number_of(found))
    assert document.witness
    assert document.witness.size == made.size


def test_a_camera_reads_it_in_a_code_of_at_most_version_10(signed: dict[str, UUID], settings: Any) -> None:
    assert take_checkpoint()
    row = LogCheckpoint.objects.get()
    assert LogKey.read(settings.CHECKPOINT_KEY).open(row.note.strip()).size == row.size
    assert segno.make(row.note.strip(), error="m", encoding="utf-8").version <= 10
