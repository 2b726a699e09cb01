"""Tampering behind the product's back: every column, every row, every spelling is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.db.utils import DatabaseError

from kycuong.audit.images import read_images
from kycuong.audit.log import record, record_many
from kycuong.audit.models import AuditBody, AuditEntry
from kycuong.audit.protected import image_fields
from kycuong.audit.reconcile import CHANGED, GONE, UNLOGGED, differences
from kycuong.audit.verification import verify_log
from kycuong.audit.walls import lower_walls
from kycuong.catalog.models import Checklist, LegalBasis
from kycuong.inspections.models import Inspection, Visit
from kycuong.orgs.models import Assignment, Person, Unit

pytestmark = pytest.mark.django_db

# Other stored values for a column, as SQL. Those that a constraint or a type refuses prove nothing and are passed over.
TEXTS = ["{0} || 'x'", "{0} || ' '", "' ' || {0}", "upper({0})", "lower({0})", "''"]
EDITS = {
    "sqlite": [*TEXTS, "NULL", "'NULL'", "{0} + 1", "-{0}", "NOT {0}", "{0} || char(0)", "{0} || char(0) || 'x'",
               "CAST({0} || x'FF' AS TEXT)", "CAST({0} AS BLOB)", "replace({0}, 'ư', 'ư')", "date({0}, '+1 day')",
               "{0} || '.0'", "0.1", "'{{\"a\": 1}}'", "replace({0}, '{{', '{{ ')"],
    "postgresql": [*TEXTS, "NULL", "'NULL'", "{0} + 1", "-{0}", "NOT {0}", "{0} + interval '1 microsecond'", "'infinity'",
                   "'12:34'", "normalize({0}, NFD)", "{0} || '{{\"a\": 1}}'::jsonb", "gen_random_uuid()", '"id"'],
}  # fmt: skip
SPELLINGS = ["upper({0})", "' ' || {0}", "{0} || ' '", "'{{' || {0} || '}}'", "'urn:uuid:' || {0}",
             "substr({0}, 1, 8) || '-' || substr({0}, 9)", "CAST({0} AS BLOB)", "{0} || char(0)"]  # fmt: skip


@pytest.fixture
def rows(person: Person, unit: Unit, basis: LegalBasis) -> list[Model]:
    """One recorded row in each of several tables, with every type of column filled somewhere."""
    checklist = Checklist.objects.create(version="9.9", title="Thử", published_on=date(2019, 1, 1))
    inspection = Inspection.objects.create(lead=unit, form="surprise", title="Đột xuất", sealed_at="2019-04-01T01:02:03Z",
                                           sealed_by=person, created_by=person)  # fmt: skip
    visit = Visit.objects.create(inspection=inspection, unit=unit, visited_on=date(2019, 4, 2), answers={"A1": "đạt", "n": [1]},
                                 checklist=checklist, checklist_form="full", quota=12, recorded_by=person)  # fmt: skip
    assignment = Assignment.objects.create(person=person, role="auditor", unit=unit, valid_from=date(2019, 1, 1))
    rows = [person, unit, unit.versions.get(), basis, checklist, inspection, visit, assignment]
    record_many("test.arrange", rows, by=None)
    assert differences() == []
    return rows


@pytest.fixture
def no_checks(rows: list[Model]) -> Iterator[None]:
    """Check constraints do not stop whoever owns the database; here they would only hide columns from the trial."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for row in rows:
                for name, found in connection.introspection.get_constraints(cursor, row._meta.db_table).items():
                    if found["check"]:
                        cursor.execute(f'ALTER TABLE "{row._meta.db_table}" DROP CONSTRAINT "{name}"')
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            yield


def edits(model: type[Model]) -> Iterator[tuple[str, str]]:
    for field in image_fields(model):
        for expression in EDITS[connection.vendor]:
            yield field.column, expression.format(f'"{field.column}"')


def tampered(row: Model, statement: str, before: list[tuple[object, ...]]) -> bool | None:
    """Whether the statement is found out; None when the database refuses it or nothing changes by it. Undone after."""
    point = transaction.savepoint()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        try:
            cursor.execute(statement)
        except DatabaseError:
            transaction.savepoint_rollback(point)
            return None
    found = bool(differences(only=[row._meta.label])) if stored(row) != before else None
    transaction.savepoint_rollback(point)
    return found


def stored(row: Model) -> list[tuple[object, ...]]:
    """The table as another pair of eyes sees it: hexadecimal bytes and storage classes, or the text of whole rows."""
    table = row._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            columns = ", ".join(
                f'typeof("{f.column}"), hex(CAST("{f.column}" AS BLOB))' for f in image_fields(type(row))
            )
            cursor.execute(f'SELECT {columns} FROM "{table}"')
        else:
            columns = ", ".join(f'"{field.column}"' for field in image_fields(type(row)))
            cursor.execute(f'SELECT ROW({columns})::text FROM "{table}"')
        return cursor.fetchall()


def test_every_change_of_every_column_is_found(rows: list[Model], no_checks: None) -> None:
    tried = 0
    for row in rows:
        touched, before = set(), stored(row)
        for column, expression in edits(type(row)):
            statement = f'UPDATE "{row._meta.db_table}" SET "{column}" = {expression}'
            found = tampered(row, statement, before)
            assert found is not False, statement
            if found:
                tried += 1
                touched.add(column)
        assert touched == {field.column for field in image_fields(type(row))}, (
            f"columns of {row._meta.label} never changed"
        )
    assert tried > 150
    assert differences() == []


def test_other_spellings_of_a_uid_are_found(rows: list[Model]) -> None:
    found = 0
    for row in (row for row in rows if hasattr(row, "uid")):
        before = stored(row)
        for spelling in SPELLINGS if connection.vendor == "sqlite" else ["gen_random_uuid()"]:
            statement = f'UPDATE "{row._meta.db_table}" SET "uid" = {spelling.format("uid")}'
            result = tampered(row, statement, before)
            assert result is not False, statement
            found += result is True
    assert found >= (30 if connection.vendor == "sqlite" else 7)


def test_difference_names_the_row_and_its_columns(rows: list[Model], basis: LegalBasis) -> None:
    LegalBasis.objects.update(title="khác", issued_on=None)
    (difference,) = differences()
    assert (difference.model, difference.key, difference.kind) == ("catalog.LegalBasis", str(basis.uid), CHANGED)
    assert difference.columns == ("issued_on", "title")
    assert "issued_on, title" in str(difference)


def test_deleted_row_is_found(rows: list[Model]) -> None:
    Assignment.objects.all().delete()
    assert [(found.model, found.kind) for found in differences()] == [("orgs.Assignment", GONE)]


def test_deleted_row_whose_body_was_deleted_too_is_found(rows: list[Model]) -> None:
    lower_walls(connection)
    AuditBody.objects.filter(entry__model="orgs.Assignment").delete()
    Assignment.objects.all().delete()
    assert [(found.model, found.kind) for found in differences()] == [("orgs.Assignment", GONE)]


def test_entry_rewritten_to_name_an_impossible_row_is_found(basis: LegalBasis) -> None:
    record("basis.add", basis, by=None)
    lower_walls(connection)
    AuditEntry.objects.update(key="không phải uid")
    assert {(found.key, found.kind) for found in differences()} == {
        ("không phải uid", GONE),
        (str(basis.uid), UNLOGGED),
    }


def test_image_that_cannot_be_read_equals_nothing(basis: LegalBasis) -> None:
    record("basis.add", basis, by=None)
    lower_walls(connection)
    AuditBody.objects.update(body=b"{")
    assert [found.kind for found in differences()] == [CHANGED]


def test_inserted_row_is_found(rows: list[Model]) -> None:
    LegalBasis.objects.create(number="lén", title="lén")
    assert [(found.model, found.kind) for found in differences()] == [("catalog.LegalBasis", UNLOGGED)]


def test_row_that_comes_back_after_its_deletion_is_found(basis: LegalBasis) -> None:
    record("basis.delete", basis, by=None, op="delete")
    assert [found.kind for found in differences()] == [UNLOGGED]
    basis.delete()
    assert differences() == []


def test_swapped_rows_are_found(person: Person) -> None:
    other = Person.objects.create(username="khac", full_name="Người khác")
    record_many("person.add", [person, other], by=None)
    Person.objects.filter(pk=person.pk).update(full_name=other.full_name)
    Person.objects.filter(pk=other.pk).update(full_name=person.full_name)
    assert {found.key for found in differences()} == {str(person.uid), str(other.uid)}


def test_only_named_tables_are_compared(rows: list[Model]) -> None:
    LegalBasis.objects.update(title="khác")
    assert differences(only=["orgs.Unit", "orgs.Person"]) == []


def test_erased_image_only_asks_for_existence(basis: LegalBasis) -> None:
    record("basis.add", basis, by=None)
    AuditBody.objects.update(salt=None, body=None)
    LegalBasis.objects.update(title="khác")
    assert differences() == []
    LegalBasis.objects.all().delete()
    assert [found.kind for found in differences()] == [GONE]


def test_pages_join_without_a_gap() -> None:
    units = Unit.objects.bulk_create([Unit(slug=f"don-vi-{number}") for number in range(1203)])
    record_many("unit.add", units, by=None)
    Unit.objects.filter(slug__in=["don-vi-499", "don-vi-500", "don-vi-1000", "don-vi-1202"]).delete()
    for number in (0, 501, 1201):
        Unit.objects.filter(slug=f"don-vi-{number}").update(slug=f"don-vi-khac-{number}")
    assert len(differences()) == 7
    assert len(read_images(Unit, [unit.pk for unit in units], using="default")) == 1199
    assert list(verify_log()) == []
