"""What is done to draws. Every act is a function here; nothing else writes these tables."""

from __future__ import annotations

from .closing import abandon_draw, reveal_draw
from .committing import FEATURE, Announced, Complaints, commit_draw, commit_inspectors
from .drawing import enter_beacon, look_at_draw, open_drawn_inspection
from .seating import seat_drawn

__all__ = [
    "FEATURE",
    "Announced",
    "Complaints",
    "abandon_draw",
    "commit_draw",
    "commit_inspectors",
    "enter_beacon",
    "look_at_draw",
    "open_drawn_inspection",
    "reveal_draw",
    "seat_drawn",
]
