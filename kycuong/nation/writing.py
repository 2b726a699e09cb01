"""Rows by the hundred thousand: values as the database stores them, handed over by COPY on PostgreSQL and by one prepared INSERT on SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, JSONField, Max, Model

from .interrupted import marked

Row = list[Any]


CACHE = 256 * 1024
"""KiB of pages that SQLite may keep while it loads: with less it writes the same pages of its indexes over and over."""


@contextmanager
def in_bulk() -> Iterator[None]:
    """SQLite keeps more pages and leaves it to the system when they reach the disk. A killed load loses its last piece; after a power
    failure in the middle of a load the file may be of no use: the next run looks, and says so (`interrupted`)."""
    database = sqlite_file()
    if database is None or connection.in_atomic_block:
        yield
        return
    with marked(database), _hurried():
        yield


def sqlite_file() -> Path | None:
    """The database as a file; None where it is PostgreSQL or lies in memory."""
    path = Path(str(connection.settings_dict["NAME"]))
    return path if connection.vendor == "sqlite" and path.is_file() else None


@contextmanager
def _hurried() -> Iterator[None]:
    with connection.cursor() as cursor:
        before = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("cache_size", "synchronous")]
    try:
        _set(-CACHE, 0)
        yield
    finally:
        _set(*before)


def _set(cache: int, synchronous: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA cache_size = {int(cache)}")
        cursor.execute(f"PRAGMA synchronous = {int(synchronous)}")


class Table:
    """One table: the order of its columns, the next number, and rows that wait to be written."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        self.fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
        self.at = {str(field.column): place for place, field in enumerate(self.fields)}
        self.waiting: list[Row] = []
        self.last = int(model._base_manager.aggregate(last=Max("pk"))["last"] or 0)
        self.before = self.last

    def row_of(self, instance: Model) -> Row:
        """The instance as its columns hold it; the first is the key, still to come."""
        return [stored(field, getattr(instance, field.attname)) for field in self.fields]

    def places(self, *columns: str) -> list[int]:
        """Where these columns stand in a row."""
        return [self.at[column] for column in columns]

    def add(self, row: Row) -> int:
        """Let the row wait under the next number, which is returned."""
        self.last += 1
        row[0] = self.last
        self.waiting.append(row)
        return self.last

    def flush(self) -> None:
        """Write what waits."""
        if not self.waiting:
            return
        quote = connection.ops.quote_name
        columns = ", ".join(quote(str(field.column)) for field in self.fields)
        into = f"{quote(self.model._meta.db_table)} ({columns})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    for row in self.waiting:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(self.fields))
                cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", self.waiting)
        self.waiting.clear()

    def span(self) -> list[int] | None:
        """First and last number that were given; None when there was no row."""
        return [self.before + 1, self.last] if self.last > self.before else None


def catch_up(tables: Iterable[Table]) -> None:
    """On PostgreSQL numbers that were given by hand are told to the sequences."""
    models = [table.model for table in tables if table.span()]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)


def put(row: Row, places: list[int], values: tuple[object, ...]) -> None:
    """The values at their places."""
    for place, value in zip(places, values, strict=True):
        row[place] = value


def stored(field: Field[Any, Any], value: Any) -> Any:
    """The value as both databases take it: days and moments (UTC) as ISO text, JSON as text, identifiers as 32 digits."""
    match value:
        case None:
            return None
        case _ if isinstance(field, JSONField):
            return json.dumps(value, cls=field.encoder)
        case bool():
            return int(value)
        case UUID():
            return value.hex
        case datetime():
            return str(value.astimezone(UTC).replace(tzinfo=None))
        case date() | time():
            return value.isoformat()
        case int():
            return int(value)
    return str(value)


def uid_of(day: date, rng: Random) -> str:
    """A UUID of version 7 as 32 digits, born at midnight of the day; the rest is drawn, so that it is the same every time."""
    milliseconds = (day.toordinal() - EPOCH) * 86_400_000 + rng.getrandbits(26)
    return f"{milliseconds << 80 | 7 << 76 | rng.getrandbits(12) << 64 | 2 << 62 | rng.getrandbits(62):032x}"


EPOCH = date(1970, 1, 1).toordinal()
