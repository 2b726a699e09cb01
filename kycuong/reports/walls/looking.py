"""Do the triggers stand, all of them, as they were made? A reader asks in the very statement that it reads by; the tick looks closer."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

from .making import PREFIX, stem, wanted

OF_SQLITE = f"FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{PREFIX}*'"
OF_POSTGRESQL = (
    "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
    f"WHERE t.tgname >= '{PREFIX}' AND t.tgname < '{PREFIX}~' AND pg_table_is_visible(c.oid)"
)
AS_MADE = """t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgattr::text = '' AND p.proname = t.tgname AND p.proconfig IS NULL
AND t.tgtype = CASE substring(t.tgname from '[a-z]+$') WHEN 'insert' THEN 4 WHEN 'delete' THEN 8 WHEN 'update' THEN 16 ELSE 32 END"""
"""It fires for whoever writes, after its one kind of statement, whatever columns and rows that is about."""


def standing(vendor: str) -> str:
    """SQL: how many stand."""
    if vendor == "sqlite":
        return f"SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND name GLOB '{stem(vendor)}*'"
    return (
        f"SELECT COUNT(*) FROM pg_trigger WHERE tgname >= '{stem(vendor)}' AND tgname < '{stem(vendor)}~' "
        "AND tgenabled = 'A' AND pg_table_is_visible(tgrelid)"
    )


def present(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """(trigger, table) of all that there are, of whatever version."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT name, tbl_name {OF_SQLITE}")
        else:
            cursor.execute(f"SELECT t.tgname, c.relname {OF_POSTGRESQL}")
        return [(str(name), str(table)) for name, table in cursor.fetchall()]


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Tables of which a trigger is not there."""
    there = {name for name, _ in present(connection)}
    return {table for table, triggers in wanted(connection.vendor).items() if not there >= triggers.keys()}


def astray(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """(trigger, table) of those that are of another version, at another table, disabled, or do something else than they should."""
    right = {
        name: (table, made[0])
        for table, triggers in wanted(connection.vendor).items()
        for name, made in triggers.items()
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT name, tbl_name, 1, sql {OF_SQLITE}")
        else:
            cursor.execute(f"SELECT t.tgname, c.relname, {AS_MADE}, p.prosrc {OF_POSTGRESQL}")
        found = cursor.fetchall()
    return [
        (name, table) for name, table, made, text in found if not made or not as_wanted(right.get(name), table, text)
    ]


def changed(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Those of them that this version raised, so that somebody has changed them since."""
    return [one for one in astray(connection) if one[0].startswith(stem(connection.vendor))]


def as_wanted(right: tuple[str, str] | None, table: str, text: str) -> bool:
    """SQLite keeps the whole statement, PostgreSQL what stands between the $$ of its function."""
    return (
        right is not None and right[0] == table and text in {right[1], right[1].partition("$$")[2].removesuffix("$$")}
    )
