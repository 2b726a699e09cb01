"""The API of inspections and visits."""

from .routes import router

__all__ = ["router"]
