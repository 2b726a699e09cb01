"""What the public page shows, and what whoever answers for it may see beforehand."""

from __future__ import annotations

from .corrections import Correction, corrections
from .register import Listed, PublicVisit, coming, told_of, years_of
from .sums import YearTable, year_table
from .switching import Standing, has_heard, held_rules, history, is_hearing_now, is_open_now, standing
from .todos import todos

__all__ = [
    "Correction",
    "Listed",
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
    "todos",
    "told_of",
    "year_table",
    "years_of",
]
