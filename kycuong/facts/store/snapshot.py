"""The database as it was at one moment, read table by table while others write on."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection, transaction

from kycuong.core.problems import Busy

from .folder import locked

Batches = Iterator[list[tuple[Any, ...]]]
Source = Callable[[str], Batches]
"""SQL → its rows, some thousand at a time."""
BATCH = 5_000
COPY, ENDINGS = "facts-copy.sqlite3", ("", "-journal", "-wal", "-shm")
"""A copy of the whole database lies where the database lies, and never in the folder of an export, which others may mount."""


@contextlib.contextmanager
def snapshot() -> Iterator[Source]:
    """Whatever is asked inside sees one moment."""
    inner = _postgresql() if connection.vendor == "postgresql" else _sqlite(Path(settings.HOME))
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
def _sqlite(home: Path) -> Iterator[Source]:
    """One read transaction beside the write-ahead log. Without such a log a reader holds up whoever writes: then a copy is read,
    and the database itself held only while it is copied."""
    with contextlib.ExitStack() as kept:
        kept.enter_context(connection.wrap_database_errors)  # locked, full: as Django says it, so that people are told
        reader = kept.enter_context(contextlib.closing(_reader(Path(str(connection.settings_dict["NAME"])))))
        beside = reader.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        with _place_of_copy(home, wanted=not beside) as copy:
            if not beside:
                with contextlib.closing(sqlite3.connect(copy)) as target:
                    reader.backup(target)
                reader = kept.enter_context(contextlib.closing(_reader(copy)))
            reader.execute("BEGIN")

            def rows(sql: str) -> Batches:
                yield from _batches(reader.execute(sql))

            yield rows


@contextlib.contextmanager
def _place_of_copy(home: Path, *, wanted: bool) -> Iterator[Path]:
    """An empty file that its owner alone reads from the first byte on. What a killed export left goes first, wanted or not."""
    copy = home / COPY
    with locked(home / f"{COPY}.lock") as had:
        if not had and wanted:
            raise Busy(
                "Một lần xuất khác đang đọc bản sao của cơ sở dữ liệu; hãy chờ nó xong.",
                en="Another export is reading a copy of the database; wait until it is done.",
            )
        try:
            if had:
                _swept(copy)
            if wanted:
                os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            yield copy
        finally:
            if had:
                _swept(copy)


def _swept(copy: Path) -> None:
    for ending in ENDINGS:
        copy.with_name(copy.name + ending).unlink(missing_ok=True)


def _reader(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True, timeout=20, isolation_level=None)


def _batches(cursor: Any) -> Batches:
    while rows := cursor.fetchmany(BATCH):
        yield rows
