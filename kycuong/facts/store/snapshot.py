"""The database as it was at one moment, read table by table while others write on."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection, transaction

Batches = Iterator[list[tuple[Any, ...]]]
Source = Callable[[str], Batches]
"""SQL → its rows, some thousand at a time."""
BATCH = 5_000


@contextlib.contextmanager
def snapshot(place: Path) -> Iterator[Source]:
    """Whatever is asked inside sees one moment. `place`: a folder for a copy, where SQLite needs one."""
    inner = _postgresql() if connection.vendor == "postgresql" else _sqlite(place)
    with inner as source:
        yield source


@contextlib.contextmanager
def _postgresql() -> Iterator[Source]:
    """One transaction that sees what was committed before it began; rows come through cursors of the server."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

        def rows(sql: str) -> Batches:
            with connection.chunked_cursor() as cursor:
                cursor.execute(sql)
                yield from _batches(cursor)

        yield rows


@contextlib.contextmanager
def _sqlite(place: Path) -> Iterator[Source]:
    """One read transaction beside the write-ahead log. Without such a log a reader holds up whoever writes: then a copy is read,
    and the database itself held only while it is copied."""
    copy = place / "copy.sqlite3"
    reader = _reader(Path(str(connection.settings_dict["NAME"])))
    try:
        if reader.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            with contextlib.closing(sqlite3.connect(copy)) as target:
                reader.backup(target)
            reader.close()
            reader = _reader(copy)
        reader.execute("BEGIN")

        def rows(sql: str) -> Batches:
            yield from _batches(reader.execute(sql))

        yield rows
    finally:
        reader.close()
        copy.unlink(missing_ok=True)


def _reader(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True, timeout=20, isolation_level=None)


def _batches(cursor: Any) -> Batches:
    while rows := cursor.fetchmany(BATCH):
        yield rows
