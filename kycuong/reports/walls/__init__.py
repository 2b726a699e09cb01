"""Triggers that note, in the writer's own transaction, which blocks of a nation's figures a write touches.

They stand only where cells are kept, which is in a nation: a province writes without them. See raising.py and touched.py.
"""

from __future__ import annotations

from .raising import astray, bump_everything, expected, lower, raise_walls, standing
from .touched import BLOCK, EVERYTHING, TOUCHED

__all__ = [
    "BLOCK",
    "EVERYTHING",
    "TOUCHED",
    "astray",
    "bump_everything",
    "expected",
    "lower",
    "raise_walls",
    "standing",
]
