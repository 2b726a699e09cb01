"""Triggers that refuse what nobody should do to the log by accident: change, delete, empty, or leave a gap.

They stop mistakes. Whoever owns the database can drop them; against that stand reconciliation and copies kept outside.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

ENTRY, BODY, HEAD = "audit_auditentry", "audit_auditbody", "audit_audithead"
CHECKPOINT, STAMP = "audit_logcheckpoint", "audit_checkpointstamp"

# name → (table, when, the condition under which the statement is refused, what is said)
SQLITE: Mapping[str, tuple[str, str, str, str]] = {
    "audit_entry_no_gap": (
        ENTRY,
        "BEFORE INSERT",
        f"NEW.seq IS NOT (SELECT COALESCE(MAX(seq) + 1, 0) FROM {ENTRY})",
        "the next entry has the next number",
    ),
    "audit_entry_no_update": (ENTRY, "BEFORE UPDATE", "1", "an entry is never changed"),
    "audit_entry_no_delete": (ENTRY, "BEFORE DELETE", "1", "an entry is never deleted"),
    "audit_body_no_replace": (
        BODY,
        "BEFORE INSERT",
        f"EXISTS (SELECT 1 FROM {BODY} WHERE seq = NEW.seq)",
        "an entry has one body",
    ),
    "audit_body_only_erase": (
        BODY,
        "BEFORE UPDATE",
        "NEW.seq IS NOT OLD.seq OR NEW.salt IS NOT NULL OR NEW.body IS NOT NULL",
        "a body may only be erased, with its salt",
    ),
    "audit_body_no_delete": (BODY, "BEFORE DELETE", "1", "a body is erased, not deleted"),
    "audit_head_no_replace": (HEAD, "BEFORE INSERT", f"EXISTS (SELECT 1 FROM {HEAD})", "the log has one head"),
    "audit_head_only_grows": (
        HEAD,
        "BEFORE UPDATE",
        "NEW.id IS NOT OLD.id OR NEW.size <= OLD.size",
        "the log only grows",
    ),
    "audit_head_no_delete": (HEAD, "BEFORE DELETE", "1", "the head is never deleted"),
    "audit_checkpoint_only_later": (
        CHECKPOINT,
        "BEFORE INSERT",
        f"NEW.size <= (SELECT COALESCE(MAX(size), -1) FROM {CHECKPOINT})",
        "a checkpoint comes after those before it",
    ),
    "audit_checkpoint_no_update": (CHECKPOINT, "BEFORE UPDATE", "1", "a checkpoint is never changed"),
    "audit_checkpoint_no_delete": (CHECKPOINT, "BEFORE DELETE", "1", "a checkpoint is never deleted"),
    "audit_stamp_no_update": (STAMP, "BEFORE UPDATE", "1", "a time-stamp is never changed"),
    "audit_stamp_no_delete": (STAMP, "BEFORE DELETE", "1", "a time-stamp is never deleted"),
}

# function → (its table, its events by row, its test, what is said); each table also refuses TRUNCATE.
POSTGRESQL: Mapping[str, tuple[str, str, str, str]] = {
    "audit_entry_wall": (
        ENTRY,
        "INSERT OR UPDATE OR DELETE",
        f"TG_OP <> 'INSERT' OR NEW.seq <> (SELECT COALESCE(MAX(seq) + 1, 0) FROM {ENTRY})",
        "an entry is never changed or deleted, and the next one has the next number",
    ),
    "audit_body_wall": (
        BODY,
        "UPDATE OR DELETE",
        "TG_OP = 'DELETE' OR NEW.seq <> OLD.seq OR NEW.salt IS NOT NULL OR NEW.body IS NOT NULL",
        "a body may only be erased, with its salt",
    ),
    "audit_head_wall": (
        HEAD,
        "UPDATE OR DELETE",
        "TG_OP = 'DELETE' OR NEW.id <> OLD.id OR NEW.size <= OLD.size",
        "the log only grows, and its head is never deleted",
    ),
    "audit_checkpoint_wall": (
        CHECKPOINT,
        "INSERT OR UPDATE OR DELETE",
        f"TG_OP <> 'INSERT' OR NEW.size <= (SELECT COALESCE(MAX(size), -1) FROM {CHECKPOINT})",
        "a checkpoint is never changed or deleted, and comes after those before it",
    ),
    "audit_stamp_wall": (STAMP, "UPDATE OR DELETE", "TRUE", "a time-stamp is never changed or deleted"),
}


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Build every wall around the tables that there are. A migration that remakes a table of the log on SQLite loses them and must
    call this again, and so must one that adds a table."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for statement in _building(connection.vendor, there):
            cursor.execute(statement)


def lower_walls(connection: BaseDatabaseWrapper) -> None:
    """Take every wall down: to undo the migration, and for tests that empty their database."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for statement in _razing(connection.vendor, there):
            cursor.execute(statement)


def missing_walls(connection: BaseDatabaseWrapper) -> list[str]:
    """Walls that are not there, or are switched off."""
    if connection.vendor == "sqlite":
        wanted = set(SQLITE)
        standing = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted = {f"{name}{suffix}" for name in POSTGRESQL for suffix in ("", "_truncate")}
        standing = (
            "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE pg_table_is_visible(c.oid) AND t.tgenabled IN ('O', 'A')"
        )
    with connection.cursor() as cursor:
        cursor.execute(standing)
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


def _building(vendor: str, there: Collection[str]) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {name} {when} ON {table} WHEN {refused} "
            f"BEGIN SELECT RAISE(ABORT, 'audit log: {said}'); END"
            for name, (table, when, refused, said) in SQLITE.items()
            if table in there
        ]
    statements = []
    for name, (table, events, refused, said) in POSTGRESQL.items():
        if table not in there:
            continue
        statements += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP = 'TRUNCATE' THEN RAISE EXCEPTION 'audit log: {table} is never emptied'; END IF; "
            f"IF {refused} THEN RAISE EXCEPTION 'audit log: {said}'; END IF; RETURN NEW; END $$",
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
            f"DROP TRIGGER IF EXISTS {name}_truncate ON {table}",
            f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        ]
    return statements


def _razing(vendor: str, there: Collection[str]) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE]
    return [
        f"DROP TRIGGER IF EXISTS {name}{suffix} ON {table}"
        for name, (table, *_) in POSTGRESQL.items()
        if table in there
        for suffix in ("", "_truncate")
    ]
