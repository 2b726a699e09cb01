"""What was seen at each unit that was inspected: for the ranking. One text, one row a unit."""

from __future__ import annotations

from kycuong.reports.rules.ranking import Measured

from .answers_by_criterion import ON_FORM
from .events import text_with
from .question import Question
from .repeat_findings import REPEATED
from .runner import rows_of
from .tallies import standing

BODY = f""", asked AS (
  SELECT n.unit_id, SUM(n.visits) AS answers
  FROM (SELECT unit_id, checklist_id, checklist_form, COUNT(*) AS visits
        FROM counting GROUP BY unit_id, checklist_id, checklist_form) n
  JOIN catalog_criterion r ON {ON_FORM}
  GROUP BY n.unit_id
), slips AS (
  SELECT n.unit_id, SUM(CASE WHEN e.outcome = 'partial' THEN 1 ELSE 0 END) AS partial,
         SUM(CASE WHEN e.outcome = 'fail' THEN 1 ELSE 0 END) AS fail,
         SUM(CASE WHEN e.outcome IN ('not_applicable', 'not_asked') THEN 1 ELSE 0 END) AS silent
  FROM counting n
  JOIN inspections_answerexception e ON e.visit_id = n.visit_id
  JOIN catalog_criterion r ON r.code = e.criterion_code AND {ON_FORM}
  GROUP BY n.unit_id
), again AS (
  SELECT DISTINCT id FROM (
      {REPEATED}) repeated
), found AS (
  SELECT n.unit_id, COUNT(*) AS findings, COUNT(a.id) AS repeats
  FROM counting n
  JOIN inspections_finding f ON f.visit_id = n.visit_id AND {standing("f")}
  LEFT JOIN again a ON a.id = f.id
  GROUP BY n.unit_id
)
SELECT u.slug, w.name, w.kind, t.visits, COALESCE(q.answers, 0), COALESCE(s.partial, 0), COALESCE(s.fail, 0),
       COALESCE(s.silent, 0), COALESCE(f.findings, 0), COALESCE(f.repeats, 0)
FROM (SELECT unit_id, COUNT(*) AS visits, MAX(visited_on) AS last_visit FROM counting GROUP BY unit_id) t
JOIN orgs_unit u ON u.id = t.unit_id
LEFT JOIN (SELECT x.unit_id, MAX(x.valid_from) AS since FROM orgs_unitversion x WHERE x.valid_from <= :on GROUP BY x.unit_id) y
  ON y.unit_id = t.unit_id
LEFT JOIN orgs_unitversion w ON w.unit_id = y.unit_id AND w.valid_from = y.since
LEFT JOIN asked q ON q.unit_id = t.unit_id
LEFT JOIN slips s ON s.unit_id = t.unit_id
LEFT JOIN found f ON f.unit_id = t.unit_id
ORDER BY w.sort_key, u.slug"""


def measured(question: Question) -> list[Measured]:
    """Every unit with a counting visit in the period, by name."""
    restated = question.restated_on is not None
    text = text_with(("counting",), "", view=question.view, restated=restated).rstrip() + BODY
    found = []
    for slug, name, kind, *counts in rows_of(text, question.parameters()):
        visits, answers, partial, fail, silent, findings, repeats = map(int, counts)
        passed = answers - partial - fail - silent
        found.append(Measured(slug, name or slug, kind or "", visits, passed, partial, fail, findings, repeats))
    return found
