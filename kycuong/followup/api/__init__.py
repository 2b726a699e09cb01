"""The API of recommendations and of measures."""

from __future__ import annotations

from .measures import router as measures
from .routes import router

__all__ = ["measures", "router"]
