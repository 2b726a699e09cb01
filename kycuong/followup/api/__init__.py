"""The API of recommendations."""

from __future__ import annotations

from .routes import router

__all__ = ["router"]
