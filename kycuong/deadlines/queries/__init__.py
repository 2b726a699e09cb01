"""Questions about working days: terms, counts, the calendar of a stretch."""

from __future__ import annotations

from .terms import calendar_of, term_of, terms_of, working_days_between

__all__ = ["calendar_of", "term_of", "terms_of", "working_days_between"]
