"""Triggers that note, in the writer's own transaction, which blocks of figures a write touches.

They stand only where cells are kept, in a nation and in a large province: a small one writes without them. See touched.py and making.py.
"""

from __future__ import annotations

from .looking import astray, changed, standing
from .making import expected
from .raising import bump_everything, lower, raise_walls
from .touched import BLOCK, EVERYTHING, TOUCHED

__all__ = [
    "BLOCK",
    "EVERYTHING",
    "TOUCHED",
    "astray",
    "bump_everything",
    "changed",
    "expected",
    "lower",
    "raise_walls",
    "standing",
]
