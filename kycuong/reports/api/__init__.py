"""The API of figures, and of the one that is restricted."""

from __future__ import annotations

from . import scoring, summary
from .accountability import router as restricted
from .figures import router

__all__ = ["restricted", "router", "scoring", "summary"]
