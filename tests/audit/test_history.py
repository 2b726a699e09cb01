"""The history of a record: when, who, which act, and what changed."""

from __future__ import annotations

from typing import Any

import pytest

from kycuong.audit.history import entries_for
from kycuong.audit.log import record
from kycuong.audit.models import AuditBody
from kycuong.catalog.models import LegalBasis
from kycuong.core.clock import now
from kycuong.orgs.models import Person

pytestmark = pytest.mark.django_db


def edited(basis: LegalBasis, by: Person, **changes: Any) -> None:
    LegalBasis.objects.filter(pk=basis.pk).update(**changes)
    record("basis.edit", basis, by=by, note="sửa")


def test_acts_come_newest_first_with_the_fields_that_changed(basis: LegalBasis, person: Person) -> None:
    begun = now()
    record("basis.add", basis, by=None)
    edited(basis, person, title="Tên khác", issued_on=None)
    last, first = entries_for(basis)
    assert (last.verb, last.who, last.changed, last.details) == (
        "basis.edit",
        person,
        ("title", "issued_on"),
        {"note": "sửa"},
    )
    assert (first.verb, first.who, first.changed) == ("basis.add", None, ())
    assert abs((last.when - begun).total_seconds()) < 60


def test_history_is_of_one_row_only(basis: LegalBasis, person: Person) -> None:
    record("basis.add", basis, by=person)
    record("person.add", person, by=None)
    assert [act.verb for act in entries_for(basis)] == ["basis.add"]


def test_foreign_key_is_named_by_its_field(basis: LegalBasis, person: Person) -> None:
    record("basis.add", basis, by=person)
    edited(basis, person, replaced_by=basis.pk)
    assert entries_for(basis)[0].changed == ("replaced_by",)


def test_erased_body_leaves_time_person_and_act(basis: LegalBasis, person: Person) -> None:
    record("basis.add", basis, by=person)
    edited(basis, person, title="Tên khác")
    AuditBody.objects.filter(pk=1).update(salt=None, body=None)
    last = entries_for(basis)[0]
    assert (last.verb, last.who, last.changed, last.details) == ("basis.edit", person, (), {})


def test_history_takes_two_queries(basis: LegalBasis, person: Person, django_assert_num_queries: Any) -> None:
    for number in range(3):
        edited(basis, person, title=str(number))
    with django_assert_num_queries(2):
        entries_for(basis)
