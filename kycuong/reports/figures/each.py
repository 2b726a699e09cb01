"""One scope, many at once, or one taken apart: what the shared fragments say in each case, so that all count by the same text.

A row is the scope, or a unit directly below it, with all that is under it; row 0 is the scope alone, without what is under it.
A block is a run of units by their numbers, or one lead: what belongs to one of them, wherever it stands. Blocks part a scope (cells.py).
"""

from __future__ import annotations

from kycuong.reports.walls import touched

Place = dict[str, str]
UNIT, LEAD = "unit", "lead"
"""By whose number what is counted is taken apart: the unit that it happened to, or the authority that led it."""

UNDER = """under AS (
  SELECT c.ancestor_id AS row_id, c.descendant_id, c.depth, c.valid_from, c.valid_to
  FROM orgs_closure c WHERE c.ancestor_id = :scope
  UNION ALL
  -- a row below the scope counts only while it stands directly below it: no event is in two rows, and none outside the scope
  SELECT c.ancestor_id, c.descendant_id, c.depth,
         CASE WHEN c.valid_from > p.valid_from THEN c.valid_from ELSE p.valid_from END,
         CASE WHEN c.valid_to < p.valid_to THEN c.valid_to ELSE p.valid_to END
  FROM orgs_closure p
  JOIN orgs_closure c ON c.ancestor_id = p.descendant_id AND c.valid_from < p.valid_to AND c.valid_to > p.valid_from
  WHERE p.ancestor_id = :scope AND p.depth = 1 AND p.descendant_id IN (:rows)
  UNION ALL
  SELECT 0, c.descendant_id, c.depth, c.valid_from, c.valid_to
  FROM orgs_closure c WHERE c.ancestor_id = :scope AND c.depth = 0
)"""

ALIASES = ("t", "n", "s", "a")
WHOSE = {"visit": "v.unit_id", "below": "c.descendant_id", "issued": "r.issued_to_id", "handed": "s.unit_id"}
"""Where a line first appears → the unit by whose number it is taken apart; a visit also by its lead."""


def placed(row: str, closure: str, within: str, below: str) -> Place:
    """The words of the fragments: the row that a line belongs to, and where it is asked for."""
    mine = {f"of_{alias}": f"{alias}.{row}, " if row else "" for alias in ALIASES}
    first = {f"of_{where}": f"c.{row}, " if row else "" for where in WHOSE}
    grouped = {"own": f"{row}, " if row else "", "grouped": f"GROUP BY {row}" if row else ""}
    whole = {f"cut_{where}": "" for where in WHOSE}
    return {**mine, **first, **grouped, **whole, "closure": closure, "within": within, "below": below}


ONE = placed(
    "", "orgs_closure c", "c.ancestor_id = :scope AND c.depth >= :nearest", "c.ancestor_id = :scope AND c.depth > 0"
)
"""One scope: nothing is told apart."""
EACH = placed("row_id", "under c", "c.depth >= :nearest", "c.depth > 0")
"""Each row of `under`; by lead, where the unit itself counts, too."""


def in_blocks(by: str, *, some: bool) -> Place:
    """The scope taken apart into blocks: all of them, or those of the units, or leads, that :units lists."""
    whose, block_of = ({"visit": "i.lead_id"}, touched.block_of_lead) if by == LEAD else (WHOSE, touched.block_of_unit)
    place = placed("block", ONE["closure"], ONE["within"], ONE["below"])
    for where, unit in whose.items():
        place[f"of_{where}"] = f"{block_of(unit)} AS block, "
        place[f"cut_{where}"] = f" AND {unit} IN (:units)" if some else ""
    return place


def cut_of(place: Place, where: str, same: str) -> str:
    """What cuts a text down to :units, told of the hierarchy, too, where it stands for the same unit as `same`: PostgreSQL knows
    that both are equal, yet carries no list from one to the other, and would begin at every unit of the scope."""
    cut = place[f"cut_{where}"]
    return cut + cut.replace(same, "c.descendant_id") if same in cut else cut
