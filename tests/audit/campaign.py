"""The tamper campaign: every protected table, every column, changed behind the product's back by raw SQL, each undone before the next.

A trial counts when the database took it and another pair of eyes sees other stored bytes; it is undetected when the checker finds nothing.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection
from django.db.models import Field, Model

from kycuong.audit import reconcile
from kycuong.audit.log import record_many
from kycuong.audit.protected import image_fields, protected_models

ROWS, FIRST = 3, 900_000
FIXED = 40
"""Bytes up to which every bit of a value is turned; of longer ones some are."""
Checker = Callable[[type[Model], list[Any] | None], bool]
"""Whether something is found amiss in these rows of a table, or in the whole of it."""
Change = tuple[str, list[Any]]


@dataclass
class Campaign:
    """What was tried: label of the table → how many trials, and those that nobody noticed."""

    checker: Checker
    chance: random.Random = field(default_factory=lambda: random.Random(2026))
    tried: Counter[str] = field(default_factory=Counter)
    columns: set[tuple[str, str]] = field(default_factory=set)
    undetected: list[str] = field(default_factory=list)

    def run(self, model: type[Model], *, sample: int) -> None:
        """Each column of one row, then whole rows. `sample`: how many bits of a long value, and how many of a short one at most."""
        pks = (
            sorted(model._base_manager.filter(pk__gte=FIRST).values_list("pk", flat=True))
            if numbered(model)
            else keys(model)
        )
        pk, before = pks[self.chance.randrange(len(pks))], seen(model)
        for column in image_fields(model):
            whole = None if column.primary_key else [pk]
            for ways in self.changes(model, column, pk, sample):
                taken = 0
                for expression, params in ways:
                    statement = f'UPDATE "{model._meta.db_table}" SET "{column.column}" = {expression} WHERE "{pk_of(model)}" = %s'
                    taken += self.trial(
                        model, str(column.column), statement, [*params, stored_key(model, pk)], whole, before
                    )
                    if taken >= sample:
                        break
        for name, statement, params in rows_moved(model, pks, self.chance, sample):
            self.trial(model, name, statement, params, None, before)

    def trial(
        self, model: type[Model], what: str, statement: str, params: list[Any], pks: list[Any] | None, before: list[Any]
    ) -> bool:
        """Whether the database took it and it changed anything."""
        with connection.cursor() as cursor, taken_back(cursor, model):
            try:
                cursor.execute(statement, params)
                changed = seen(model) != before
            except (DatabaseError, OverflowError):
                changed = False
                if connection.vendor == "postgresql":
                    cursor.execute("ROLLBACK TO SAVEPOINT tampered")
            if changed:
                self.tried[model._meta.label] += 1
                self.columns.add((model._meta.label, what))
                if not self.checker(model, pks):
                    self.undetected.append(f"{model._meta.label}.{what}: {statement} {params}")
        return changed

    def changes(self, model: type[Model], column: Field[Any, Any], pk: Any, sample: int) -> Iterator[Iterable[Change]]:
        """Other values for one column, as SQL with its parameters: spelled otherwise, and with single bits turned."""
        name = f'"{column.column}"'
        ways = SPELLINGS[connection.vendor]
        yield [(one.format(name), []) for one in self.chance.sample(ways, len(ways))]
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT {raw(name)} FROM "{model._meta.db_table}" WHERE "{pk_of(model)}" = %s', [stored_key(model, pk)]
            )
            (value,) = cursor.fetchone()
        yield flips(value, self.chance, sample)

    @property
    def total(self) -> int:
        return sum(self.tried.values())


@contextmanager
def taken_back(cursor: Any, model: type[Model]) -> Iterator[None]:
    """A savepoint; beside SQLite the rows from a copy, for there each way back to a savepoint would read the whole schema again."""
    if connection.vendor == "postgresql":
        cursor.execute("SAVEPOINT tampered")
        yield
        cursor.execute("ROLLBACK TO SAVEPOINT tampered")
        cursor.execute("RELEASE SAVEPOINT tampered")  # some thousand, one in another, are more than the server bears
        return
    yield
    cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
    cursor.execute(f'INSERT INTO "{model._meta.db_table}" SELECT * FROM copy_{model._meta.db_table}')


SPELLINGS = {
    "sqlite": ["NULL", "upper({0})", "' ' || {0}", "{0} || ' '", "{0} || char(0)", "{0} || char(0) || 'x'", "'{{' || {0} || '}}'",
               "'urn:uuid:' || {0}", "substr({0}, 1, 8) || '-' || substr({0}, 9)", "CAST({0} AS BLOB)", "CAST({0} AS TEXT)",
               "{0} + 0.5", "-{0}", "{0} + 1", "'+' || {0}", "'0' || {0}", "{0} || '.0'", "''", "0", "x''", "replace({0}, ':', ': ')"],
    "postgresql": ["NULL", "upper({0})", "' ' || {0}", "{0} || ' '", "-{0}", "{0} + 1", "NOT {0}", "''", "0", "'infinity'",
                   "{0} + interval '1 microsecond'", "{0} + interval '1 day'", "{0} + 1", "gen_random_uuid()", "'[]'::jsonb",
                   "normalize({0}, NFD)", "{0} || '{{\"a\": 1}}'::jsonb", "'x'::bytea", "trunc({0}, 0) + 0.5"],
}  # fmt: skip
"""Other spellings of the same, other types, nothing at all. What a type or a constraint refuses proves nothing."""


def flips(value: Any, chance: random.Random, sample: int) -> Iterator[tuple[str, list[Any]]]:
    """Single bits turned: of whole numbers, of what is short each, of what is long some."""
    if isinstance(value, int):
        for bit in chance.sample(range(63), min(63, sample)):
            yield "%s", [value ^ (1 << bit)]
        return
    data = bytes(value) if isinstance(value, bytes | memoryview) else ("" if value is None else str(value)).encode()
    places = range(8 * len(data))
    for place in chance.sample(places, min(len(places), sample if len(data) > FIXED else max(sample, 8))):
        turned = bytearray(data)
        turned[place // 8] ^= 1 << place % 8
        if connection.vendor == "sqlite":
            yield (f"x'{turned.hex()}'" if isinstance(value, bytes) else f"CAST(x'{turned.hex()}' AS TEXT)"), []
        elif isinstance(value, str):
            yield "%s", [turned.decode(errors="replace")]
        else:
            yield "%s", [bytes(turned)]


def rows_moved(
    model: type[Model], pks: list[Any], chance: random.Random, sample: int
) -> Iterator[tuple[str, str, list[Any]]]:
    """A row taken away, put in, given another number; two that changed places."""
    table, pk = f'"{model._meta.db_table}"', f'"{pk_of(model)}"'
    columns = [f'"{one.column}"' for one in model._meta.concrete_fields if not one.primary_key]
    one, other = (stored_key(model, key) for key in pks[:2])
    fresh = stored_key(model, pks[0] + 77 if isinstance(pks[0], int) else "f" * 32)
    yield "delete", f"DELETE FROM {table} WHERE {pk} = %s", [one]
    kept = [made_otherwise(column, model) for column in columns]
    yield (
        "insert",
        f"INSERT INTO {table} ({', '.join([pk, *columns])}) SELECT {', '.join(['%s', *kept])} FROM {table} WHERE {pk} = %s",
        [fresh, one],
    )
    yield "renumber", f"UPDATE {table} SET {pk} = %s WHERE {pk} = %s", [fresh, one]
    for column in chance.sample(columns, min(len(columns), max(sample, 2))):
        swapped = f"(SELECT {column} FROM {table} AS t WHERE t.{pk} = CASE WHEN {table}.{pk} = %s THEN %s ELSE %s END)"
        yield "swap", f"UPDATE {table} SET {column} = {swapped} WHERE {pk} IN (%s, %s)", [one, other, one, one, other]


def made_otherwise(column: str, model: type[Model]) -> str:
    """A uid of its own, so that the row can be put in at all."""
    if column != '"uid"':
        return column
    return "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"


def numbered(model: type[Model]) -> bool:
    return "Integer" in kind_of(model._meta.pk) or "Auto" in kind_of(model._meta.pk)


def keys(model: type[Model]) -> list[Any]:
    return sorted(model._base_manager.values_list("pk", flat=True))


def pk_of(model: type[Model]) -> str:
    return str(model._meta.pk.column)


def stored_key(model: type[Model], pk: Any) -> Any:
    return model._meta.pk.get_db_prep_value(pk, connection)


def raw(name: str) -> str:
    return name if connection.vendor == "sqlite" else f"{name}::text"


def seen(model: type[Model]) -> list[tuple[Any, ...]]:
    """The table as another pair of eyes sees it."""
    names = [f'"{one.column}"' for one in image_fields(model)]
    if connection.vendor == "sqlite":
        told, order = ", ".join(f"typeof({one}), hex(CAST({one} AS BLOB))" for one in names), "1, 2"
    else:
        told, order = f"ROW({', '.join(names)})::text", "1"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {told} FROM "{model._meta.db_table}" ORDER BY {order}')
        return list(cursor.fetchall())


def furnish() -> None:
    """Three rows in every protected table, with a value in every column, on record. Foreign keys, checks and walls do not stop
    whoever owns the database; here they would hide columns from the trial. All of it is undone with the test."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
        for model in protected_models():
            if connection.vendor == "postgresql":
                for name, found in connection.introspection.get_constraints(cursor, model._meta.db_table).items():
                    if found["check"]:
                        cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{name}"')
            fields = list(model._meta.concrete_fields)
            names = ", ".join(f'"{one.column}"' for one in fields)
            for number in range(ROWS):
                values = [stored(one, FIRST + number) for one in fields]
                marks = ", ".join(["%s"] * len(fields))
                cursor.execute(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', values)
    keep_copies()
    for model in protected_models():
        record_many("test.arrange", list(model._base_manager.all()), by=None)


def keep_copies() -> None:
    """Beside SQLite, of every table: `taken_back` reads them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for model in protected_models():
                cursor.execute(
                    f'CREATE TEMP TABLE copy_{model._meta.db_table} AS SELECT * FROM "{model._meta.db_table}"'
                )


def kind_of(one: Field[Any, Any]) -> str:
    target = one
    while target.remote_field:
        target = target.target_field  # type: ignore[attr-defined]
    return str(target.get_internal_type())


def stored(one: Field[Any, Any], number: int) -> Any:
    """A value that the column takes, another for each row."""
    target: Any = one
    while target.remote_field:
        target = target.target_field
    kind, small = target.get_internal_type(), number - FIRST
    values: dict[str, Any] = {
        "UUIDField": UUID(int=number + 2**100), "BooleanField": small % 2 == 0, "DateField": date(2019, 1, 1) + timedelta(small),
        "DateTimeField": datetime(2019, 4, 1, 1, 2, 3, 456, tzinfo=UTC) + timedelta(small), "TimeField": time(8, small), "DecimalField": Decimal(small + 1),
        "JSONField": {"A1": f"đạt {number}", "n": [small]}, "BinaryField": bytes([small, 0, 255] * 9), "FloatField": small + 0.25,
    }  # fmt: skip
    if kind in values:
        value = values[kind]
    elif "Small" in kind:
        value = small + 1
    elif "Integer" in kind or "Auto" in kind:
        value = number
    else:
        value = f"{number}ư"[: target.max_length or 80]
        value = value if (target.max_length or 80) > 7 else str(small)
    return target.get_db_prep_save(value, connection)


def product(model: type[Model], pks: list[Any] | None) -> bool:
    """The product's own comparison."""
    found = reconcile.differences_of(model, pks) if pks else reconcile.differences(only=[model._meta.label])
    return bool(found)


def remembering_log(ask: Callable[..., Any]) -> Callable[..., Any]:
    """The log does not change while tables are tampered with: what it says of a row is asked once."""

    @cache
    def asked(label: str, keys: tuple[str, ...], using: str) -> Any:
        return ask(label, list(keys), using=using)

    return lambda label, keys, *, using: asked(label, tuple(keys), using)


def told(campaign: Campaign, of: int) -> None:
    """How far it is, on standard error."""
    sys.stderr.write(f"\rtamper campaign: {campaign.total:>9} of {of} mutations, {len(campaign.undetected)} undetected")
    sys.stderr.flush()
