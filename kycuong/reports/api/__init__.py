"""The API of figures, and of the one that is restricted."""

from __future__ import annotations

from .accountability import router as restricted
from .routes import router

__all__ = ["restricted", "router"]
