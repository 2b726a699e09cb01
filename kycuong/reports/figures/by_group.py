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
FROM (SELECT n.unit_id, r.code, r.group_id, SUM(n.visits) AS visits
      FROM (SELECT unit_id, checklist_id, checklist_form, COUNT(*) AS visits
            FROM counting GROUP BY unit_id, checklist_id, checklist_form) n
      JOIN catalog_criterion r ON {ON_FORM}
      GROUP BY n.unit_id, r.code, r.group_id) a
JOIN catalog_criteriongroup g ON g.id = a.group_id
LEFT JOIN (SELECT n.unit_id, r.group_id, e.criterion_code AS code, COUNT(*) AS silent
           FROM counting n
           JOIN inspections_answerexception e ON e.visit_id = n.visit_id AND e.outcome = 'not_asked'
           JOIN catalog_criterion r ON r.code = e.criterion_code AND {ON_FORM}
           GROUP BY n.unit_id, r.group_id, e.criterion_code) x
  ON x.unit_id = a.unit_id AND x.code = a.code AND x.group_id = a.group_id
WHERE a.visits > COALESCE(x.silent, 0)
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
