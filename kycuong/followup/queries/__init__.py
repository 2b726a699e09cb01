"""Questions about recommendations that pages, acts and other capabilities ask."""

from __future__ import annotations

from .drafting import offered_for, unanswered_findings
from .listing import Standing, Wanted, recommendations_wanted, standing_of, unit_names
from .remedies import bytes_of, trail_of
from .todos import todos

__all__ = [
    "Standing",
    "Wanted",
    "bytes_of",
    "offered_for",
    "recommendations_wanted",
    "standing_of",
    "todos",
    "trail_of",
    "unanswered_findings",
    "unit_names",
]
