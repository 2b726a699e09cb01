"""The API of inspections, visits and conclusions."""

from __future__ import annotations

from .conclusions import router as conclusions
from .routes import router

__all__ = ["conclusions", "router"]
