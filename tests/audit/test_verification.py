"""The log is checked by itself: numbers, bodies, tree. The walls are lowered first, as an insider would."""

from __future__ import annotations

import json

import pytest
from django.db import connection

from kycuong.audit.canonical import dumps
from kycuong.audit.log import record, record_many
from kycuong.audit.models import AuditBody, AuditEntry, AuditHead
from kycuong.audit.verification import Fault, verify_log
from kycuong.audit.walls import lower_walls, raise_walls
from kycuong.catalog.models import LegalBasis
from kycuong.orgs.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(basis: LegalBasis) -> None:
    """Seven entries, then no walls."""
    record_many("unit.add", Unit.objects.bulk_create([Unit(slug=f"u-{number}") for number in range(6)]), by=None)
    record("basis.add", basis, by=None)
    assert faults() == []
    lower_walls(connection)


def faults() -> list[Fault]:
    """Without those about the walls themselves."""
    return [fault for fault in verify_log() if "wall" not in fault.en]


def rewritten(entry: AuditEntry, **changes: object) -> bytes:
    return dumps({**json.loads(bytes(entry.meta)), **changes})


def test_empty_log_is_sound() -> None:
    assert list(verify_log()) == []


def test_every_byte_of_an_entry_counts(log: None) -> None:
    meta = bytes(AuditEntry.objects.get(pk=3).meta)
    for place in range(len(meta)):
        changed = bytearray(meta)
        changed[place] ^= 1 << place % 8
        AuditEntry.objects.filter(pk=3).update(meta=bytes(changed))
        assert faults(), place
    AuditEntry.objects.filter(pk=3).update(meta=meta)
    assert faults() == []


def test_rewritten_entry_shows_in_the_root(log: None) -> None:
    entry = AuditEntry.objects.get(pk=3)
    AuditEntry.objects.filter(pk=3).update(meta=rewritten(entry, ts="2019-01-01T00:00:00.000Z"))
    assert [fault.en for fault in faults()] == ["the root of its tree is not the one in its head"]


def test_entry_of_another_row_is_found(log: None) -> None:
    AuditEntry.objects.filter(pk=3).update(key="1")
    assert [(fault.seq, fault.en) for fault in faults()] == [(3, "its number or its row was changed")]


@pytest.mark.parametrize("seq", range(7))
def test_missing_entry_is_found(log: None, seq: int) -> None:
    AuditBody.objects.filter(pk=seq).delete()
    AuditEntry.objects.filter(pk=seq).delete()
    found = faults()
    assert any("7 entries, there are 6" in fault.en for fault in found)
    assert seq == 6 or any(fault.seq == seq + 1 and f"from {seq} on" in fault.en for fault in found)


def test_cut_tail_with_a_new_head_size_is_found(log: None) -> None:
    AuditBody.objects.filter(pk__gte=5).delete()
    AuditEntry.objects.filter(pk__gte=5).delete()
    AuditHead.objects.update(size=5)
    assert [fault.en for fault in faults()] == ["the root of its tree is not the one in its head"]


def test_changed_body_is_found(log: None) -> None:
    body = bytes(AuditBody.objects.get(pk=6).body or b"")
    AuditBody.objects.filter(pk=6).update(body=body.replace(b"01/TEST", b"02/TEST"))
    assert [(fault.seq, fault.en) for fault in faults()] == [(6, "its body is not the one it is bound to")]


def test_missing_body_is_found(log: None) -> None:
    AuditBody.objects.filter(pk=6).delete()
    assert [(fault.seq, fault.en) for fault in faults()] == [(6, "its body is missing")]


def test_erased_body_needs_a_later_entry_that_says_so(log: None, basis: LegalBasis) -> None:
    AuditBody.objects.filter(pk=6).update(salt=None, body=None)
    assert [fault.en for fault in faults()] == ["its body was erased and no later entry says so"]
    record("basis.erase", basis, by=None, op="erase", reason="hết thời hạn lưu")
    raise_walls(connection)
    assert list(verify_log()) == []


@pytest.mark.parametrize("meta", [b"", b"{", b"[]", b"null", b'{"v": 1}', b"\xff"])
def test_entry_that_cannot_be_read_is_a_fault_not_a_crash(log: None, meta: bytes) -> None:
    AuditEntry.objects.filter(pk=3).update(meta=meta)
    assert (3, "its data are not in the form of the log") in [(fault.seq, fault.en) for fault in faults()]


def test_other_spelling_of_the_same_entry_is_found(log: None) -> None:
    meta = bytes(AuditEntry.objects.get(pk=3).meta)
    AuditEntry.objects.filter(pk=3).update(meta=meta.replace(b'","', b'", "', 1))
    assert (3, "its data are not in the form of the log") in [(fault.seq, fault.en) for fault in faults()]


def test_changed_head_is_found(log: None) -> None:
    AuditHead.objects.update(size=8)
    assert [fault.en for fault in faults()] == ["its head tells of 8 entries, there are 7"]
    AuditHead.objects.all().delete()
    assert [fault.en for fault in faults()] == ["its head tells of 0 entries, there are 7"]


def test_fault_is_one_line_in_two_languages(log: None) -> None:
    AuditBody.objects.filter(pk=6).delete()
    assert str(faults()[0]) == "mục / entry 6: thiếu nội dung / its body is missing"
