"""The API of inspections, visits, their files and conclusions."""

from __future__ import annotations

from . import teams
from .conclusions import router as conclusions
from .files import router as files
from .replies import router as replies
from .routes import router

router.add_router("", files)
conclusions.add_router("", replies)

__all__ = ["conclusions", "router", "teams"]
