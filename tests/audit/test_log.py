"""Recording: one entry a row, in the act's transaction or not at all, with the row as the database holds it."""

from __future__ import annotations

import json
import time
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError

from kycuong.audit.log import commitment, record, record_many
from kycuong.audit.merkle import Frontier, leaf_hash
from kycuong.audit.models import AuditBody, AuditEntry, AuditHead
from kycuong.audit.reconcile import differences
from kycuong.audit.verification import verify_log
from kycuong.catalog.models import Checklist, Criterion, CriterionGroup, LegalBasis
from kycuong.catalog.rules import AnswerType, Setting
from kycuong.orgs.models import Person, Unit, UnitVersion

pytestmark = pytest.mark.django_db


def body(entry: AuditEntry) -> dict[str, Any]:
    return json.loads(bytes(AuditBody.objects.get(pk=entry.pk).body or b""))


def test_entry_says_who_did_what_to_which_row_and_no_names(person: Person, unit: Unit) -> None:
    entry = record("unit.rename", unit.versions.get(), by=person, reason="đổi tên")
    meta = json.loads(bytes(AuditEntry.objects.get().meta))
    assert meta.keys() == {"v", "seq", "ts", "actor", "op", "verb", "model", "pk", "c"}
    assert (meta["v"], meta["seq"], meta["op"], meta["verb"]) == (1, 0, "save", "unit.rename")
    assert (meta["model"], meta["pk"], meta["actor"]) == (
        "orgs.UnitVersion",
        str(unit.versions.get().pk),
        str(person.uid),
    )
    assert meta["ts"].endswith("Z")
    assert len(meta["ts"]) == len("2019-04-30T01:02:03.456Z")
    assert "Thử" not in bytes(entry.meta).decode()


def test_row_with_a_uid_is_known_by_it(person: Person) -> None:
    assert record("person.add", person, by=None).key == str(person.uid)


def test_body_holds_the_row_and_the_details(person: Person, unit: Unit) -> None:
    version: UnitVersion = unit.versions.get()
    entry = record("unit.rename", version, by=person, on=date(2019, 1, 1), units=[unit], amount=Decimal("1.50"))
    held = body(entry)
    assert held["details"] == {"amount": "1.50", "on": "2019-01-01", "units": [str(unit.uid)]}
    assert held["row"].keys() == {field.column for field in UnitVersion._meta.concrete_fields}
    quoted = "'Xã Thử ₫ 𝄞'" if connection.vendor == "sqlite" else "Xã Thử ₫ 𝄞"
    assert held["row"]["name"] == quoted


def test_null_is_told_from_the_word(basis: LegalBasis) -> None:
    basis.title = "NULL"
    basis.save()
    row = body(record("basis.edit", basis, by=None))["row"]
    assert row["reviewed_on"] is None
    assert row["title"] in {"'NULL'", "NULL"}


def test_password_is_in_no_image(person: Person) -> None:
    row = body(record("person.add", person, by=None))["row"]
    assert not {"password", "last_login"} & row.keys()
    Person.objects.filter(pk=person.pk).update(password="changed", last_login="2019-01-01T00:00:00Z")
    assert differences(only=["orgs.Person"]) == []


def test_commitment_binds_entry_and_body(basis: LegalBasis) -> None:
    entry = record("basis.add", basis, by=None)
    kept = AuditBody.objects.get(pk=entry.pk)
    assert json.loads(bytes(entry.meta))["c"] == commitment(bytes(kept.salt or b""), bytes(kept.body or b""))
    assert len(bytes(kept.salt or b"")) == 32


def test_head_follows_the_entries(basis: LegalBasis, unit: Unit) -> None:
    record("basis.add", basis, by=None)
    record_many("unit.add", [unit, unit.versions.get()], by=None)
    frontier = Frontier()
    for entry in AuditEntry.objects.all():
        frontier.append(leaf_hash(bytes(entry.meta)))
    head = AuditHead.objects.get()
    assert (head.size, bytes(head.frontier)) == (3, frontier.to_bytes())
    assert list(AuditEntry.objects.values_list("seq", flat=True)) == [0, 1, 2]


def test_many_keep_their_order_over_several_tables(basis: LegalBasis, unit: Unit) -> None:
    version = unit.versions.get()
    entries = record_many("unit.add", [version, basis, unit, version], by=None)
    assert [entry.model for entry in entries] == [
        "orgs.UnitVersion",
        "catalog.LegalBasis",
        "orgs.Unit",
        "orgs.UnitVersion",
    ]
    assert [entry.seq for entry in entries] == [0, 1, 2, 3]


def test_many_of_nothing_records_nothing() -> None:
    assert record_many("unit.add", [], by=None) == []
    assert not AuditEntry.objects.exists()


def test_deletion_keeps_the_last_image(basis: LegalBasis) -> None:
    record("basis.add", basis, by=None)
    entry = record("basis.delete", basis, by=None, op="delete")
    basis.delete()
    assert "01/TEST" in body(entry)["row"]["number"]
    assert differences() == []


def test_row_that_is_not_stored_is_refused(basis: LegalBasis) -> None:
    basis.delete()
    basis.pk = 4711
    with pytest.raises(LookupError, match="is not in the database"), transaction.atomic():
        record("basis.add", basis, by=None)


def test_through_row_of_a_many_to_many_is_recorded(basis: LegalBasis) -> None:
    checklist = Checklist.objects.create(version="9.9", title="Thử")
    group = CriterionGroup.objects.create(checklist=checklist, code="A", title="Nhóm")
    criterion = Criterion.objects.create(
        checklist=checklist, group=group, code="A1", position=1, text="Thử", severity=1, severity_to=1,
        answer_type=AnswerType.values[0], setting=Setting.values[0],
    )  # fmt: skip
    criterion.legal_bases.add(basis)
    record_many("checklist.add", [basis, checklist, group, criterion], by=None)
    assert [(found.model, found.kind) for found in differences()] == [
        ("catalog.Criterion_legal_bases", "missing_in_log")
    ]
    record_many("checklist.add", Criterion.legal_bases.through.objects.all(), by=None)
    assert differences() == []


def test_single_record_takes_at_most_five_queries(basis: LegalBasis, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        record("basis.add", basis, by=None)


def test_thousands_are_recorded_in_batches(django_assert_max_num_queries: Any) -> None:
    units = Unit.objects.bulk_create([Unit(slug=f"don-vi-{number}") for number in range(3000)])
    begun = time.perf_counter()
    with django_assert_max_num_queries(40):
        record_many("unit.add", units, by=None)
    assert time.perf_counter() - begun < 15
    assert differences() == []
    assert list(verify_log()) == []


@pytest.mark.parametrize(
    ("verb", "arguments", "error", "message"),
    [
        ("basis.edit", {"rate": 0.5}, TypeError, r"details\.rate: float has no place"),
        ("basis.edit", {"op": "update"}, ValueError, "not an operation of the log: delete, erase, migrate, read, save"),
        ("edit", {}, ValueError, "write it as noun.verb"),
        ("Basis.Edit", {}, ValueError, "write it as noun.verb"),
    ],
)
def test_wrong_calls_are_refused(
    basis: LegalBasis, verb: str, arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message), transaction.atomic():
        record(verb, basis, by=None, **arguments)
    assert not AuditEntry.objects.exists()


def test_act_that_fails_takes_its_entry_with_it(basis: LegalBasis) -> None:
    LegalBasis.objects.filter(pk=basis.pk).update(replaced_by=basis)

    @transaction.atomic
    def act() -> None:
        record("basis.delete", basis, by=None, op="delete")
        basis.delete()

    with pytest.raises(ProtectedError):
        act()
    assert not AuditEntry.objects.exists()
    assert AuditHead.objects.get().size == 0


def test_log_that_fails_takes_the_act_with_it_even_if_the_error_is_swallowed(basis: LegalBasis) -> None:
    with transaction.atomic():
        LegalBasis.objects.filter(pk=basis.pk).update(title="không được giữ")
        try:
            record("basis.edit", basis, by=None, rate=0.5)
        except TypeError:
            failed = True
    assert failed
    assert LegalBasis.objects.get().title == "Văn bản thử"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_can_be_recorded(basis: LegalBasis) -> None:
    with pytest.raises(transaction.TransactionManagementError, match=r"inside transaction\.atomic"):
        record("basis.add", basis, by=None)


def test_uid_in_details_and_key_are_the_same_text(person: Person) -> None:
    entry = record("person.add", person, by=person, again=UUID(str(person.uid)), whom=person)
    assert body(entry)["details"] == {"again": entry.key, "whom": entry.key}
