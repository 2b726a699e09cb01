"""Every answer of a sync carries the last checkpoint, and the server shows that it grew out of the one that a phone keeps."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kycuong.audit.log import record
from kycuong.audit.merkle import roots_between
from kycuong.audit.models import LogCheckpoint
from kycuong.audit.notes import LogKey, new_log_key
from kycuong.audit.queries import compared, log_keys
from kycuong.audit.receipts import examined, receipt_of
from kycuong.audit.signer import take_checkpoint
from kycuong.audit.walls import lower_walls
from kycuong.core.problems import RuleBroken
from kycuong.orgs.models import Unit
from kycuong.site.prepare import check_settings
from tests.audit.ledger import rewrite, undone
from tests.desk import Desk
from tests.field.phone import API, Phone


def grow(name: str) -> LogCheckpoint:
    record("unit.add", Unit.objects.create(slug=name), by=None)
    made = take_checkpoint()
    assert made
    return made


def test_a_phone_is_told_the_last_checkpoint_and_how_it_grew(desk: Desk) -> None:
    head = Phone(desk.people["team_head"])
    assert head.get("start").json()["checkpoint"] is None
    old = grow("u-1")
    for number in range(5):
        record("unit.add", Unit.objects.create(slug=f"v-{number}"), by=None)
    new = grow("u-2")
    offered = {"key": log_keys()[0].vkey, "note": new.note}
    head.say(desk.visit(), "t/strengths", "Trực đầy đủ")
    for answer in (head.get("start"), head.get(f"pull?device={head.uid}"), head.send()):
        assert answer.json()["checkpoint"] == offered
    path = [b64decode(one) for one in head.get(f"witness/{old.size}/{new.size}").json()["path"]]
    roots = (bytes.fromhex(old.root), bytes.fromhex(new.root))
    assert roots_between(old.size, new.size, roots[0], path) == roots
    beyond = ((old.size, 10**17), (1, 99999999999999999999), (10**30, 10**31))
    for old_size, new_size in ((new.size, old.size), (0, new.size), (old.size, new.size + 1), *beyond):
        assert head.get(f"witness/{old_size}/{new_size}").json() == {"path": []}
    with undone():
        rewrite(lambda log: [{**log[0], "ts": "2019-01-01T00:00:00.000Z"}, *log[1:]])
        assert head.get(f"witness/{old.size}/{new.size}").json() == {"path": []}, "it cannot be shown any more"


def test_nobody_who_is_not_signed_in_is_told() -> None:
    assert Client().get(f"{API}witness/1/2").status_code == 401


def test_a_backup_from_between_an_act_and_its_checkpoint_is_the_same_log(desk: Desk) -> None:
    """Its entries are all there; only the row of the checkpoint that a phone keeps is not."""
    head, old = Phone(desk.people["team_head"]), grow("u-1")
    assert (compared(old.note).outcome, examined(receipt(old)).outcome) == ("same", "same")
    text = receipt(old)
    lower_walls(connection)
    LogCheckpoint.objects.all().delete()
    assert (compared(old.note).outcome, examined(text).outcome) == ("same", "same")
    new = grow("u-2")
    path = [b64decode(one) for one in head.get(f"witness/{old.size}/{new.size}").json()["path"]]
    roots = (bytes.fromhex(old.root), bytes.fromhex(new.root))
    assert roots_between(old.size, new.size, roots[0], path) == roots


def test_after_a_change_of_keys_a_note_goes_out_with_its_own(desk: Desk, settings: Any) -> None:
    settings.CHECKPOINT_KEY = before = new_log_key("thu.example")
    head, made = Phone(desk.people["team_head"]), grow("u-1")
    settings.CHECKPOINT_KEY = f"{new_log_key('thu.example')} {LogKey.read(before).vkey}"
    assert head.get("start").json()["checkpoint"] == {"key": LogKey.read(before).vkey, "note": made.note}
    newer = grow("u-2")
    assert head.get("start").json()["checkpoint"] == {"key": log_keys()[0].vkey, "note": newer.note}


def receipt(made: LogCheckpoint) -> str:
    found = receipt_of(Unit.objects.get(slug="u-1"), "unit.add")
    assert found
    assert found.checkpoint == made
    return found.text


@pytest.mark.parametrize("key", ["", "thu.example+00000000+AAAA"])
def test_a_key_that_cannot_be_read_stops_the_start_and_no_phone(key: str, desk: Desk, settings: Any) -> None:
    head = Phone(desk.people["team_head"])
    grow("u-1")
    check_settings()
    settings.CHECKPOINT_KEY = key
    with pytest.raises(RuleBroken, match="KYCUONG_CHECKPOINT_KEY"):
        check_settings()
    head.say(desk.visit(), "t/strengths", "Trực đầy đủ")
    for answer in (head.get("start"), head.get(f"pull?device={head.uid}"), head.send()):
        assert answer.status_code == 200
        assert "checkpoint" not in answer.json()
