"""A scope at a glance: what was found at, and under, each unit that stands directly below it. One text, one row a unit."""

from __future__ import annotations

from dataclasses import dataclass

from .events import text_with
from .question import SUBJECT, Question
from .runner import rows_of
from .tallies import FINDING_STATE, HELD

BODY = """, placed AS (
  SELECT k.descendant_id AS child_id, n.visit_id, n.unit_id
  FROM counting n
  JOIN orgs_closure b ON b.descendant_id = n.{whose} AND b.valid_from <= {day} AND b.valid_to > {day}
  JOIN orgs_closure k ON k.ancestor_id = :scope AND k.depth = 1 AND k.descendant_id = b.ancestor_id
    AND k.valid_from <= {day} AND k.valid_to > {day}
), told AS (
  SELECT child_id, COUNT(*) AS visits, COUNT(DISTINCT unit_id) AS inspected, 0 AS unmended, 0 AS overdue, 0 AS units, 0 AS planned
  FROM placed GROUP BY child_id
  UNION ALL
  SELECT found.child_id, 0, 0, SUM(CASE WHEN found.state = 'remedied' THEN 0 ELSE 1 END),
         SUM(CASE WHEN found.state = 'overdue' THEN 1 ELSE 0 END), 0, 0
  FROM (SELECT p.child_id, {state} AS state FROM placed p {held}) found
  GROUP BY found.child_id
  UNION ALL
  SELECT k.descendant_id, 0, 0, 0, 0, COUNT(*), 0
  FROM orgs_closure k
  JOIN orgs_closure b ON b.ancestor_id = k.descendant_id AND b.valid_from <= :on AND b.valid_to > :on
  WHERE k.ancestor_id = :scope AND k.depth = 1 AND k.valid_from <= :on AND k.valid_to > :on
  GROUP BY k.descendant_id
  UNION ALL
  SELECT k.descendant_id, 0, 0, 0, 0, 0, 1
  FROM orgs_closure k
  JOIN plans_inspectionplan q ON q.agency_id = k.descendant_id AND q.year = :year AND q.issued_on <= :last
  WHERE k.ancestor_id = :scope AND k.depth = 1 AND k.valid_from <= :on AND k.valid_to > :on
)
SELECT u.slug, w.name, w.kind, SUM(t.visits), SUM(t.inspected), SUM(t.unmended), SUM(t.overdue), SUM(t.units), SUM(t.planned)
FROM told t
JOIN orgs_unit u ON u.id = t.child_id
JOIN (SELECT x.unit_id, MAX(x.valid_from) AS since FROM orgs_unitversion x WHERE x.valid_from <= :on GROUP BY x.unit_id) y
  ON y.unit_id = t.child_id
JOIN orgs_unitversion w ON w.unit_id = y.unit_id AND w.valid_from = y.since
GROUP BY u.slug, w.name, w.kind, w.sort_key
ORDER BY w.sort_key, u.slug"""


@dataclass(frozen=True)
class Below:
    """One unit directly below the scope, with everything under it: `units` counts itself and is 0 once it has ended."""

    slug: str
    name: str
    kind: str
    visits: int
    inspected: int
    unmended: int
    overdue: int
    units: int
    planned: int

    @property
    def state(self) -> str:
        """One of the five states of a unit."""
        if self.overdue:
            return "late"
        if self.unmended:
            return "attention"
        if self.visits:
            return "good"
        return "planned" if self.planned else "none"


def at_a_glance(question: Question) -> list[Below]:
    """The units below the scope at the cut-off, and those that were there when a visit of the period was made."""
    restated = question.restated_on is not None
    body = BODY.format(
        whose="unit_id" if question.view == SUBJECT else "lead_id",
        day=":on" if restated else "n.visited_on",
        state=FINDING_STATE,
        held=HELD.format(visit="p"),
    )
    text = text_with(("counting",), "", view=question.view, restated=restated)
    rows = rows_of(text.rstrip() + body, question.parameters())
    return [Below(slug, name, kind, *map(int, counts)) for slug, name, kind, *counts in rows]
