"""Triggers around measures: nobody answers for what was annulled, not concluded, withdrawn, or is contested and undecided.

They hold whatever the code above does. A migration that remakes one of these tables on SQLite loses them and must build them
again.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

MEASURE = "followup_accountabilitymeasure"
FINDINGS, ADVICE = f"{MEASURE}_findings", f"{MEASURE}_recommendations"

GROUND = """EXISTS (
  SELECT 1 FROM inspections_visit v LEFT JOIN inspections_conclusion c ON c.visit_id = v.id
  WHERE v.id = NEW.visit_id AND v.state = 'signed' AND (c.state = 'issued' OR c.id IS NULL AND v.source <> 'desk'))"""


def _unsound(finding: str) -> str:
    """SQL: the finding of this id was withdrawn, or the unit objects and nobody has decided."""
    return f"""(EXISTS (SELECT 1 FROM inspections_findingdecision d WHERE d.finding_id = {finding} AND d.outcome = 'withdrawn')
  OR EXISTS (SELECT 1 FROM inspections_findingreply r WHERE r.finding_id = {finding} AND NOT r.accepts
     AND NOT EXISTS (SELECT 1 FROM inspections_findingdecision d WHERE d.finding_id = {finding})))"""


STANDS = f"""EXISTS (SELECT 1 FROM inspections_finding f JOIN {MEASURE} m ON m.visit_id = f.visit_id
  WHERE f.id = NEW.finding_id AND m.id = NEW.accountabilitymeasure_id AND NOT {_unsound("f.id")})"""
ADVICE_FINDINGS = "followup_recommendation_findings x WHERE x.recommendation_id = NEW.recommendation_id"
ISSUED = f"""EXISTS (SELECT 1 FROM followup_recommendation a JOIN {MEASURE} m ON m.visit_id = a.visit_id
  WHERE a.id = NEW.recommendation_id AND m.id = NEW.accountabilitymeasure_id AND a.state <> 'draft'
    AND (NOT EXISTS (SELECT 1 FROM {ADVICE_FINDINGS})
         OR EXISTS (SELECT 1 FROM {ADVICE_FINDINGS} AND NOT {_unsound("x.finding_id")})))"""
SOME_UNSOUND = (
    f"""EXISTS (SELECT 1 FROM {FINDINGS} l WHERE l.accountabilitymeasure_id = NEW.id AND {_unsound("l.finding_id")})"""
)

# name → (table, event, the condition under which the statement is refused, what is said)
WALLS: dict[str, tuple[str, str, str, str]] = {
    "measure_on_sound_ground": (MEASURE, "INSERT", f"NOT {GROUND}", "nobody answers for what is not concluded"),
    "measure_decided_on_sound_ground": (
        MEASURE,
        "UPDATE",
        f"NEW.state = 'decided' AND OLD.state <> 'decided' AND (NOT {GROUND} OR {SOME_UNSOUND})",
        "nobody answers for what was withdrawn or annulled",
    ),
    "measure_outcome_stays": (
        MEASURE,
        "UPDATE",
        "OLD.state <> 'proposed' AND NEW.state <> OLD.state OR NEW.visit_id <> OLD.visit_id",
        "an outcome is never taken back",
    ),
    "measure_for_a_standing_finding": (FINDINGS, "INSERT", f"NOT {STANDS}", "nobody answers for a finding that fell"),
    "measure_finding_no_update": (FINDINGS, "UPDATE", "TRUE", "a ground is never changed"),
    "measure_for_an_issued_recommendation": (ADVICE, "INSERT", f"NOT {ISSUED}", "nobody answers for what fell"),
    "measure_recommendation_no_update": (ADVICE, "UPDATE", "TRUE", "a ground is never changed"),
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
    for name, (table, event, refused, said) in WALLS.items():
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {refused} BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        else:
            yield (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {refused} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
            )
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _razing(vendor: str) -> Iterator[str]:
    for name, (table, *_) in WALLS.items():
        if vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {name}"
        else:
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield f"DROP FUNCTION IF EXISTS {name}()"
