"""The API of the organisation, and of who stands in for whom."""

from __future__ import annotations

from .standing_in import router as standing_in
from .units import REFUSED, Problem, router

__all__ = ["REFUSED", "Problem", "router", "standing_in"]
