"""The API of figures."""

from __future__ import annotations

from . import scoring
from .figures import router

__all__ = ["router", "scoring"]
