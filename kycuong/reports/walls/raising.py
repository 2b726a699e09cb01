"""Raising and lowering the triggers, and telling whether all of them stand. A reader uses cells only while they do.

On PostgreSQL one statement leaves one note a block; on SQLite each row does. Notes are only ever added (tick folds them). On
PostgreSQL a trigger first takes the turn of the log, which every act holds from its first line and keeps to its end: touched.py
says why. On SQLite there is one writer anyway. The triggers of a table are raised in a transaction of their own: that waits for whoever is
writing to it, holds no second table, and so deadlocks with nobody. Where raising is cut off, the next time goes on with what is
missing. At the end everything is noted: what was kept before, while a trigger was missing, is worth nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import UniqueConstraint

from kycuong.audit.log import take_turns

from . import touched
from .touched import EVERYTHING, TOUCHED, blocks_touched

NOTES = "reports_cellstamp"
PREFIX = "cells_"
PATIENCE = 500
"""Milliseconds that raising waits for whoever writes to a table: rather another time than in their way."""
EVENTS = {"insert": ("NEW",), "update": ("NEW", "OLD"), "delete": ("OLD",)}
WEIGHT = {
    "sqlite": "(random() & 1073741823) + 1",
    "postgresql": "CAST(floor(random() * 1073741823) AS bigint) + 1",
}
"""By chance: where notes were taken away from outside, a sum does not come again, and no old cell is taken for one of now."""
NOTE = f"INSERT INTO {NOTES} (block, weight) SELECT b.block, {{weight}} FROM ({{blocks}}) b"
REPLACING = ("insert", "update")
TURN = "PERFORM 1 FROM audit_audithead FOR UPDATE"
"""Wait until nobody else who wrote to a watched table is under way: what the next statement reads is then how it will be."""


def sqlite_rows(columns: tuple[str, ...], sides: tuple[str, ...]) -> str:
    """The row that a trigger of SQLite is about, as a table."""
    rows = (", ".join(f"{side}.{name} AS {name}" for name in columns) or "1 AS one" for side in sides)
    return f"({' UNION ALL '.join(f'SELECT {row}' for row in rows)})"


def postgresql_rows(columns: tuple[str, ...], sides: tuple[str, ...]) -> str:
    """All rows that a statement was about, as a table."""
    chosen = ", ".join(columns) or "1 AS one"
    return f"({' UNION ALL '.join(f'SELECT {chosen} FROM {side.lower()}_rows' for side in sides)})"


def all_noted(vendor: str) -> str:
    """Everything was touched."""
    return f"INSERT INTO {NOTES} (block, weight) VALUES ({EVERYTHING}, {WEIGHT[vendor]})"


def statements(vendor: str, table: str) -> dict[str, list[str]]:
    """Name of each trigger of the table → what makes it."""
    of_rows = sqlite_rows if vendor == "sqlite" else postgresql_rows
    made = {}
    for event, sides in EVENTS.items():
        note = NOTE.format(weight=WEIGHT[vendor], blocks=blocks_touched(table, of_rows(TOUCHED[table].columns, sides)))
        name = f"{stem(vendor)}{list(TOUCHED).index(table):02}_{event}"
        if vendor == "sqlite":
            made[name] = [f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} BEGIN {note}; END"]
        else:
            seen = " ".join(f"{side} TABLE AS {side.lower()}_rows" for side in sides)
            made[name] = function_and_trigger(name, table, f"{event.upper()} ON {table} REFERENCING {seen}", note)
    if vendor == "sqlite":
        for event in REPLACING:
            name = f"{stem(vendor)}{list(TOUCHED).index(table):02}_over_{event}"
            made[name] = [replacing(name, event, table)]
    else:
        name = f"{stem(vendor)}{list(TOUCHED).index(table):02}_truncate"
        made[name] = function_and_trigger(name, table, f"TRUNCATE ON {table}", all_noted(vendor))
    return made


def replacing(name: str, event: str, table: str) -> str:
    """Of SQLite: a row takes the place of others (REPLACE), for which no trigger of DELETE fires. They are noted before."""
    same = " OR ".join(
        f"({' AND '.join(f'o.{column} = NEW.{column}' for column in key)})" for key in unique_keys(table)
    )
    others = f"FROM {table} o WHERE ({same})" + (" AND o.id <> OLD.id" if event == "update" else "")
    rows = f"(SELECT {', '.join(TOUCHED[table].columns) or '1 AS one'} {others})"
    note = NOTE.format(weight=WEIGHT["sqlite"], blocks=blocks_touched(table, rows))
    return f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} WHEN EXISTS (SELECT 1 {others}) BEGIN {note}; END"


@cache
def unique_keys(table: str) -> tuple[tuple[str, ...], ...]:
    """Columns that no two rows of a table have in common."""
    meta = next(one for one in apps.get_models(include_auto_created=True) if one._meta.db_table == table)._meta
    keys: list[tuple[str, ...]] = [(field.name,) for field in meta.concrete_fields if field.unique]
    keys += [tuple(together) for together in meta.unique_together]
    # Where it holds for some rows only, others may have them in common: those are noted in vain.
    keys += [tuple(one.fields) for one in meta.constraints if isinstance(one, UniqueConstraint) and one.fields]
    columns = {field.name: str(field.column) for field in meta.concrete_fields}
    return tuple(tuple(columns[name] for name in key) for key in keys)


def function_and_trigger(name: str, table: str, when: str, note: str) -> list[str]:
    """Of PostgreSQL; it fires for whoever writes, a program that copies rows included.

    In a transaction of one snapshot the turn helps nothing, since it goes on reading what was: there everything is noted.
    """
    body = (
        f"{TURN}; IF current_setting('transaction_isolation') = 'read committed' THEN {note}; ELSE {all_noted('postgresql')}; END IF; "
        "RETURN NULL;"
    )
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$",
        f"CREATE TRIGGER {name} AFTER {when} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
    ]


def stem(vendor: str) -> str:
    """What all names begin with: triggers of another version of this program have other names, and so do not stand."""
    return _stem(vendor, touched.BLOCK)


@cache
def _stem(vendor: str, block: int) -> str:
    said = repr(
        (
            vendor,
            block,
            NOTE,
            TURN,
            WEIGHT[vendor],
            REPLACING,
            EVENTS,
            [blocks_touched(table, table) for table in TOUCHED],
        )
    )
    return f"{PREFIX}{sha256(said.encode()).hexdigest()[:8]}_"


def expected(vendor: str) -> int:
    """How many there are when all stand: on PostgreSQL one more a table, of TRUNCATE."""
    return len(TOUCHED) * (len(EVENTS) + (len(REPLACING) if vendor == "sqlite" else 1))


def standing(vendor: str) -> str:
    """SQL: how many stand."""
    if vendor == "sqlite":
        return f"SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{stem(vendor)}*'"
    return (
        f"SELECT COUNT(*) FROM pg_trigger WHERE tgname >= '{stem(vendor)}' AND tgname < '{stem(vendor)}~' "
        "AND tgenabled = 'A' AND pg_table_is_visible(tgrelid)"
    )


def raise_walls(connection: BaseDatabaseWrapper) -> bool:
    """Raise all that do not stand as they should; whether there was anything to do. What already stands is left alone."""
    wrong = {table for _, table in astray(connection)} | missing(connection)
    if not wrong:
        return False
    lower(connection, patience=PATIENCE, names={name for name, _ in astray(connection)})
    with patiently(connection, PATIENCE):
        take_turns()  # a database that was just emptied has no turn to take until somebody first takes it
    standing_now = {name for name, _ in present(connection)}
    for table in TOUCHED:
        making = [made for name, made in statements(connection.vendor, table).items() if name not in standing_now]
        with patiently(connection, PATIENCE) as cursor:
            for statement in [statement for made in making for statement in made]:
                cursor.execute(statement)
    with patiently(connection, PATIENCE) as cursor:
        cursor.execute(all_noted(connection.vendor))
    return True


@contextmanager
def patiently(connection: BaseDatabaseWrapper, patience: int) -> Iterator[CursorWrapper]:
    """One transaction, which on PostgreSQL waits so many milliseconds for anybody's lock."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(f"SET LOCAL lock_timeout = {patience}")
        yield cursor


def lower(connection: BaseDatabaseWrapper, *, patience: int = PATIENCE, names: Collection[str] | None = None) -> None:
    """Take down these, or all that there are, of whatever version: from here on figures are read without cells."""
    for name, table in present(connection):
        if names is not None and name not in names:
            continue
        with patiently(connection, patience) as cursor:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
                cursor.execute(f"DROP FUNCTION {name}()")


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Tables of which a trigger is not there."""
    there = {name for name, _ in present(connection)}
    return {table for table in TOUCHED if not there >= statements(connection.vendor, table).keys()}


def astray(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """(trigger, table) of those that are of another version, at another table, or do something else than they should."""
    vendor = connection.vendor
    wanted = {name: (table, made[0]) for table in TOUCHED for name, made in statements(vendor, table).items()}
    with connection.cursor() as cursor:
        if vendor == "sqlite":
            cursor.execute(
                f"SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{PREFIX}*'"
            )
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "JOIN pg_proc p ON p.oid = t.tgfoid "
                f"WHERE t.tgname >= '{PREFIX}' AND t.tgname < '{PREFIX}~' AND pg_table_is_visible(c.oid)"
            )
        found = cursor.fetchall()
    return [(name, table) for name, table, text in found if not as_wanted(wanted.get(name), table, text)]


def as_wanted(wanted: tuple[str, str] | None, table: str, text: str) -> bool:
    """SQLite keeps the whole statement, PostgreSQL what stands between the $$ of its function."""
    return (
        wanted is not None
        and wanted[0] == table
        and text in {wanted[1], wanted[1].partition("$$")[2].removesuffix("$$")}
    )


def present(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """(trigger, table) of all that there are."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{PREFIX}*'")
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                f"WHERE t.tgname >= '{PREFIX}' AND t.tgname < '{PREFIX}~' AND pg_table_is_visible(c.oid)"
            )
        return [(str(name), str(table)) for name, table in cursor.fetchall()]


def bump_everything(connection: BaseDatabaseWrapper) -> None:
    """Whatever is kept is worth nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute(all_noted(connection.vendor))
