"""The part that all figures share: which visits count for a scope, a period and a view, and which units belong to it.

Each fragment is a named table of a WITH clause. A visit counts when its minutes are signed and its inspection is not a
self-check; «under the scope» is asked of the hierarchy of the visit's own day, or of one day when figures are restated.
"""

from __future__ import annotations

from . import recommended
from .declared import submitted
from .each import ONE, UNDER, Place, cut_of
from .question import SUBJECT

COUNTS = """v.visited_on >= :first AND v.visited_on <= :last AND v.state = 'signed' AND i.form IN (:forms)"""

VISIT_OF_UNIT = """JOIN inspections_visit v ON v.unit_id = c.descendant_id
  JOIN inspections_inspection i ON i.id = v.inspection_id"""
VISIT_OF_LEAD = """JOIN inspections_inspection i ON i.lead_id = c.descendant_id
  JOIN inspections_visit v ON v.inspection_id = i.id"""

DURING = """c.valid_from <= :last AND c.valid_to > :first"""
"""Follows from the day on which something counts lying in the period and in the row of the hierarchy; said once more, because no engine
concludes it, and each would look for visits of units that ended before the period."""

AS_IT_WAS = """counting AS (
  SELECT {of_visit}v.id AS visit_id, v.visited_on, v.checklist_id, v.checklist_form, v.unit_id AS subject_id, v.unit_id,
         i.id AS inspection_id, i.form, i.lead_id
  FROM {closure}
  {visits}
  WHERE {within} AND {during}
    AND c.valid_from <= v.visited_on AND c.valid_to > v.visited_on
    AND {counts}{cut_visit}
)"""

CARRIED = """carried AS (
  -- who carries each unit on the day: its one heir; a divided unit stays itself and is under the scope with all its heirs
  SELECT l.origin_id AS unit_id, COUNT(*) AS heirs, COUNT(c.id) AS heirs_under,
         CASE WHEN COUNT(*) = 1 AND MIN(CASE WHEN l.whole THEN 1 ELSE 0 END) = 1
              THEN MAX(l.heir_id) ELSE l.origin_id END AS carrier_id,
         CASE WHEN COUNT(*) = 1 AND MIN(CASE WHEN l.whole THEN 1 ELSE 0 END) = 1 THEN 0 ELSE 1 END AS divided
  FROM orgs_lineage l
  LEFT JOIN orgs_closure c ON c.ancestor_id = :scope AND c.descendant_id = l.heir_id AND c.depth >= :nearest
    AND c.valid_from <= :on AND c.valid_to > :on
  WHERE l.valid_from <= :on AND l.valid_to > :on
  GROUP BY l.origin_id
)"""

RESTATED = """counting AS (
  SELECT v.id AS visit_id, v.visited_on, v.checklist_id, v.checklist_form, v.unit_id AS subject_id,
         COALESCE(u.carrier_id, v.unit_id) AS unit_id,
         i.id AS inspection_id, i.form, COALESCE(a.carrier_id, i.lead_id) AS lead_id
  FROM inspections_visit v
  JOIN inspections_inspection i ON i.id = v.inspection_id
  LEFT JOIN carried u ON u.unit_id = v.unit_id
  LEFT JOIN carried a ON a.unit_id = i.lead_id
  WHERE {placed}.heirs = {placed}.heirs_under AND {counts}
)"""

STANDING = """tagged AS (
  SELECT DISTINCT {own}unit_id, 1 AS inspected, 0 AS belongs FROM counting
  UNION ALL
  SELECT {of_below}c.descendant_id, 0, 1 FROM {closure}
  WHERE {below} AND c.valid_from <= :on AND c.valid_to > :on{cut_below}
), latest AS (
  SELECT {of_t}t.unit_id, MAX(t.inspected) AS inspected, MAX(t.belongs) AS belongs, MAX(w.valid_from) AS since
  FROM tagged t LEFT JOIN orgs_unitversion w ON w.unit_id = t.unit_id AND w.valid_from <= :on
  GROUP BY {of_t}t.unit_id
), standing AS (
  -- every unit that was inspected or belongs to the scope on the day: its version of that day, or its last one
  SELECT {of_t}t.unit_id, t.inspected, t.belongs, w.name, w.kind, w.sort_key,
         CASE WHEN w.valid_to > :on THEN 1 ELSE 0 END AS existing
  FROM latest t LEFT JOIN orgs_unitversion w ON w.unit_id = t.unit_id AND w.valid_from = t.since
)"""

FLAGGED = """was AS (
  SELECT {placed} AS unit_id, v.visited_on
  FROM orgs_closure c
  {visits}
  WHERE c.ancestor_id = :scope AND c.depth >= :nearest
    AND c.valid_from <= v.visited_on AND c.valid_to > v.visited_on
    AND {counts}
), flagged AS (
  -- those whose place in the figures is decided by the restated day, and that nobody carries whole on it
  SELECT v.unit_id, v.visited_on, 1 AS divided, CASE WHEN v.heirs = v.heirs_under THEN 1 ELSE 0 END AS counted
  FROM (SELECT {placed} AS unit_id, v.visited_on, k.heirs, k.heirs_under
        FROM inspections_visit v
        JOIN inspections_inspection i ON i.id = v.inspection_id
        JOIN carried k ON k.unit_id = {placed} AND k.divided = 1 AND k.heirs_under > 0
        WHERE {counts}) v
  UNION ALL
  SELECT w.unit_id, w.visited_on, 0, 0
  FROM was w LEFT JOIN carried k ON k.unit_id = w.unit_id
  WHERE k.unit_id IS NULL
)"""


def counting(view: str, *, restated: bool, place: Place = ONE) -> str:
    """The fragment `counting`, one row for each visit that counts."""
    if restated:
        return f"{CARRIED}, {RESTATED.format(placed='u' if view == SUBJECT else 'a', counts=COUNTS)}"
    visits, same = (VISIT_OF_UNIT, "v.unit_id") if view == SUBJECT else (VISIT_OF_LEAD, "i.lead_id")
    return AS_IT_WAS.format(
        visits=visits, counts=COUNTS, during=DURING, **{**place, "cut_visit": cut_of(place, "visit", same)}
    )


def flagged(view: str) -> str:
    """The fragment `flagged`, one row for each visit of a unit (or lead) that the restated day cannot place whole."""
    placed, visits = ("v.unit_id", VISIT_OF_UNIT) if view == SUBJECT else ("i.lead_id", VISIT_OF_LEAD)
    return FLAGGED.format(placed=placed, visits=visits, counts=COUNTS)


def fragment(name: str, view: str, *, restated: bool, place: Place = ONE) -> str:
    """One named table of the WITH clause, after those that it needs itself."""
    if name == "counting":
        return counting(view, restated=restated, place=place)
    if name == "recommended":
        needed = [CARRIED] if restated else []
        issued = recommended.issued(view, restated=restated, place=place)
        return ", ".join([*needed, issued, recommended.stood(place)])
    if name == "submitted":
        return submitted(view, restated=restated, place=place)
    return {"carried": CARRIED, "flagged": flagged(view), "standing": STANDING.format(**place), "under": UNDER}[name]


def text_with(needs: tuple[str, ...], body: str, *, view: str, restated: bool, place: Place = ONE) -> str:
    """A whole text: the fragments that the body needs, then the body."""
    if not needs:
        return body
    fragments = (fragment(name, view, restated=restated, place=place) for name in needs)
    return f"WITH {', '.join(fragments)}\n{body}"
