"""The export itself, its description for machines, and its page for people."""

from __future__ import annotations

from .writing import Taken, hand_over

__all__ = ["Taken", "hand_over"]
