"""Row-level security of PostgreSQL around what is sealed: a query that forgets who asks gets no row of it.

The connection says what it may see (kycuong.core.sight); who knows of what is decided by `known_to` alone, and not once more here.
The curtain holds the owner of the tables, too, but no superuser. It stops mistakes: whoever runs SQL of their own can say more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

from kycuong.core.sight import ALL, SETTING

INSPECTION, VISIT = "inspections_inspection", "inspections_visit"
SIGHT = f"(SELECT current_setting('{SETTING}', true))"
KNOWN = f"(SELECT string_to_array(NULLIF(current_setting('{SETTING}', true), '{ALL}'), ','))::bigint[]"
"""Both are asked once a query, not once a row."""
WRITTEN = (
    "CREATE OR REPLACE FUNCTION inspection_is_written(bigint) RETURNS boolean LANGUAGE sql STABLE "
    f"SET {SETTING} = '{ALL}' AS "
    f"$$ SELECT EXISTS (SELECT 1 FROM {VISIT} WHERE inspection_id = $1 AND state <> 'draft') $$"
)
"""Whether a visit has signed minutes: from there on the inspection shows itself (figures.md, rule 5). A function of its own, for two
policies that ask each other's table would ask for ever."""

# Not the short lists and not the seats: they name no unit, and who may know is asked of them by what is *not* there, too.
OF_INSPECTIONS = (
    "inspections_sealing",
    "inspections_teamgroup",
    "inspections_conflictdeclaration",
    "inspections_conflictwaiver",
    "inspections_inspection_topics",
)
OF_VISITS = (
    "inspections_finding",
    "inspections_answerexception",
    "inspections_visitfile",
    "inspections_casefilepick",
)


def policies() -> Mapping[str, str]:
    """Table → which of its rows are there."""
    shown = f"sealed_at IS NULL OR id = ANY ({KNOWN}) OR inspection_is_written(id)"
    plain = f"EXISTS (SELECT 1 FROM {INSPECTION} i WHERE i.id = inspection_id AND i.sealed_at IS NULL)"
    return {
        INSPECTION: shown,
        VISIT: f"state <> 'draft' OR inspection_id = ANY ({KNOWN}) OR {plain}",
        **dict.fromkeys(OF_INSPECTIONS, f"EXISTS (SELECT 1 FROM {INSPECTION} i WHERE i.id = inspection_id)"),
        **dict.fromkeys(OF_VISITS, f"EXISTS (SELECT 1 FROM {VISIT} v WHERE v.id = visit_id)"),
    }


def draw_curtains(connection: BaseDatabaseWrapper) -> None:
    """Hang every curtain; nothing on SQLite."""
    _run(connection, _hanging())


def open_curtains(connection: BaseDatabaseWrapper) -> None:
    """Take every curtain away: to undo the migration."""
    _run(connection, _taking())


def missing_curtains(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables without theirs; on SQLite none can be missing."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'sealed' "
            "WHERE pg_table_is_visible(c.oid) AND c.relrowsecurity AND c.relforcerowsecurity"
        )
        return sorted(set(policies()) - {name for (name,) in cursor.fetchall()})


def _run(connection: BaseDatabaseWrapper, statements: Iterator[str]) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _hanging() -> Iterator[str]:
    yield from _taking()
    yield WRITTEN
    for table, rows in policies().items():
        yield f"CREATE POLICY sealed ON {table} USING ({SIGHT} = '{ALL}' OR {rows}) WITH CHECK (true)"
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"


def _taking() -> Iterator[str]:
    for table in policies():
        yield f"DROP POLICY IF EXISTS sealed ON {table}"
        yield f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
    yield "DROP FUNCTION IF EXISTS inspection_is_written(bigint)"
