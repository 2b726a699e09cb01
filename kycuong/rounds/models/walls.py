"""Triggers around what is frozen: submissions, reviews, signed reports and their numbers are added, never changed, deleted,
replaced (as SQLite's REPLACE does, past the wall of DELETE) or emptied (as PostgreSQL's TRUNCATE does).

They hold whatever the code above does. A migration that remakes one of these tables on SQLite loses them and must build them again.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

FROZEN = {
    "rounds_reportsubmission": "a submission stays as it was handed in",
    "rounds_reportreview": "a review stays as it was decided",
    "rounds_signedreport": "a signed report stays as it was signed",
    "rounds_signedreportnumber": "the number of a signed report stays",
}
"""Table → what is said when somebody changes or deletes a row."""
ONCE = {
    "rounds_reportsubmission": ("id", "uid", "report_id, number"),
    "rounds_reportreview": ("id", "submission_id, accepted"),
    "rounds_signedreport": ("id", "uid", "round_id"),
    "rounds_signedreportnumber": ("id", "signed_id"),
}
"""Table → what no two rows have in common, so that a new row would take the place of another."""


EVENTS = {"sqlite": ("INSERT", "UPDATE", "DELETE"), "postgresql": ("UPDATE", "DELETE", "TRUNCATE")}


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
    for table, said in FROZEN.items():
        for event in EVENTS[vendor]:
            name = _name(table, event)
            if vendor == "sqlite":
                when = f"WHEN {_replaces(table)} " if event == "INSERT" else ""
                yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{said}'); END"
            else:
                yield (
                    f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                    f"RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END $$"
                )
                each = "STATEMENT" if event == "TRUNCATE" else "ROW"
                yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()"


def _replaces(table: str) -> str:
    """Whether a row is there whose place the new one would take."""
    same = [" AND ".join(f"{name} = NEW.{name}" for name in names.split(", ")) for names in ONCE[table]]
    return f"EXISTS (SELECT 1 FROM {table} WHERE {' OR '.join(f'({one})' for one in same)})"  # noqa: S608 - our own names


def _razing(vendor: str) -> Iterator[str]:
    for table in FROZEN:
        for event in EVENTS[vendor]:
            name = _name(table, event)
            if vendor == "sqlite":
                yield f"DROP TRIGGER IF EXISTS {name}"
            else:
                yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
                yield f"DROP FUNCTION IF EXISTS {name}()"


def _name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"
