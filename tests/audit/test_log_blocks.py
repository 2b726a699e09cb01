"""Roots of whole blocks of the log: they shorten the way of a proof, and are believed for nothing."""

from __future__ import annotations

import pytest
from django.db import connection

from kycuong.audit import proofs, queries
from kycuong.audit.log import record, record_many
from kycuong.audit.models import AuditBody, AuditEntry, LogBlock, LogCheckpoint
from kycuong.audit.receipts import examined, receipt_of
from kycuong.audit.signer import take_checkpoint
from kycuong.audit.walls import lower_walls
from kycuong.core.problems import RuleBroken
from kycuong.orgs.models import Unit

from .ledger import rewrite, undone


def test_roots_of_blocks_shorten_the_way_and_are_not_believed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "BLOCK", 4)
    units = Unit.objects.bulk_create([Unit(slug=f"u-{number}") for number in range(23)])
    record_many("unit.add", units, by=None)
    assert take_checkpoint()
    assert LogBlock.objects.count() == 5
    read: list[tuple[int, int]] = []
    honest = proofs.from_entries

    def counted(first: int, last: int) -> bytes:
        read.append((first, last))
        return honest(first, last)

    monkeypatch.setattr(proofs, "from_entries", counted)
    first = receipt_of(units[9], "unit.add")
    assert first
    assert sum(last - start for start, last in read) <= 8
    read.clear()
    assert examined(first.text).number == 9
    assert sum(last - start for start, last in read) <= 8, "whoever checks makes nobody read the whole log"
    LogBlock.objects.update(root=bytes(32).hex())
    again = receipt_of(units[9], "unit.add")
    assert again
    assert again.text == first.text, "made from the entries instead"


def grown(units: list[Unit]) -> LogCheckpoint:
    record_many("unit.add", Unit.objects.bulk_create(units), by=None)
    made = take_checkpoint()
    assert made
    return made


def test_damaged_roots_of_blocks_hinder_no_checkpoint_and_are_mended(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "BLOCK", 4)
    grown([Unit(slug=f"u-{number}") for number in range(23)])
    right = dict(LogBlock.objects.values_list("number", "root"))
    LogBlock.objects.filter(number=2).delete()
    LogBlock.objects.filter(number=1).update(root="zz")
    LogBlock.objects.create(number=40, root="zz")
    assert grown([Unit(slug="v-1")]).size == 24
    mended = dict(LogBlock.objects.filter(number__lt=6).values_list("number", "root"))
    assert mended == {**right, 5: proofs.from_entries(20, 24).hex()}
    with undone():
        lower_walls(connection)
        AuditBody.objects.filter(pk=1).delete()
        AuditEntry.objects.filter(pk=1).delete()
        LogBlock.objects.filter(number=0).delete()
        record("unit.add", Unit.objects.create(slug="v-2"), by=None)
        with pytest.raises(RuleBroken):
            take_checkpoint()


def test_a_long_log_is_compared_by_blocks_and_without_the_kept_row(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "BLOCK", 4)
    monkeypatch.setattr(queries, "COMPARED_HERE", 10)
    made = grown([Unit(slug=f"u-{number}") for number in range(23)])
    lower_walls(connection)
    LogCheckpoint.objects.all().delete()
    assert queries.compared(made.note).outcome == "same"
    LogBlock.objects.update(root=bytes(32).hex())
    assert queries.compared(made.note).outcome == "same", "by the entries"
    rewrite(lambda log: [{**log[0], "ts": "2019-01-01T00:00:00.000Z"}, *log[1:]])
    assert queries.compared(made.note).outcome == "other"


def test_blocks_are_kept_some_at_a_time_and_outside_the_lock(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "BLOCK", 4)
    monkeypatch.setattr(proofs, "AT_ONCE", 2)
    depth, seen, honest = len(connection.savepoint_ids), list[int](), proofs.from_entries

    def watched(first: int, last: int) -> bytes:
        seen.append(len(connection.savepoint_ids))
        return honest(first, last)

    monkeypatch.setattr(proofs, "from_entries", watched)
    grown([Unit(slug=f"u-{number}") for number in range(23)])
    assert LogBlock.objects.count() == 2
    assert take_checkpoint() is None, "nothing new to sign"
    assert LogBlock.objects.count() == 4, "and still it goes on"
    assert set(seen) == {depth}
