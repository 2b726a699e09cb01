"""The pages of plans and themes."""

from __future__ import annotations

from .items import copy, item, new_item, remove_item
from .overlaps import limits, overlaps
from .plans import change, new, plan, plans, unit_options
from .reminders import remind
from .spreading import new_spread, spread_by, spreading, withdraw_spread
from .steps import STEPS, number, step
from .themes import theme

__all__ = [
    "STEPS",
    "change",
    "copy",
    "item",
    "limits",
    "new",
    "new_item",
    "new_spread",
    "number",
    "overlaps",
    "plan",
    "plans",
    "remind",
    "remove_item",
    "spread_by",
    "spreading",
    "step",
    "theme",
    "unit_options",
    "withdraw_spread",
]
