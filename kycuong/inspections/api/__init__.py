"""The API of inspections, visits, their files and conclusions."""

from __future__ import annotations

from . import teams
from .conclusions import router as conclusions
from .files import router as files
from .routes import router

router.add_router("", files)

__all__ = ["conclusions", "router", "teams"]
