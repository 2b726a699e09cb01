"""The SQL texts that several figures read, so that a whole page asks few questions and nothing is defined twice."""

from __future__ import annotations

from .days import calendar_ordinal
from .figure import Tally

BY_FORM = Tally(
    """SELECT form, COUNT(DISTINCT inspection_id) AS inspections, COUNT(*) AS visits
FROM counting
GROUP BY form"""
)
"""(form, inspections, visits): an inspection has one form, so its forms add up."""

UNITS = Tally(
    """SELECT kind, existing, belongs, inspected, COUNT(*) AS units
FROM standing
GROUP BY kind, existing, belongs, inspected""",
    needs=("counting", "standing"),
)
"""(kind, existing, belongs, inspected, units) on the day of denominators; D and I both come from it."""

LEADS = Tally(
    """SELECT COUNT(*) AS pairs
FROM (SELECT DISTINCT lead_id, unit_id FROM counting) led"""
)
"""Distinct pairs of a lead authority and a unit that it inspected."""

FINDING_STATE = """CASE WHEN f.remedied_on <= :last THEN 'remedied'
            WHEN f.due_on IS NULL THEN 'no_term'
            WHEN f.due_on < :last THEN 'overdue'
            ELSE 'in_term' END"""
"""Where a finding stands at the cut-off; its last day is still in term."""

FINDINGS = Tally(
    f"""SELECT group_code, severity, state, COUNT(*) AS findings
FROM (SELECT f.group_code, f.severity,
       {FINDING_STATE} AS state
      FROM counting n
      JOIN inspections_finding f ON f.visit_id = n.visit_id) found
GROUP BY group_code, severity, state"""
)
"""(group, severity, state at the cut-off, findings)."""

EARLIER = f"""JOIN inspections_visit e ON e.id = p.visit_id AND e.state = 'signed'
        AND e.visited_on < n.visited_on AND e.visited_on >= :horizon
      JOIN inspections_inspection x ON x.id = e.inspection_id AND x.form IN (:forms)
      WHERE {calendar_ordinal("e.visited_on")} >= {calendar_ordinal("n.visited_on")} - :span_days"""
"""An earlier visit that counts, whoever led it, within the span before the visit `n`."""

SAME_UNIT = "l.heir_id = n.subject_id AND l.valid_from <= n.visited_on AND l.valid_to > n.visited_on"
"""The unit itself or one that it carried on by the day of the visit."""

RECOMMENDATIONS = Tally(
    """SELECT standing, in_time, transferred, COUNT(*) AS recommendations
FROM recommended
GROUP BY standing, in_time, transferred""",
    needs=("recommended",),
)
"""(standing at the cut-off, verified in time, transferred, recommendations): all their figures come from it."""
