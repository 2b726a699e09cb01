"""Questions about self-checks."""

from __future__ import annotations

from .calendar import dated
from .gaps import CriterionGap, UnitGap, gaps_of
from .listing import campaigns_counted, rules_to_come
from .progress import Progress, ProgressLine, progress_of
from .reading import readable_by
from .sheets import criteria_asked, exceptions_said, lines_said
from .todos import todos
from .units import campaign_units, open_under, strangers_to, unit_named, units_asked, units_left_out

__all__ = [
    "CriterionGap",
    "Progress",
    "ProgressLine",
    "UnitGap",
    "campaign_units",
    "campaigns_counted",
    "criteria_asked",
    "dated",
    "exceptions_said",
    "gaps_of",
    "lines_said",
    "open_under",
    "progress_of",
    "readable_by",
    "rules_to_come",
    "strangers_to",
    "todos",
    "unit_named",
    "units_asked",
    "units_left_out",
]
