"""What is true of the public page whoever asks: when it is open, when a visit comes onto it, which numbers stay hidden."""

from __future__ import annotations

from .opening import Switched, ensure_opening, ensure_reason, is_hearing, is_open, was_open_between
from .terms import LEAST, MOST_DAYS, PublicationTerms, ensure_terms, public_from, sums_from
from .words import Remedy, remedy_of

__all__ = [
    "LEAST",
    "MOST_DAYS",
    "PublicationTerms",
    "Remedy",
    "Switched",
    "ensure_opening",
    "ensure_reason",
    "ensure_terms",
    "is_hearing",
    "is_open",
    "public_from",
    "remedy_of",
    "sums_from",
    "was_open_between",
]
