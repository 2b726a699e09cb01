"""What the public page shows, and what whoever answers for it may see beforehand."""

from __future__ import annotations

from .corrections import Correction, corrections
from .register import PublicVisit, coming, years_of
from .sums import YearTable, year_table
from .switching import Standing, has_heard, held_rules, history, is_hearing_now, is_open_now, standing

__all__ = [
    "Correction",
    "PublicVisit",
    "Standing",
    "YearTable",
    "coming",
    "corrections",
    "has_heard",
    "held_rules",
    "is_hearing_now",
    "history",
    "is_open_now",
    "standing",
    "year_table",
    "years_of",
]
