"""The API of inspections and visits."""

from . import teams
from .routes import router

__all__ = ["router", "teams"]
