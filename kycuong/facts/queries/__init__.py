"""An export as something that answers SQL, and what it says about units."""

from .engines import DUCKDB, Engine, opened
from .units import Found, unit_called

__all__ = ["DUCKDB", "Engine", "Found", "opened", "unit_called"]
