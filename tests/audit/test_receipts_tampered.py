"""What was tampered with beside or in the log, told by whoever checks a receipt."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kycuong.audit.log import record
from kycuong.audit.models import AuditBody, AuditEntry, LogCheckpoint
from kycuong.audit.receipts import examined, first_checkpoint
from kycuong.audit.walls import lower_walls
from tests.desk import Desk

from .given import Given, outcomes, verdict
from .ledger import rewrite, undone

As = Callable[[Any], Client]


@pytest.mark.parametrize(
    ("statement", "outcome", "told"),
    [
        ("DELETE FROM inspections_findingreply WHERE id = %s", "gone", "in the log, not in its table"),
        ("UPDATE inspections_findingreply SET text = 'Nhất trí' WHERE id = %s", "changed", "not as its last entry"),
    ],
)
def test_a_reply_that_vanishes_or_changes_beside_the_log_is_told(
    statement: str, outcome: str, told: str, given: Given, desk: Desk, as_person: As, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, [given.reply.pk])
    assert outcomes(given, as_person(desk.people["unit_head"])) == {outcome}
    assert told in verdict(given, tmp_path, capsys)


def test_a_rewritten_or_cut_log_is_told(
    given: Given, desk: Desk, as_person: As, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The reply taken out of the log, too, and all made sound again; then everything after it cut."""
    client, number = as_person(desk.people["unit_head"]), examined(given.text).number
    with undone():
        rewrite(lambda log: [entry for entry in log if entry["verb"] != "finding.reply"])
        assert outcomes(given, client) == {"lost"}
        said = verdict(given, tmp_path, capsys)
        assert f"rewritten: leaf {number}" in said or "cut" in said
        rewrite(lambda log: log + log[:5])
        assert outcomes(given, client) == {"other"}
        assert client.get(f"/receipts/reply/{given.reply.uid}/").status_code == 404, "the log knows no such reply"


def test_an_exchanged_body_is_told(given: Given, desk: Desk, as_person: As) -> None:
    client, body = as_person(desk.people["unit_head"]), AuditBody.objects.filter(pk=examined(given.text).number)
    with undone():
        lower_walls(connection)
        body.update(salt=None, body=None)
        assert outcomes(given, client) == {"unbound"}
        body.update(salt=bytes(32), body=b"{}")
        assert outcomes(given, client) == {"unbound"}


def test_a_log_that_no_longer_leads_to_its_checkpoint_gives_no_receipt(given: Given, desk: Desk, as_person: As) -> None:
    """The reply is still there, but what stands before it was rewritten."""
    rewrite(lambda log: [{**log[0], "ts": "2019-01-01T00:00:00.000Z"}, *log[1:]])
    answer = as_person(desk.people["unit_head"]).get(f"/receipts/reply/{given.reply.uid}/")
    assert answer.status_code == 422
    assert "không lập được biên nhận" in answer.content.decode()


def test_a_made_up_code_is_told_apart_from_a_rewritten_log(
    given: Given, desk: Desk, as_person: As, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its checkpoint is genuine and agrees: then the code is false, not the log."""
    client, number = as_person(desk.people["unit_head"]), examined(given.text).number
    leaf = given.scanned.split("\n")[1]
    false = given.scanned.replace(leaf, f"leaf {b64encode(bytes(32)).decode()}")
    assert client.post("/receipts/", {"text": false}).status_code == 422
    said = verdict(given._replace(scanned=false), tmp_path, capsys)
    assert said == f"false: {tmp_path / 'scanned.txt'}: this log never gave it, entry {number} is another"
    with undone():
        rewrite(lambda log: [{**log[0], "ts": "2019-01-01T00:00:00.000Z"}, *log[1:]])
        assert outcomes(given._replace(text=false), client) == {"other"}
        said = verdict(given, tmp_path, capsys)
        assert f"rewritten: leaf {number} " not in said, "the entry itself is as it was"
        rewrite(lambda log: [*log[:number], {**log[number], "ts": "2019-01-01T00:00:00.000Z"}, *log[number + 1 :]])
        assert f"rewritten: leaf {number} " in verdict(given, tmp_path, capsys)


@pytest.mark.parametrize("column", ["model", "key"])
def test_the_columns_of_an_entry_are_believed_as_far_as_its_text_says_them(
    column: str, given: Given, desk: Desk, as_person: As
) -> None:
    """Pointed at another row, the entry would be compared with that one."""
    client, number = as_person(desk.people["unit_head"]), examined(given.text).number
    with undone():
        lower_walls(connection)
        AuditEntry.objects.filter(seq=number).update(**{column: "orgs.Nothing"})
        assert outcomes(given, client) == {"other"}
        assert client.get(f"/receipts/reply/{given.reply.uid}/").status_code == 404


def test_an_erasure_of_another_row_excuses_nothing(given: Given, desk: Desk, as_person: As) -> None:
    person, number = desk.people["nobody"], examined(given.text).number
    record("person.erase", person, by=None, op="erase")
    entry = AuditEntry.objects.get(seq=number)
    with undone():
        lower_walls(connection)
        AuditEntry.objects.filter(model="orgs.Person", seq__gt=number).update(model=entry.model, key=entry.key)
        AuditBody.objects.filter(pk=number).update(salt=None, body=None)
        assert outcomes(given, as_person(desk.people["unit_head"])) == {"unbound"}


def test_a_kept_checkpoint_is_believed_as_far_as_it_is_signed(given: Given, desk: Desk, as_person: As) -> None:
    client = as_person(desk.people["unit_head"])
    assert first_checkpoint(given.reply, "finding.reply")
    for change in ({"note": "chữ"}, {"root": bytes(32).hex()}):
        with undone():
            lower_walls(connection)
            LogCheckpoint.objects.update(**change)
            assert first_checkpoint(given.reply, "finding.reply") is None, "no mark on a paper"
            answer = client.get(f"/receipts/reply/{given.reply.uid}.txt")
            assert answer.status_code == 422
            assert "không lập được biên nhận" in answer.content.decode()


def test_a_key_that_broke_while_the_server_runs_is_told_in_words(
    given: Given, desk: Desk, as_person: As, settings: Any
) -> None:
    settings.CHECKPOINT_KEY = "hỏng"
    client, name = as_person(desk.people["unit_head"]), f"receipts/reply/{given.reply.uid}"
    answers = [client.get(address) for address in (f"/{name}/", f"/{name}.txt", f"/{name}.svg", f"/api/v1/{name}")]
    answers += [
        client.post("/receipts/", {"text": given.text}),
        client.post("/api/v1/receipts/check", {"text": given.text}, content_type="application/json"),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert "bị hỏng" in answer.content.decode()
