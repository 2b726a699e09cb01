"""What the triggers are: the notes that they leave, and their names, which change with whatever they say.

On PostgreSQL one statement leaves one note a block; on SQLite each row does. Notes are only ever added (tick folds them). On
PostgreSQL a trigger first takes the turn of the log, which every act holds from its first line and keeps to its end: touched.py
says why. On SQLite there is one writer anyway.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from django.apps import apps
from django.db.models import UniqueConstraint

from . import touched
from .touched import EVERYTHING, TOUCHED, blocks_touched, blocks_touched_named

NOTES = "reports_cellstamp"
PREFIX = "cells_"
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
MANY = "ELSIF (SELECT COUNT(*) FROM (SELECT 1 FROM {rows} LIMIT 200) m) = 200 THEN EXECUTE '{quoted}'; "
"""Of PostgreSQL: the plan of a note is made once a session, for as many rows as there are then, and one for many walks through
whole tables. So many rows get a plan of their own."""


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


def statements(vendor: str, table: str, stem: str) -> dict[str, list[str]]:
    """Name of each trigger of the table → what makes it; all names begin with the stem."""
    of_rows, touched_by = (
        (sqlite_rows, blocks_touched_named) if vendor == "sqlite" else (postgresql_rows, blocks_touched)
    )
    made = {}
    for event, sides in EVENTS.items():
        note = NOTE.format(weight=WEIGHT[vendor], blocks=touched_by(table, of_rows(TOUCHED[table].columns, sides)))
        name = f"{stem}{list(TOUCHED).index(table):02}_{event}"
        if vendor == "sqlite":
            made[name] = [f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} BEGIN {note}; END"]
        else:
            seen = " ".join(f"{side} TABLE AS {side.lower()}_rows" for side in sides)
            when = f"{event.upper()} ON {table} REFERENCING {seen}"
            made[name] = function_and_trigger(name, table, when, note, f"{sides[0].lower()}_rows")
    if vendor == "sqlite":
        for event in REPLACING:
            name = f"{stem}{list(TOUCHED).index(table):02}_over_{event}"
            made[name] = [replacing(name, event, table)]
    else:
        name = f"{stem}{list(TOUCHED).index(table):02}_truncate"
        made[name] = function_and_trigger(name, table, f"TRUNCATE ON {table}", all_noted(vendor))
    return made


def replacing(name: str, event: str, table: str) -> str:
    """Of SQLite: a row takes the place of others (REPLACE), for which no trigger of DELETE fires. They are noted before."""
    same = " OR ".join(
        f"({' AND '.join(f'o.{column} = NEW.{column}' for column in key)})" for key in unique_keys(table)
    )
    others = f"FROM {table} o WHERE ({same})" + (" AND o.id <> OLD.id" if event == "update" else "")
    rows = f"(SELECT {', '.join(TOUCHED[table].columns) or '1 AS one'} {others})"
    note = NOTE.format(weight=WEIGHT["sqlite"], blocks=blocks_touched_named(table, rows))
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


def function_and_trigger(name: str, table: str, when: str, note: str, rows: str = "") -> list[str]:
    """Of PostgreSQL; it fires for whoever writes, a program that copies rows included.

    In a transaction of one snapshot the turn helps nothing, since it goes on reading what was: there everything is noted.
    """
    many = MANY.format(rows=rows, quoted="{quoted}") if rows else ""
    quoted = note.replace("'", "''")
    body = (
        f"{TURN}; IF current_setting('transaction_isolation') <> 'read committed' THEN {all_noted('postgresql')}; "
        f"{many.format(quoted=quoted)}ELSE {note}; END IF; RETURN NULL;"
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
    said = repr([block, *(statements(vendor, table, "") for table in TOUCHED)])
    return f"{PREFIX}{sha256(said.encode()).hexdigest()[:8]}_"


def wanted(vendor: str) -> dict[str, dict[str, list[str]]]:
    """Table → name of each of its triggers → what makes it."""
    return {table: statements(vendor, table, stem(vendor)) for table in TOUCHED}


def expected(vendor: str) -> int:
    """How many there are when all stand: on PostgreSQL one more a table, of TRUNCATE."""
    return len(TOUCHED) * (len(EVENTS) + (len(REPLACING) if vendor == "sqlite" else 1))
