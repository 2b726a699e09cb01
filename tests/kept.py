"""Rows that many tests begin with: made once by the product's own acts, then put back as they were, table by table.

Making a province takes hundreds of statements, putting it back one for each table. Keys and identifiers are the same
each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, transaction

from kycuong.audit.models import AuditHead


class Table(NamedTuple):
    """What one table held. On PostgreSQL the rows are the text that COPY speaks."""

    name: str
    columns: list[str]
    rows: Any


def nothing_yet() -> bool:
    """Whether the database holds no more than migrations put into it."""
    asked = " OR ".join(f"EXISTS (SELECT 1 FROM {quoted(name)})" for name in sorted(tables()))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return not cursor.fetchone()[0]


def tables() -> set[str]:
    """Without those that migrations fill, and without the log's head, which only grows."""
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return names - {AuditHead._meta.db_table, "django_content_type", "auth_permission"}


class Kept:
    """The contents of a database that held nothing before."""

    def __init__(self) -> None:
        """Remember all that is there now."""
        read = copied if connection.vendor == "postgresql" else selected
        self.tables = [table for table in map(read, sorted(tables())) if table.rows]
        head = AuditHead.objects.get()
        self.size, self.frontier = head.size, bytes(head.frontier)
        self.sequences = sequences() if connection.vendor == "postgresql" else ""

    def put_back(self) -> None:
        """Write it again, in place of what those tables hold. On SQLite foreign keys are asked at the end: tables come in any order."""
        write = copy if connection.vendor == "postgresql" else insert
        with transaction.atomic(), connection.cursor() as cursor, without_triggers(cursor):
            for table in self.tables:
                write(cursor, table)
            if self.sequences:
                cursor.execute(self.sequences)
            AuditHead.objects.update_or_create(defaults={"size": self.size, "frontier": self.frontier})


@contextmanager
def without_triggers(cursor: Any) -> Iterator[None]:
    """What was sound when it was read is not asked again, nor taken for what the product writes in the test."""
    if connection.vendor != "postgresql":
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        walls = cursor.fetchall()
        for name, _said in walls:
            cursor.execute(f"DROP TRIGGER {quoted(name)}")
        yield
        for _name, said in walls:
            cursor.execute(said)
        return
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("SET session_replication_role = origin")


def selected(name: str) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted(name)} ORDER BY 1")
        columns = [one[0] for one in cursor.description]
        return Table(name, columns, [tuple(map(written, row)) for row in cursor.fetchall()])


def written(value: Any) -> Any:
    """A time of day as Django writes it: the driver reads one, and writes none."""
    return str(value) if isinstance(value, time) else value


def insert(cursor: Any, table: Table) -> None:
    cursor.execute(f"DELETE FROM {quoted(table.name)}")
    marks = ", ".join(["%s"] * len(table.columns))
    columns = ", ".join(map(quoted, table.columns))
    cursor.executemany(f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({marks})", table.rows)


def copied(name: str) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted(name)} LIMIT 0")
        columns = [one[0] for one in cursor.description]
        with cursor.copy(f"COPY (SELECT * FROM {quoted(name)} ORDER BY 1) TO STDOUT") as out:
            return Table(name, columns, b"".join(bytes(part) for part in out))


def copy(cursor: Any, table: Table) -> None:
    columns = ", ".join(map(quoted, table.columns))
    cursor.execute(f"DELETE FROM {quoted(table.name)}")
    with cursor.copy(f"COPY {quoted(table.name)} ({columns}) FROM STDIN") as into:
        into.write(table.rows)


def sequences() -> str:
    """One statement that sets every counter to where it is now: rows put back by their keys do not move it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('setval(%L, %s)', schemaname || '.' || sequencename, last_value) "
            "FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1"
        )
        return "SELECT " + ", ".join(one for (one,) in cursor.fetchall())


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
