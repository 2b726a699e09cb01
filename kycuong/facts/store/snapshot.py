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

from kycuong.core.problems import BadInput, Busy, Full

from .folder import locked
from .telling import NO_ROOM

Batches = Iterator[list[tuple[Any, ...]]]
Source = Callable[[str], Batches]
"""SQL → its rows, some thousand at a time."""
BATCH = 5_000
COPY, ENDINGS = "facts-copy.sqlite3", ("", "-journal", "-wal", "-shm")
"""A copy of the whole database lies where the database lies, and never in the folder of an export, which others may mount."""


@contextlib.contextmanager
def snapshot() -> Iterator[Source]:
    """Whatever is asked inside sees one moment."""
    home = Path(settings.HOME)
    _sweep(home)
    inner = _postgresql() if connection.vendor == "postgresql" else _sqlite(home)
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
        place = str(connection.settings_dict["NAME"])
        with contextlib.closing(_opened(place, "rw")) as first:
            # what a power cut left half written is rolled back now: whoever only reads may not do it
            beside = first.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            first.execute("SELECT 1 FROM sqlite_master").fetchone()
        reader = kept.enter_context(contextlib.closing(_opened(place, "ro") if beside else _copied(place, home)))
        reader.execute("BEGIN")

        def rows(sql: str) -> Batches:
            yield from _batches(reader.execute(sql))

        yield rows


def _copied(place: str, home: Path) -> sqlite3.Connection:
    """A copy of the database, open, and without a name from then on: nothing is left of it, however the process ends."""
    copy = home / COPY
    with _copying(home), locked(home / f"{COPY}.lock") as had:
        if not had:
            raise Busy(
                "Một lần xuất khác đang sao cơ sở dữ liệu; hãy chờ nó xong.",
                en="Another export is copying the database; wait until it is done.",
            )
        try:
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with (
                contextlib.closing(_opened(place, "ro")) as source,
                contextlib.closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
            reader = _opened(str(copy), "ro")
            reader.execute("SELECT 1 FROM sqlite_master").fetchone()
        finally:
            _swept(copy)
    return reader


@contextlib.contextmanager
def _copying(home: Path) -> Iterator[None]:
    """Around the copy: it wants a place to write to and as much room as the database."""
    try:
        yield
    except OSError as error:
        raise (no_room(home) if error.errno in NO_ROOM else unwritable(home, error.strerror or str(error))) from error
    except sqlite3.OperationalError as error:
        if "disk is full" not in str(error):
            raise
        raise no_room(home) from error


def no_room(home: Path) -> Full:
    return Full(
        f"Ổ đĩa của {home} hết chỗ cho bản sao tạm của cơ sở dữ liệu nên chưa xuất được; bản xuất trước còn nguyên. Hãy dọn chỗ rồi chạy lại.",
        en=f"The disk of {home} has no room for a passing copy of the database; the former export is whole. Make room, then run this again.",
    )


def unwritable(home: Path, cause: str) -> BadInput:
    return BadInput(
        f"Không ghi được bản sao tạm của cơ sở dữ liệu vào {home} ({cause}). Hãy chạy bằng tài khoản máy của hệ thống, hoặc kiểm tra ổ đĩa.",
        en=f"A passing copy of the database cannot be written to {home} ({cause}). Run this as the user of the installation, or look at the disk.",
    )


def _sweep(home: Path) -> None:
    """What an export left that was killed while it copied goes, beside whichever database."""
    with contextlib.suppress(OSError), locked(home / f"{COPY}.lock") as had:
        if had:
            _swept(home / COPY)


def _swept(copy: Path) -> None:
    for ending in ENDINGS:
        copy.with_name(copy.name + ending).unlink(missing_ok=True)


def _opened(place: str, mode: str) -> sqlite3.Connection:
    where = f"file://{quote(os.path.abspath(place))}?mode={mode}"
    return sqlite3.connect(where, uri=True, timeout=20, isolation_level=None)


def _batches(cursor: Any) -> Batches:
    while rows := cursor.fetchmany(BATCH):
        yield rows
