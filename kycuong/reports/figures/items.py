"""Pass rates by criterion, kind of unit and year, over every single answer. Only an export holds answers row by row, so only there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .answers_by_criterion import ON_FORM
from .events import text_with
from .figure import rate
from .question import Question
from .runner import rows_of

YEAR = "SUBSTR(CAST(n.visited_on AS VARCHAR(10)), 1, 4)"
OUTCOMES = ("pass", "partial", "fail", "not_applicable")
SUMS = ", ".join(f"SUM(CASE WHEN a.outcome = '{outcome}' THEN 1 ELSE 0 END)" for outcome in OUTCOMES)
BODY = f"""SELECT a.criterion_code AS code, COALESCE(w.kind, '') AS kind, {YEAR} AS visited_in, {SUMS}
FROM counting n
JOIN facts_answer a ON a.visit_id = n.visit_id
JOIN catalog_criterion r ON r.code = a.criterion_code AND {ON_FORM}
LEFT JOIN orgs_unitversion w ON w.unit_id = n.subject_id AND w.valid_from <= n.visited_on AND w.valid_to > n.visited_on
GROUP BY a.criterion_code, COALESCE(w.kind, ''), {YEAR}"""
"""A criterion counts where «Kết quả theo tiêu chí» counts it: asked on the form of the visit, and not an optional one. The kind is
that of the unit on the day of the visit."""


@dataclass(frozen=True, order=True)
class Item:
    """The answers to one criterion at units of one kind in one year."""

    criterion: str
    kind: str
    year: int
    passed: int
    partial: int
    fail: int
    not_applicable: int

    @property
    def rate(self) -> dict[str, int | float | None]:
        """Passes of what was judged; «not applicable» is neither."""
        return rate(self.passed, self.passed + self.partial + self.fail)

    def as_dict(self) -> dict[str, Any]:
        told: dict[str, Any] = {"criterion": self.criterion, "kind": self.kind, "year": self.year, "pass": self.passed}
        return told | {
            "partial": self.partial,
            "fail": self.fail,
            "not_applicable": self.not_applicable,
            "pass_rate": self.rate,
        }


def items(question: Question) -> list[Item]:
    """Every criterion that was answered, by kind and year. Asked inside `counted_by`."""
    text = text_with(("counting",), BODY, view=question.view, restated=question.restated_on is not None)
    rows = rows_of(text, question.parameters())
    return sorted(Item(code, kind, int(year), *map(int, counts)) for code, kind, year, *counts in rows)
