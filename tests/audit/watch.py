"""Triggers of the test database that note which protected rows the product wrote, to be compared with the log.

A row is the product's when the innermost frame of ours on the stack lies in kycuong/ (models.py and the manager of people apart: managers are used
by both sides). What a test or a factory writes itself is arrangement: it needs no entry, and ends the product's account
of that row. The triggers see every statement: raw SQL, bulk writes, threads of a live server.
"""

from __future__ import annotations

import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Model

from kycuong.audit.protected import image_fields, protected_models
from kycuong.audit.reconcile import GONE, UNLOGGED, Difference, differences_of, last_entries

PRODUCT = str(Path(apps.get_app_config("audit").path).parent) + "/"
TESTS = str(Path(__file__).resolve().parent.parent) + "/"
WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")
ARRANGED = "/* arranged */ "
SCRATCH = "audit_watch"
UNWATCHED = "kycuong.unwatched"

_writer = threading.local()

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {SCRATCH}() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
  IF current_setting('{UNWATCHED}', true) = 'on' THEN RETURN NULL; END IF;
  DELETE FROM {SCRATCH} WHERE model = TG_ARGV[0] AND pk = row ->> TG_ARGV[1];
  IF current_query() NOT LIKE '{ARRANGED}%' THEN
    INSERT INTO {SCRATCH} VALUES (TG_ARGV[0], row ->> TG_ARGV[1], COALESCE(row ->> 'uid', row ->> TG_ARGV[1]));
  END IF;
  RETURN NULL;
END $$"""


def install() -> None:
    """Once for a test database: the scratch table and, on PostgreSQL, the triggers."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE IF NOT EXISTS {SCRATCH} (model text, pk text, key text)")
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {SCRATCH}_row ON {SCRATCH} (model, pk)")
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
            for model in protected_models():
                cursor.execute(f"DROP TRIGGER IF EXISTS {SCRATCH} ON {model._meta.db_table}")
                cursor.execute(
                    f"CREATE TRIGGER {SCRATCH} AFTER INSERT OR DELETE OR UPDATE OF {_columns(model)} "
                    f'ON "{model._meta.db_table}" FOR EACH ROW '
                    f"EXECUTE FUNCTION {SCRATCH}('{model._meta.label}', '{model._meta.pk.column}')"
                )
    attend(connection)


def attend(connection: Any, **_: object) -> None:
    """Prepare one connection. SQLite's triggers are temporary: only connections of this process have the function."""
    if _note_writer not in connection.execute_wrappers:
        connection.execute_wrappers.append(_note_writer)
    raw = connection.connection
    if connection.vendor != "sqlite" or raw is None:
        return
    if raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", [SCRATCH]).fetchone():
        raw.create_function("written_by_product", 0, lambda: getattr(_writer, "is_product", False))
        for model in protected_models():
            for event in ("INSERT", f"UPDATE OF {_columns(model)}", "DELETE"):
                raw.execute(_sqlite_trigger(model, event))


@contextmanager
def looking_away() -> Iterator[None]:
    """Inside, PostgreSQL's triggers note nothing: for a hundred thousand rows that `clear` would forget before the next test."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET {UNWATCHED} = 'on'")
        yield
        cursor.execute(f"SET {UNWATCHED} = 'off'")


def clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {SCRATCH}")


def unlogged() -> list[Difference]:
    """Rows that the product wrote and that are not as the log says."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT model, pk, key FROM {SCRATCH}")
        written = cursor.fetchall()
    keys: dict[str, dict[Any, str]] = defaultdict(dict)
    for label, pk, key in written:
        keys[label][apps.get_model(label)._meta.pk.to_python(pk)] = _name(key)
    return [difference for label, rows in keys.items() for difference in _wrong(apps.get_model(label), rows)]


def _wrong(model: type[Model], rows: dict[Any, str]) -> list[Difference]:
    label = model._meta.label
    there = set(model._base_manager.filter(pk__in=rows).values_list("pk", flat=True))
    again = {rows[pk] for pk in there}  # taken away and written anew under the same uid
    gone = [key for pk, key in rows.items() if pk not in there and key not in again]
    last = last_entries(label, gone, using="default")
    wrong = [Difference(label, key, GONE if key in last else UNLOGGED) for key in gone if not _ended(last.get(key))]
    return wrong + differences_of(model, sorted(there))


def _ended(last: Any) -> bool:
    return last is not None and last.op == "delete"


def _name(key: str) -> str:
    """SQLite keeps a UUID as 32 hexadecimal digits; the log writes it with its hyphens."""
    return str(UUID(key)) if len(key) >= 32 else key


def _columns(model: type[Model]) -> str:
    return ", ".join(f'"{field.column}"' for field in image_fields(model))


def _sqlite_trigger(model: type[Model], event: str) -> str:
    row = "OLD" if event == "DELETE" else "NEW"
    pk = f'{row}."{model._meta.pk.column}"'
    key = f"{row}.uid" if any(field.column == "uid" for field in model._meta.concrete_fields) else pk
    table, label = model._meta.db_table, model._meta.label
    return (
        f'CREATE TEMP TRIGGER IF NOT EXISTS {SCRATCH}_{event[:6]}_{table} AFTER {event} ON main."{table}" BEGIN '
        f"DELETE FROM {SCRATCH} WHERE model = '{label}' AND pk = CAST({pk} AS text); "
        f"INSERT INTO {SCRATCH} SELECT '{label}', {pk}, {key} WHERE written_by_product(); END"
    )


def _note_writer(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not sql.lstrip()[:8].upper().startswith(WRITES):
        return execute(sql, params, many, context)
    _writer.is_product = _product_writes()
    if not _writer.is_product and context["connection"].vendor == "postgresql":
        sql = ARRANGED + sql
    return execute(sql, params, many, context)


def _product_writes() -> bool:
    frame = sys._getframe(2)
    while frame is not None:
        path = frame.f_code.co_filename
        if path.startswith(PRODUCT) and not path.endswith(("/models.py", "/orgs/models/people.py")):
            return True
        if path.startswith(TESTS) and path != __file__:
            return False
        frame = frame.f_back
    return False
