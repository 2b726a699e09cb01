"""The page and the API of checkpoints: one that somebody kept agrees, or the sentence says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from kycuong.audit.log import record_many
from kycuong.audit.models import LogCheckpoint
from kycuong.audit.notes import Checkpoint, LogKey, new_log_key
from kycuong.checkpoints.tasks import take_due_checkpoint
from kycuong.notices.rules import StepFailed
from kycuong.orgs.models import Unit
from tests.desk import Desk

from .ledger import rewrite


@pytest.fixture
def signed(desk: Desk) -> LogCheckpoint:
    assert take_due_checkpoint(date(2026, 1, 1)).startswith("Đã ký")
    return LogCheckpoint.objects.get()


def outcome(client: Client, note: str) -> Any:
    answer = client.post("/api/v1/checkpoints/comparison", {"note": note}, content_type="application/json")
    return answer.json().get("outcome", answer.status_code)


def test_anybody_compares_a_checkpoint(desk: Desk, signed: LogCheckpoint, as_person: Callable[[Any], Client]) -> None:
    client = as_person(desk.people["unit_head"])
    assert "Khớp: " in client.post("/checkpoints/", {"note": signed.note}).content.decode()
    assert outcome(client, signed.note) == "same"
    assert "Các mốc gần nhất" not in client.get("/checkpoints/").content.decode()
    rewrite(lambda log: [{**log[0], "ts": "2019-01-01T00:00:00.000Z"}, *log[1:]])
    assert "bị viết lại" in client.post("/checkpoints/", {"note": signed.note}).content.decode()
    assert outcome(client, signed.note) == "other"
    cut = transaction.savepoint()
    rewrite(lambda log: log[:5])
    assert "có ít hơn" in client.post("/checkpoints/", {"note": signed.note}).content.decode()
    assert outcome(client, signed.note) == "lost"
    transaction.savepoint_rollback(cut)


def test_what_this_log_did_not_sign_is_refused_in_words(
    desk: Desk, signed: LogCheckpoint, as_person: Callable[[Any], Client]
) -> None:
    client = as_person(desk.people["unit_head"])
    other = LogKey.read(new_log_key("khac.example"))
    strange = other.sign(Checkpoint("khac.example", signed.size, bytes.fromhex(signed.root)))
    for note in ("", "chữ", strange, signed.note[:-9], "x" * 1001):
        answer = client.post("/checkpoints/", {"note": note})
        assert answer.status_code == 422
        assert outcome(client, note) == 422
    assert "Hãy dán lại đủ các dòng" in client.post("/checkpoints/", {"note": strange}).content.decode()
    assert strange.split("\n")[0] in client.post("/checkpoints/", {"note": strange}).content.decode(), (
        "kept in the form"
    )


def test_an_auditor_takes_the_latest_away(
    desk: Desk, signed: LogCheckpoint, as_person: Callable[[Any], Client]
) -> None:
    client = as_person(desk.people["auditor"])
    assert f"/checkpoints/{signed.size}.txt" in client.get("/checkpoints/").content.decode()
    assert client.get(f"/checkpoints/{signed.size}.txt").content.decode() == signed.note
    listed = client.get("/api/v1/checkpoints").json()
    assert [one["note"] for one in listed["items"]] == [signed.note]
    assert client.get("/api/v1/checkpoints", {"below": signed.size}).json()["items"] == []


def test_a_run_tells_that_a_rewritten_log_is_not_signed(signed: LogCheckpoint) -> None:
    record_many("unit.add", Unit.objects.bulk_create([Unit(slug="u-9")]), by=None)
    rewrite(lambda log: log[:5])
    with pytest.raises(StepFailed, match="không nối tiếp"):
        take_due_checkpoint(date(2026, 1, 1))
