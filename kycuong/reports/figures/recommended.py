"""Which recommendations count for a scope, a period and a view, and where each of them stood at the cut-off.

A recommendation counts on the day of its issue, when its visit counts; whatever happens after the cut-off is not read.
"""

from __future__ import annotations

from .days import day_number
from .each import ONE, Place, cut_of
from .question import SUBJECT

TO_UNIT = """JOIN followup_recommendation r ON r.issued_to_id = c.descendant_id
  JOIN inspections_visit v ON v.id = r.visit_id
  JOIN inspections_inspection i ON i.id = v.inspection_id"""
BY_LEAD = """JOIN inspections_inspection i ON i.lead_id = c.descendant_id
  JOIN inspections_visit v ON v.inspection_id = i.id
  JOIN followup_recommendation r ON r.visit_id = v.id"""

ISSUED = """r.issued_on >= :first AND r.issued_on <= :last AND r.state <> 'draft' AND v.state = 'signed' AND i.form IN (:forms)"""

WAITS = """EXISTS (SELECT 1 FROM {table} a WHERE a.recommendation_id = {row}.id AND a.{since} <= :last
              AND (a.decided_on IS NULL OR a.decided_on > :last))"""


def waiting(row: str) -> str:
    """SQL: the inspecting side owed an answer at the cut-off: to a report, or to a request for more time."""
    report = WAITS.format(table="followup_remedyreport", since="submitted_on", row=row)
    return f"({report} OR {WAITS.format(table='followup_extension', since='asked_on', row=row)})"


FOLLOWED = """EXISTS (SELECT 1 FROM followup_recommendation_findings w
              JOIN followup_recommendation q ON q.id = w.recommendation_id
              WHERE w.finding_id = f.id AND q.state <> 'draft' AND q.issued_on <= :last{more})"""
IS_OPEN = FOLLOWED.format(more=" AND (q.decided_on IS NULL OR q.decided_on > :last)")
"""Something that was recommended about it was not decided on by the cut-off."""
IS_FOLLOWED = FOLLOWED.format(more="")
"""A recommendation that was issued by the cut-off answers the finding `f`: from then on its terms count, not the finding's."""
IS_FOLLOWED_LATE = FOLLOWED.format(
    more=f""" AND (q.decided_on IS NULL OR q.decided_on > :last) AND NOT {waiting("q")}
              AND EXISTS (SELECT 1 FROM followup_recommendationterm t
                          WHERE t.recommendation_id = q.id AND t.set_on <= :last AND t.due_on < :last
                          AND NOT EXISTS (SELECT 1 FROM followup_recommendationterm u
                                          WHERE u.recommendation_id = t.recommendation_id AND u.set_on <= :last
                                          AND u.id > t.id))"""
)
"""One of them was overdue at the cut-off. Each SELECT speaks of the one around it and of none further out: Spark knows no more."""

COLUMNS = f"""r.id AS recommendation_id, r.visit_id, r.issued_on, r.issued_to_id AS subject_id, i.lead_id,
         CASE WHEN r.decided_on <= :last THEN r.state END AS settled, {waiting("r")} AS waiting, r.days_late,
         (SELECT MAX(t.id) FROM followup_recommendationterm t
          WHERE t.recommendation_id = r.id AND t.set_on <= :last) AS term_id,
         EXISTS (SELECT 1 FROM followup_recommendationtransfer t
                 WHERE t.recommendation_id = r.id AND t.transferred_on <= :last) AS moved"""

AS_IT_WAS = """issued AS (
  SELECT {of_issued}{columns}
  FROM {closure}
  {recommendations}
  WHERE {within}
    AND c.valid_from <= r.issued_on AND c.valid_to > r.issued_on
    AND {counts}{cut_issued}
)"""

RESTATED = """issued AS (
  SELECT {columns}
  FROM followup_recommendation r
  JOIN inspections_visit v ON v.id = r.visit_id
  JOIN inspections_inspection i ON i.id = v.inspection_id
  JOIN carried k ON k.unit_id = {placed} AND k.heirs = k.heirs_under
  WHERE {counts}
)"""

STOOD = f"""recommended AS (
  -- the term that held at the cut-off is the last one set by then; an unread answer never counts against the unit
  SELECT s.*, CASE WHEN s.standing = 'verified' AND s.days_late = 0 THEN 1 ELSE 0 END AS in_time,
         CASE WHEN s.standing IN ('verified', 'closed') THEN 1 ELSE 0 END AS handled,
         CASE s.standing WHEN 'verified' THEN s.days_late
              WHEN 'overdue' THEN {day_number(":last")} - {day_number("s.due_on")} ELSE 0 END AS days_over
  FROM (SELECT {{of_n}}n.recommendation_id, n.visit_id, n.issued_on, n.subject_id, n.lead_id, n.days_late, h.due_on,
               CASE WHEN n.moved THEN 1 ELSE 0 END AS transferred,
               CASE WHEN n.settled IS NOT NULL THEN n.settled WHEN n.waiting THEN 'waiting'
                    WHEN h.due_on < :last THEN 'overdue' ELSE 'in_term' END AS standing
        FROM issued n
        LEFT JOIN followup_recommendationterm h ON h.id = n.term_id) s
)"""


def stood(place: Place = ONE) -> str:
    """The fragment `recommended`, after `issued`."""
    return STOOD.format(**place)


def issued(view: str, *, restated: bool, place: Place = ONE) -> str:
    """The fragment `issued`, one row for each recommendation that counts."""
    if restated:
        placed = "r.issued_to_id" if view == SUBJECT else "i.lead_id"
        return RESTATED.format(columns=COLUMNS, placed=placed, counts=ISSUED)
    recommendations, same = (TO_UNIT, "r.issued_to_id") if view == SUBJECT else (BY_LEAD, "i.lead_id")
    cut = {**place, "cut_issued": cut_of(place, "issued", same)}
    return AS_IT_WAS.format(columns=COLUMNS, recommendations=recommendations, counts=ISSUED, **cut)
