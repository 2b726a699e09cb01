"""Triggers around reminders: nobody is reminded of what is settled, in term, answered and unread, or annulled.

They hold whatever the code above does. A migration that remakes the table on SQLite loses them and must build them again.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

REMINDER = "followup_reminder"
OWED = """EXISTS (
  SELECT 1 FROM followup_recommendation r JOIN inspections_visit v ON v.id = r.visit_id
  WHERE r.id = NEW.recommendation_id AND r.state IN ('issued', 'acknowledged') AND r.due_on = NEW.due_on AND v.state = 'signed'
    AND NOT EXISTS (SELECT 1 FROM followup_remedyreport p WHERE p.recommendation_id = r.id AND p.decided_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM followup_extension e WHERE e.recommendation_id = r.id AND e.decided_at IS NULL)
)"""

# name → (event, the condition under which the statement is refused, what is said)
WALLS: dict[str, tuple[str, str, str]] = {
    "reminder_only_of_what_is_owed": ("INSERT", f"NOT {OWED}", "nobody is reminded of what is not owed"),
    "reminder_no_update": ("UPDATE", "TRUE", "a reminder is never changed"),
}


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Build every wall."""
    _run(connection, [*_razing(connection.vendor), *_building(connection.vendor)])


def lower_walls(connection: BaseDatabaseWrapper) -> None:
    """Take every wall down: to undo the migration."""
    _run(connection, list(_razing(connection.vendor)))


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _building(vendor: str) -> Iterator[str]:
    for name, (event, refused, said) in WALLS.items():
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {REMINDER} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        else:
            yield (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {refused} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
            )
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {REMINDER} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _razing(vendor: str) -> Iterator[str]:
    for name in WALLS:
        if vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {name}"
        else:
            yield f"DROP TRIGGER IF EXISTS {name} ON {REMINDER}"
            yield f"DROP FUNCTION IF EXISTS {name}()"
