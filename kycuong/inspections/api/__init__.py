"""The API of inspections and visits."""

from .files import router as files
from .routes import router

router.add_router("", files)

__all__ = ["router"]
