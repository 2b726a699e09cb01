"""The pages of plans and themes."""

from __future__ import annotations

from .plans import change, new, plan, plans, unit_options
from .steps import STEPS, number, step
from .themes import theme

__all__ = ["STEPS", "change", "new", "number", "plan", "plans", "step", "theme", "unit_options"]
