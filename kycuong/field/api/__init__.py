"""The API of the phone, under /api/v1/field/ (docs/reference/field-sync.md)."""

from __future__ import annotations

from .media import router as media
from .phones import router as phones
from .policy import router as policy
from .rescue import router as rescue
from .sync import router

router.add_router("", phones)
router.add_router("", media)
router.add_router("", policy)
router.add_router("", rescue)

__all__ = ["router"]
