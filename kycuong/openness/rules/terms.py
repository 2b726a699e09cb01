"""How late what was concluded is told to everybody, and from which number on numbers are told. Proposals for review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kycuong.core.problems import BadInput

EMBARGO = 30
LEAST = 3
MOST_DAYS, MOST_LEAST = 365, 10


@dataclass(frozen=True, slots=True)
class PublicationTerms:
    """What holds from a day on: calendar days after the conclusion; the least number that is told."""

    embargo_days: int = EMBARGO
    least: int = LEAST


def public_from(concluded_on: date, terms: PublicationTerms) -> date:
    """The first day on which everybody may know of a visit, by the terms of the day on which it was concluded."""
    return concluded_on + timedelta(days=terms.embargo_days)


def sums_from(year: int) -> date:
    """From when on the findings of a year are added up: over what was public the day before, once and for all.

    Sums that grow from week to week tell, by their difference, the number of the one visit that came between.
    """
    return date(year + 1, 4, 1)


def ensure_terms(terms: PublicationTerms, *, valid_from: date, today: date) -> None:
    """Terms that mean something, from today on: what was concluded before keeps its day."""
    faults = []
    if valid_from < today or valid_from > today + timedelta(days=366):
        faults.append(("valid_from", "Từ hôm nay và trong vòng một năm.", "Between today and a year from now."))
    if not 0 <= terms.embargo_days <= MOST_DAYS:
        faults.append(("embargo_days", f"Phải từ 0 đến {MOST_DAYS} ngày.", f"Between 0 and {MOST_DAYS} days."))
    if not 2 <= terms.least <= MOST_LEAST:
        faults.append(("least", f"Phải từ 2 đến {MOST_LEAST}.", f"Between 2 and {MOST_LEAST}."))
    if faults:
        raise BadInput(
            "Có số chưa đúng; hãy xem ở từng ô.",
            en="Some numbers are not in order; look at each.",
            errors=[{"field": field, "vi": vi, "en": en} for field, vi, en in faults],
        )
