"""The settings of periodic reports: usual terms by kind of period, and when agencies are reminded.

The numbers are proposals that a practitioner should review.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta

from kycuong.core.problems import BadInput
from kycuong.reports.rules.periods import Period

from .states import MOST_DAYS

PARTS = {"Q": "quarter_days", "H": "half_days", "": "year_days"}


@dataclass(frozen=True, slots=True)
class RoundTerms:
    """What holds from a day on. Days are working days after the cut-off."""

    month_days: int = 3
    quarter_days: int = 5
    half_days: int = 7
    year_days: int = 10
    other_days: int = 5
    ahead: int = 2
    again_after: int = 3

    def usual(self, period_name: str) -> int:
        """The usual term of a period by its name: «2019-Q1», «nd09:2019», «2019-04»; any two days have none."""
        if not period_name:
            return self.other_days
        part = period_name.rpartition(":")[2].partition("-")[2]
        return int(getattr(self, PARTS.get(part[:1], "month_days")))


def usual_title(period: Period) -> str:
    """«Báo cáo quý I năm 2026»; of any two days «Báo cáo từ … đến …»."""
    said = period.label if period.name else f"từ {period.first:%d/%m/%Y} đến {period.last:%d/%m/%Y}"
    return f"Báo cáo {said[:1].lower()}{said[1:]}"


def ensure_terms(terms: RoundTerms, *, valid_from: date, today: date) -> None:
    """Terms that mean something, from today on: what was opened before keeps the term it was opened with."""
    faults = []
    if valid_from < today or valid_from > today + timedelta(days=366):
        faults.append(("valid_from", "Từ hôm nay và trong vòng một năm.", "Between today and a year from now."))
    for one in fields(terms):
        least, value = 0 if one.name == "ahead" else 1, getattr(terms, one.name)
        if not least <= value <= MOST_DAYS:
            said = f"Phải từ {least} đến {MOST_DAYS} ngày làm việc."
            faults.append((one.name, said, f"Between {least} and {MOST_DAYS} working days."))
    if faults:
        raise BadInput(
            "Có số chưa đúng; hãy xem ở từng ô.",
            en="Some numbers are not in order; look at each.",
            errors=[{"field": field, "vi": vi, "en": en} for field, vi, en in faults],
        )
