"""Many lead authorities at once: what the figures count for each of them, in as many texts as for one.

The texts are those of the figures; only what they group by differs. Asked by lead, with the hierarchy as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from . import accountability, inspections_concluded, tallies
from .each import EACH
from .events import text_with
from .figure import Column, Row, plain
from .question import LEAD, Question
from .runner import rows_of

MEASURED = f"""{accountability.taken(LEAD)}
  AND c.depth > 0 AND p.ancestor_id = :scope AND p.depth = 1 AND p.valid_from <= v.visited_on AND p.valid_to > v.visited_on""".replace(
    "WHERE",
    "JOIN orgs_closure q ON q.descendant_id = i.lead_id AND q.valid_from <= v.visited_on AND q.valid_to > v.visited_on\n"
    "JOIN orgs_closure p ON p.descendant_id = q.ancestor_id\nWHERE",
)
"""Who stood directly below the scope on the day of a visit, with its lead: measures that were decided since are told there."""
ALONE = 0
"""The row of the scope itself, without what is under it."""

CANDIDATES = f"""SELECT u.id, u.slug, COALESCE(w.name, u.slug), w.kind, w.sort_key, CASE WHEN w.valid_to > :last THEN 1 ELSE 0 END,
       CASE WHEN EXISTS (SELECT 1 FROM plans_planduty d WHERE d.kind = w.kind AND d.valid_from <= :last
                         AND d.valid_to > :last) THEN 1 ELSE 0 END AS owes,
       (SELECT MAX(k.valid_to) FROM orgs_closure k WHERE k.ancestor_id = :scope AND k.descendant_id = r.unit_id AND k.depth = 1
        AND k.valid_from <= :last) AS until
FROM (SELECT k.descendant_id AS unit_id FROM orgs_closure k
      WHERE k.ancestor_id = :scope AND k.depth = 1 AND k.valid_from <= :last AND k.valid_to > :first
      UNION
      SELECT p.descendant_id {MEASURED}) r
JOIN orgs_unit u ON u.id = r.unit_id
LEFT JOIN (SELECT x.unit_id, MAX(x.valid_from) AS since FROM orgs_unitversion x WHERE x.valid_from <= :last GROUP BY x.unit_id) y
  ON y.unit_id = r.unit_id
LEFT JOIN orgs_unitversion w ON w.unit_id = y.unit_id AND w.valid_from = y.since
ORDER BY w.sort_key, u.slug"""
PLANS = """SELECT agency_id, number, issued_on, target_units, target_percent
FROM plans_inspectionplan WHERE agency_id IN (:rows) AND year = :year AND issued_on <= :last"""
MEASURES = f"""SELECT c.row_id, k.code, k.disciplinary, m.about, COUNT(*)
{accountability.taken(LEAD, accountability.OF_EACH)}
GROUP BY c.row_id, k.code, k.disciplinary, m.about"""


@dataclass(frozen=True)
class Authority:
    """A unit that stood directly below the scope on some day of the question."""

    pk: int
    slug: str
    name: str
    kind: str
    exists: bool
    owes_plan: bool
    left_on: date | None = None
    """The first day on which it no longer stood there, by the cut-off."""


@dataclass(frozen=True)
class IssuedPlan:
    """Its plan of the year, issued by the cut-off."""

    number: str
    issued_on: date
    target_units: int | None
    target_percent: int | None


@dataclass
class Counted:
    """The rows of the tallies of one authority, as the figures read them."""

    forms: list[Row] = field(default_factory=list)
    units: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    recommendations: list[Row] = field(default_factory=list)
    concluded: list[Row] = field(default_factory=list)
    measures: list[Row] = field(default_factory=list)


TEXTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "forms": (tallies.FORMS_TEXT, ("counting",)),
    "units": (tallies.UNITS_TEXT, ("counting", "standing")),
    "findings": (tallies.FINDINGS_TEXT, ("counting",)),
    "recommendations": (tallies.RECOMMENDATIONS_TEXT, ("recommended",)),
    "concluded": (inspections_concluded.CONCLUDED_TEXT, ("counting",)),
    "measures": (MEASURES, ()),
}
"""What is counted → its text and the fragments that it needs."""


@cache
def text_of(name: str) -> str:
    body, needs = TEXTS[name]
    body = body.format(**EACH)
    return text_with(("under", *needs), body, view=LEAD, restated=False, place=EACH)


def authorities(question: Question) -> list[Authority]:
    """Who may have a line: every unit directly below the scope on a day between the first and the last, or that a measure concerns."""
    rows = rows_of(CANDIDATES, question.parameters())
    found, day = [], Column("until", "", "day")
    for pk, slug, name, kind, _key, exists, owes, until in rows:
        end = plain(until, day)
        left = end if end <= question.period.last else None
        found.append(Authority(pk, slug, name, kind or "", bool(exists), bool(exists and owes and not left), left))
    return found


def plans_of(question: Question, keys: Sequence[int]) -> dict[int, IssuedPlan]:
    """Authority → its plan."""
    day = Column("issued_on", "", "day")
    return {
        key: IssuedPlan(number, plain(issued, day), units, percent)
        for key, number, issued, units, percent in rows_of(PLANS, {**question.parameters(), "rows": list(keys)})
    }


def counted(question: Question, keys: Sequence[int], names: Iterable[str] = tuple(TEXTS)) -> dict[int, Counted]:
    """Row (an authority with all under it, or ALONE) → what is counted there. One text for each name, however many rows."""
    values: dict[str, Any] = {**question.parameters(), "rows": list(keys)}
    found = {key: Counted() for key in (*keys, ALONE)}
    for name in names:
        for row, *cells in rows_of(text_of(name), values):
            getattr(found[row], name).append(tuple(cells))
    return found
