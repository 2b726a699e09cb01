"""Questions about plans that span nouns."""

from __future__ import annotations

from .calendar import dated
from .duties import PlanLine, agency_name, cut_off, last_reminders, open_duties, plan_lines, units_that_owe
from .hands import submitter_of
from .items import (
    Heir,
    ItemLine,
    ceased_names,
    dropped_lines,
    heirs_of,
    item_lines,
    needs_units,
    standing_items,
    units_planned,
)
from .overlaps import Burden, Limits, Meetings, Overlap, limits_on, meetings
from .spreading import SpreadLine, spread_lines
from .todos import todos

__all__ = [
    "dated",
    "Burden",
    "Heir",
    "ItemLine",
    "Limits",
    "Meetings",
    "Overlap",
    "PlanLine",
    "SpreadLine",
    "agency_name",
    "ceased_names",
    "cut_off",
    "dropped_lines",
    "heirs_of",
    "item_lines",
    "last_reminders",
    "limits_on",
    "meetings",
    "needs_units",
    "open_duties",
    "plan_lines",
    "spread_lines",
    "standing_items",
    "submitter_of",
    "todos",
    "units_planned",
    "units_that_owe",
]
