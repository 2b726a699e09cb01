"""After an upgrade: rows with new columns are logged again; what was changed behind the product's back is not covered up."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kycuong.audit import protected
from kycuong.audit.log import record
from kycuong.audit.migrating import columns_now, log_migrated_rows, models_behind
from kycuong.audit.models import AuditBody, AuditEntry
from kycuong.audit.reconcile import differences
from kycuong.audit.verification import verify_log
from kycuong.catalog.models import LegalBasis


@pytest.fixture
def before_the_column(basis: LegalBasis, monkeypatch: pytest.MonkeyPatch) -> LegalBasis:
    """A row that was logged when its table had no `reviewed_on` yet."""
    with monkeypatch.context() as earlier:
        earlier.setitem(protected.PROTECTED, "catalog.LegalBasis", frozenset({"reviewed_on"}))
        record("basis.add", basis, by=None)
    assert [found.columns for found in differences()] == [("reviewed_on",)]
    return basis


def test_a_row_with_a_new_column_is_logged_once(before_the_column: LegalBasis) -> None:
    assert log_migrated_rows() == 1
    assert differences() == []
    assert list(verify_log()) == []
    assert b'"op":"migrate"' in bytes(AuditEntry.objects.latest("seq").meta)
    assert log_migrated_rows() == 0


def test_only_tables_whose_columns_came_or_went_are_read(before_the_column: LegalBasis) -> None:
    assert models_behind(columns_now()) == [LegalBasis]
    assert log_migrated_rows(models=models_behind(columns_now())) == 1
    behind = models_behind(columns_now())
    assert behind == []
    with CaptureQueriesContext(connection) as asked:
        assert log_migrated_rows(models=behind) == 0
    assert not [one["sql"] for one in asked if LegalBasis._meta.db_table in one["sql"]]


def test_a_table_whose_newest_entry_was_erased_is_read(before_the_column: LegalBasis) -> None:
    log_migrated_rows()
    AuditBody.objects.update(salt=None, body=None)
    assert models_behind(columns_now()) == [LegalBasis]


def test_a_table_with_a_new_column_is_read_whatever_its_entries_say(basis: LegalBasis) -> None:
    record("basis.add", basis, by=None)
    assert models_behind(columns_now()) == []
    table = LegalBasis._meta.db_table
    before = {**columns_now(), table: columns_now()[table] - {"reviewed_on"}}
    assert models_behind(before) == [LegalBasis]


def test_the_oldest_row_is_asked_too(before_the_column: LegalBasis) -> None:
    """Somebody acted after the column came and before the rows were logged again."""
    record("basis.add", LegalBasis.objects.create(title="Văn bản khác"), by=None)
    assert models_behind(columns_now()) == [LegalBasis]


def test_a_row_that_was_changed_unseen_stays_a_fault(before_the_column: LegalBasis) -> None:
    LegalBasis.objects.update(title="khác")
    assert log_migrated_rows() == 0
    assert [found.columns for found in differences()] == [("reviewed_on", "title")]


def test_so_does_one_that_the_log_does_not_know(basis: LegalBasis) -> None:
    assert log_migrated_rows() == 0
    assert [found.kind for found in differences()] == ["missing_in_log"]
    record("basis.add", basis, by=None)
    record("basis.remove", basis, by=None, op="delete")
    assert log_migrated_rows() == 0


def test_the_command_says_how_many(before_the_column: LegalBasis) -> None:
    told = StringIO()
    call_command("audit", "migrate", stderr=told, no_color=True)
    assert "Logged 1 rows" in told.getvalue()
