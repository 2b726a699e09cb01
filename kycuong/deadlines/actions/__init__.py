"""What is done to the calendar of days off. Every act is a function here; nothing else writes these tables."""

from __future__ import annotations

from ._moving import KEEP, Change, top
from .days import add_day_off, remove_day_off, swap_days
from .years import confirm_year, fill_year, withdraw_confirmation

__all__ = [
    "KEEP",
    "Change",
    "add_day_off",
    "confirm_year",
    "fill_year",
    "remove_day_off",
    "swap_days",
    "top",
    "withdraw_confirmation",
]
