"""The SQL texts that several figures read, so that a whole page asks few questions and nothing is defined twice."""

from __future__ import annotations

from .days import calendar_ordinal
from .each import LEAD, UNIT
from .figure import Tally
from .recommended import IS_FOLLOWED, IS_FOLLOWED_LATE, IS_OPEN

FORMS_TEXT = """SELECT {own}form, COUNT(DISTINCT inspection_id) AS inspections, COUNT(*) AS visits
FROM counting
GROUP BY {own}form"""
BY_FORM = Tally(FORMS_TEXT, by=LEAD, keys=1, sums=2)
"""(form, inspections, visits): an inspection has one form, so its forms add up."""

UNITS_TEXT = """SELECT {own}kind, existing, belongs, inspected, COUNT(*) AS units
FROM standing
GROUP BY {own}kind, existing, belongs, inspected"""
UNITS = Tally(UNITS_TEXT, needs=("counting", "standing"), by=UNIT, keys=4)
"""(kind, existing, belongs, inspected, units) on the day of denominators; D and I both come from it."""

LEADS = Tally(
    """SELECT {own}COUNT(*) AS pairs
FROM (SELECT DISTINCT {own}lead_id, unit_id FROM counting) led
{grouped}""",
    by=UNIT,
)
"""Distinct pairs of a lead authority and a unit that it inspected."""


def standing(finding: str) -> str:
    """SQL: the finding of this name in the text was not withdrawn. A withdrawn one is as if it had not been found."""
    return (
        f"NOT EXISTS (SELECT 1 FROM inspections_findingdecision g WHERE g.finding_id = {finding}.id"
        " AND g.outcome = 'withdrawn')"
    )


def cleared(answer: str) -> str:
    """SQL: the answer short of a pass stands for findings that were withdrawn, and for none that was not."""
    found = f"k.visit_id = {answer}.visit_id AND k.criterion_code = {answer}.criterion_code"
    return f"""(EXISTS (SELECT 1 FROM inspections_finding k JOIN inspections_findingdecision g ON g.finding_id = k.id
          WHERE {found} AND g.outcome = 'withdrawn')
        AND NOT EXISTS (SELECT 1 FROM inspections_finding k WHERE {found} AND {standing("k")}))"""


HELD = f"""JOIN inspections_finding f ON f.visit_id = {{visit}}.visit_id AND {standing("f")}
      LEFT JOIN inspections_findingdecision d ON d.finding_id = f.id
      LEFT JOIN inspections_findingreply r ON r.finding_id = f.id
      LEFT JOIN inspections_conclusion h ON h.visit_id = f.visit_id"""
"""Findings `f` that stand, with what the lead side decided `d`, what the unit answered `r`, and the conclusion `h`."""

SEVERITY = "COALESCE(d.severity, f.severity)"
"""The severity that holds: that of the decision where it changed the finding."""

CONTESTED = """(NOT r.accepts AND r.replied_on <= :last AND (d.decided_on IS NULL OR d.decided_on > :last)
              OR h.shared_on <= :last AND h.reply_until >= :last AND (h.heard_on IS NULL OR h.heard_on > :last))"""
"""At the cut-off the unit objects and nobody has decided, or its term to answer runs: that counts against nobody."""

FINDING_STATE = f"""CASE WHEN f.remedied_on <= :last AND NOT {IS_OPEN} THEN 'remedied'
            WHEN {IS_FOLLOWED_LATE} THEN 'overdue'
            WHEN {IS_OPEN} THEN 'in_term'
            WHEN {IS_FOLLOWED} THEN 'closed'
            WHEN f.due_on IS NULL THEN 'no_term'
            WHEN f.due_on < :last AND {CONTESTED} THEN 'in_term'
            WHEN f.due_on < :last THEN 'overdue'
            ELSE 'in_term' END"""
"""Where a finding of HELD stands at the cut-off; its last day is still in term, and so is one that is contested.
Once recommendations are issued their terms count; when all of them ended and none brought a remedy, so did the finding."""

FINDINGS_TEXT = f"""SELECT {{own}}group_code, severity, state, COUNT(*) AS findings
FROM (SELECT {{of_n}}f.group_code, {SEVERITY} AS severity,
       {FINDING_STATE} AS state
      FROM counting n
      {HELD.format(visit="n")}) found
GROUP BY {{own}}group_code, severity, state"""
FINDINGS = Tally(FINDINGS_TEXT, by=UNIT, keys=3)
"""(group, severity, state at the cut-off, findings)."""

EARLIER = f"""JOIN inspections_visit e ON e.id = p.visit_id AND e.state = 'signed'
        AND e.visited_on < n.visited_on AND e.visited_on >= :horizon
      JOIN inspections_inspection x ON x.id = e.inspection_id AND x.form IN (:forms)
      WHERE {calendar_ordinal("e.visited_on")} >= {calendar_ordinal("n.visited_on")} - :span_days"""
"""An earlier visit that counts, whoever led it, within the span before the visit `n`."""

SAME_UNIT = "l.heir_id = n.subject_id AND l.valid_from <= n.visited_on AND l.valid_to > n.visited_on"
"""The unit itself or one that it carried on by the day of the visit."""

RECOMMENDATIONS_TEXT = """SELECT {own}standing, in_time, transferred, COUNT(*) AS recommendations
FROM recommended
GROUP BY {own}standing, in_time, transferred"""
RECOMMENDATIONS = Tally(RECOMMENDATIONS_TEXT, needs=("recommended",), by=UNIT, keys=3)
"""(standing at the cut-off, verified in time, transferred, recommendations): all their figures come from it."""
