"""Questions about plans that span nouns."""

from __future__ import annotations

from .duties import PlanLine, agency_name, cut_off, open_duties, plan_lines, units_that_owe
from .items import Heir, ItemLine, ceased_names, dropped_lines, heirs_of, item_lines, needs_units, units_planned

__all__ = [
    "Heir",
    "ItemLine",
    "PlanLine",
    "agency_name",
    "ceased_names",
    "cut_off",
    "dropped_lines",
    "heirs_of",
    "item_lines",
    "needs_units",
    "open_duties",
    "plan_lines",
    "units_planned",
    "units_that_owe",
]
