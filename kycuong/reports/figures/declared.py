"""Which self-checks count for a scope, a period and a view: the visits of the form self-check that were signed (as sheets and earlier
years give them), and what units submitted in campaigns. Neither is an inspection; no other figure reads this."""

from __future__ import annotations

from .each import ONE, Place, cut_of
from .question import SUBJECT

FIRST = """COALESCE((SELECT MIN(o.submitted_on) FROM selfchecks_selfcheckreopening o WHERE o.self_check_id = s.id),
                 s.submitted_on)"""
"""The day on which it was first handed in: a correction moves it into no other period."""
CHECKS = f"""{FIRST} >= :first AND {FIRST} <= :last"""
CHECK_OF_UNIT = """JOIN selfchecks_selfcheck s ON s.unit_id = c.descendant_id
  JOIN selfchecks_selfcheckcampaign g ON g.id = s.campaign_id"""
CHECK_OF_LEAD = """JOIN selfchecks_selfcheckcampaign g ON g.authority_id = c.descendant_id
  JOIN selfchecks_selfcheck s ON s.campaign_id = g.id"""

AS_IT_WAS = f"""submitted AS (
  SELECT {{of_handed}}s.uid AS check_uid, {FIRST} AS submitted_on, s.unit_id, g.authority_id AS lead_id
  FROM orgs_closure c
  {{checks}}
  WHERE c.ancestor_id = :scope AND c.depth >= :nearest
    AND c.valid_from <= {FIRST} AND c.valid_to > {FIRST}
    AND {{counts}}{{cut_handed}}
)"""

RESTATED = f"""submitted AS (
  SELECT s.uid AS check_uid, {FIRST} AS submitted_on, s.unit_id, g.authority_id AS lead_id
  FROM selfchecks_selfcheck s
  JOIN selfchecks_selfcheckcampaign g ON g.id = s.campaign_id
  JOIN carried k ON k.unit_id = {{placed}}
  WHERE k.heirs = k.heirs_under AND {{counts}}
)"""


def submitted(view: str, *, restated: bool, place: Place = ONE) -> str:
    """The fragment `submitted`, one row for each self-check of a campaign that was handed in."""
    by_unit = view == SUBJECT
    if restated:
        return RESTATED.format(placed="s.unit_id" if by_unit else "g.authority_id", counts=CHECKS)
    checks, same = (CHECK_OF_UNIT, "s.unit_id") if by_unit else (CHECK_OF_LEAD, "g.authority_id")
    return AS_IT_WAS.format(checks=checks, counts=CHECKS, **{**place, "cut_handed": cut_of(place, "handed", same)})
