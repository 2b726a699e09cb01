"""Questions about recommendations that pages, acts and other capabilities ask."""

from __future__ import annotations

from .calendar import dated
from .chain import chain_links
from .drafting import is_drafting, offered_for, rules_to_come, unanswered_findings
from .followed import followed_elsewhere, followed_findings
from .listing import Standing, Wanted, recommendations_wanted, standing_of, standings_of, unit_names
from .passing import open_duties, receivers_of
from .remedies import bytes_of, trail_of
from .similar import Similar, similar_elsewhere
from .todos import todos

__all__ = [
    "chain_links",
    "Similar",
    "Standing",
    "Wanted",
    "bytes_of",
    "dated",
    "followed_elsewhere",
    "followed_findings",
    "is_drafting",
    "offered_for",
    "open_duties",
    "receivers_of",
    "recommendations_wanted",
    "rules_to_come",
    "similar_elsewhere",
    "standing_of",
    "standings_of",
    "todos",
    "trail_of",
    "unanswered_findings",
    "unit_names",
]
