"""The walls refuse what nobody does on purpose, and let through what the product does."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from kycuong.audit.log import record
from kycuong.audit.models import AuditBody, AuditEntry
from kycuong.audit.verification import verify_log
from kycuong.audit.walls import lower_walls, missing_walls, raise_walls
from kycuong.orgs.models import Person

pytestmark = pytest.mark.django_db

REFUSED = [
    "UPDATE audit_auditentry SET model = 'x'",
    "UPDATE audit_auditentry SET seq = seq + 1",
    "DELETE FROM audit_auditentry",
    "INSERT INTO audit_auditentry (seq, meta, model, key) VALUES (2, '', 'orgs.Unit', '1')",
    "INSERT INTO audit_auditentry (seq, meta, model, key) VALUES (-1, '', 'orgs.Unit', '1')",
    "UPDATE audit_auditbody SET body = salt",
    "UPDATE audit_auditbody SET salt = body WHERE seq = 0",
    "UPDATE audit_auditbody SET body = NULL, salt = NULL, seq = 7",
    "DELETE FROM audit_auditbody",
    "UPDATE audit_audithead SET size = size - 1",
    "UPDATE audit_audithead SET frontier = ''",
    "DELETE FROM audit_audithead",
]
REFUSED_BY = {
    "sqlite": [
        "INSERT OR REPLACE INTO audit_auditentry (seq, meta, model, key) VALUES (0, '', 'orgs.Unit', '1')",
        "INSERT OR REPLACE INTO audit_auditbody (seq, salt, body) VALUES (0, x'00', x'00')",
        "INSERT OR REPLACE INTO audit_audithead (id, size, frontier) VALUES (1, 0, x'')",
        "UPDATE OR REPLACE audit_auditentry SET meta = ''",
    ],
    "postgresql": [
        "TRUNCATE audit_auditentry CASCADE",
        "TRUNCATE audit_auditbody",
        "TRUNCATE audit_audithead",
    ],
}


def test_every_wall_stands_after_all_migrations() -> None:
    assert missing_walls(connection) == []


def test_walls_refuse(person: Person) -> None:
    record("person.add", person, by=None)
    connection.check_constraints()  # or PostgreSQL refuses TRUNCATE for another reason: foreign keys not yet checked
    for statement in REFUSED + REFUSED_BY[connection.vendor]:
        with pytest.raises(DatabaseError, match="audit log: "), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert list(verify_log()) == []


def test_body_may_be_erased_and_stays_erased(person: Person) -> None:
    record("person.add", person, by=None)
    AuditBody.objects.update(salt=None, body=None)
    with pytest.raises(DatabaseError, match="may only be erased"), transaction.atomic():
        AuditBody.objects.update(salt=b"1", body=b"2")


def test_verification_misses_walls(person: Person) -> None:
    record("person.add", person, by=None)
    lower_walls(connection)
    faults = list(verify_log())
    assert faults
    assert all("rào chắn" in fault.vi for fault in faults)
    raise_walls(connection)
    assert list(verify_log()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_database_is_emptied_between_tests_without_a_transaction(turn: int) -> None:
    assert missing_walls(connection) == []
    assert not AuditEntry.objects.exists()
    with transaction.atomic():
        record("person.add", Person.objects.create(username="ai-do"), by=None)
    assert AuditEntry.objects.get().seq == 0
    assert list(verify_log()) == []
