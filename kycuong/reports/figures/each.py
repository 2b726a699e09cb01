"""One scope, or many at once: what the shared fragments say in either case, so that both count by the same text.

A row is the scope, or a unit directly below it, with all that is under it; row 0 is the scope alone, without what is under it.
"""

from __future__ import annotations

Place = dict[str, str]

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

ALIASES = ("c", "t", "n", "s")


def placed(row: str, closure: str, within: str, below: str) -> Place:
    """The words of the fragments: the row that a line belongs to, and where it is asked for."""
    mine = {f"of_{alias}": f"{alias}.{row}, " if row else "" for alias in ALIASES}
    return {**mine, "own": f"{row}, " if row else "", "closure": closure, "within": within, "below": below}


ONE = placed(
    "", "orgs_closure c", "c.ancestor_id = :scope AND c.depth >= :nearest", "c.ancestor_id = :scope AND c.depth > 0"
)
"""One scope: nothing is told apart."""
EACH = placed("row_id", "under c", "c.depth >= :nearest", "c.depth > 0")
"""Each row of `under`; by lead, where the unit itself counts, too."""
