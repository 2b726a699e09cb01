"""The API of self-checks."""

from __future__ import annotations

from .routes import router

__all__ = ["router"]
