"""The API of periodic reports."""

from __future__ import annotations

from .routes import router

__all__ = ["router"]
