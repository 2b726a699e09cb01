"""Units that were asked about a group of criteria, each once; and what the groups are called."""

from __future__ import annotations

from .answers_by_criterion import IN_USE, OLDEST_FIRST, ON_FORM
from .events import text_with
from .question import Question
from .runner import rows_of

TITLES = f"""SELECT g.code, g.title, r.code
FROM catalog_criteriongroup g
JOIN catalog_criterion r ON r.group_id = g.id
JOIN catalog_checklist k ON k.id = g.checklist_id
WHERE {IN_USE}
ORDER BY {OLDEST_FIRST}"""
"""Codes are stable over versions; the newest version words them."""
BODY = f"""SELECT g.code, COUNT(DISTINCT a.unit_id)
FROM (SELECT unit_id, code, group_id, SUM(visits) AS visits, SUM(silent) AS silent
      FROM (
      SELECT n.unit_id, r.code, r.group_id, n.visits, 0 AS silent
      FROM (SELECT unit_id, checklist_id, checklist_form, COUNT(*) AS visits
            FROM counting GROUP BY unit_id, checklist_id, checklist_form) n
      JOIN catalog_criterion r ON {ON_FORM}
      UNION ALL
      SELECT n.unit_id, r.code, r.group_id, 0, 1
      FROM counting n
      JOIN inspections_answerexception e ON e.visit_id = n.visit_id AND e.outcome = 'not_asked'
      JOIN catalog_criterion r ON r.code = e.criterion_code AND {ON_FORM}) told
      GROUP BY unit_id, code, group_id) a
JOIN catalog_criteriongroup g ON g.id = a.group_id
WHERE a.visits > a.silent
GROUP BY g.code"""


def titles(question: Question) -> dict[str, tuple[str, list[str]]]:
    """Group → its title and the codes of its criteria."""
    text = text_with(("counting",), TITLES, view=question.view, restated=question.restated_on is not None)
    found: dict[str, tuple[str, list[str]]] = {}
    for code, title, criterion in rows_of(text, question.parameters()):
        _old, held = found.get(code, (title, []))
        found[code] = (title, held if criterion in held else [*held, criterion])
    return found


def units_asked(question: Question) -> dict[str, int]:
    """Group → how many distinct units were asked at least one of its criteria."""
    restated = question.restated_on is not None
    return dict(rows_of(text_with(("counting",), BODY, view=question.view, restated=restated), question.parameters()))
