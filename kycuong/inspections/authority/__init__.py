"""Who may do what at an inspection: by a role at its lead authority or a seat on its team, and never against a conflict of interest."""

from __future__ import annotations

from .conflicts import Conflict, Tie, conflict_of, conflict_of_any, conflicts_at, opened_ties, sealed_tie, ties_between
from .seats import acting_as, authorize, by_seat, can

__all__ = [
    "Conflict",
    "Tie",
    "acting_as",
    "authorize",
    "by_seat",
    "can",
    "conflict_of",
    "conflict_of_any",
    "conflicts_at",
    "opened_ties",
    "sealed_tie",
    "ties_between",
]
