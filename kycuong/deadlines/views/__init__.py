"""Pages of the calendar of days off, by what is done there."""

from __future__ import annotations

from .keeping import add, confirm, fill, remove, swap, withdraw
from .reading import days_off

__all__ = ["add", "confirm", "days_off", "fill", "remove", "swap", "withdraw"]
