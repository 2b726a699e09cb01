"""The pages of plans and themes."""

from __future__ import annotations

from .items import copy, item, new_item, remove_item
from .plans import change, new, plan, plans, unit_options
from .steps import STEPS, number, step
from .themes import theme

__all__ = [
    "STEPS",
    "change",
    "copy",
    "item",
    "new",
    "new_item",
    "number",
    "plan",
    "plans",
    "remove_item",
    "step",
    "theme",
    "unit_options",
]
