"""Triggers around what was decided on a finding: written once, only where the unit objected, and never taken back.

They stop mistakes, as the walls of the log do. A migration that remakes one of these tables on SQLite loses its triggers and
must call `raise_walls` again.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

DECISION, REPLY = "inspections_findingdecision", "inspections_findingreply"
OBJECTED = "EXISTS (SELECT 1 FROM inspections_findingreply r WHERE r.finding_id = NEW.finding_id AND NOT r.accepts)"
DECIDED = "EXISTS (SELECT 1 FROM inspections_findingdecision d WHERE d.finding_id = OLD.finding_id)"

# name → (table, event, the condition under which the statement is refused, what is said)
WALLS: dict[str, tuple[str, str, str, str]] = {
    "finding_decision_on_an_objection": (DECISION, "INSERT", f"NOT {OBJECTED}", "nothing to decide: nobody objected"),
    "finding_decision_no_update": (DECISION, "UPDATE", "TRUE", "a decision is never changed"),
    "finding_decision_no_delete": (DECISION, "DELETE", "TRUE", "a decision is never deleted"),
    "finding_reply_no_update": (REPLY, "UPDATE", DECIDED, "what was decided on is not answered anew"),
    "finding_reply_no_delete": (REPLY, "DELETE", DECIDED, "what was decided on is not taken away"),
}


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Build every wall."""
    _run(connection, _building(connection.vendor))


def lower_walls(connection: BaseDatabaseWrapper) -> None:
    """Take every wall down: to undo the migration, and for tests that empty their database."""
    _run(connection, _razing(connection.vendor))


def _run(connection: BaseDatabaseWrapper, statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _building(vendor: str) -> Iterator[str]:
    yield from _razing(vendor)
    for name, (table, event, refused, said) in WALLS.items():
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
            continue
        row = "OLD" if event == "DELETE" else "NEW"
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {refused} THEN RAISE EXCEPTION '{said}'; END IF; RETURN {row}; END $$"
        )
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _razing(vendor: str) -> Iterator[str]:
    for name, (table, *_) in WALLS.items():
        yield f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}")
