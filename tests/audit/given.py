"""A reply of a unit with its receipt, and all who say whether it holds: page, API, the stand-alone verifier."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from django.test import Client

from kycuong.audit.receipts import receipt_of
from kycuong.audit.signer import take_checkpoint
from kycuong.inspections.models import FindingReply
from tests.desk import Desk
from tests.sides import objected

from .ledger import verifier, written


class Given(NamedTuple):
    """A reply of a unit with its receipt."""

    reply: FindingReply
    text: str
    scanned: str


@pytest.fixture
def reply(desk: Desk) -> FindingReply:
    uids = objected(desk, "team_head", "department", "commune", desk.people["unit_head"])
    return FindingReply.objects.get(finding__uid=uids["objected"])


@pytest.fixture
def given(reply: FindingReply) -> Given:
    assert take_checkpoint(due=True), "an answer does not wait for the hour"
    found = receipt_of(reply, "finding.reply")
    assert found
    return Given(reply, found.text, found.scanned)


def outcomes(given: Given, client: Client) -> set[str]:
    """What page and API say, of the file and of what was scanned."""
    said = set()
    for text in (given.text, given.scanned):
        answer = client.post("/api/v1/receipts/check", {"text": text}, content_type="application/json").json()
        page = client.post("/receipts/", {"text": text.replace("\n", "\r\n")}).content.decode()
        assert ("Khớp: " in page) == (answer["outcome"] == "same")
        assert ("Không khớp" in page) == (answer["outcome"] != "same")
        said.add(answer["outcome"])
    return said


def verdict(given: Given, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the stand-alone program says of both beside an exported log."""
    paths = []
    for name, text in (("file.txt", given.text), ("scanned.txt", given.scanned)):
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(str(folder / name))
    status = verifier().main([str(written(folder / "out")), *paths])
    said = capsys.readouterr().out.strip()
    assert status == (0 if said.startswith("sound") else 1)
    return said
