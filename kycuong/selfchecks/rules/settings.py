"""The settings of self-checks: how long a declaration is compared with visits, and when units are reminded.

The numbers are proposals that a practitioner should review.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from kycuong.core.problems import BadInput


@dataclass(frozen=True, slots=True)
class SelfCheckTerms:
    """What holds from a day on. Days are working days."""

    window_months: int = 12
    ahead: int = 3
    again_after: int = 5


def ensure_terms(terms: SelfCheckTerms, *, valid_from: date, today: date) -> None:
    """Terms that mean something, from today on: what was sent before keeps the terms it was sent with."""
    faults = []
    if valid_from < today or valid_from > today + timedelta(days=366):
        faults.append(("valid_from", "Từ hôm nay và trong vòng một năm.", "Between today and a year from now."))
    if not 1 <= terms.window_months <= 36:
        faults.append(("window_months", "Phải từ 1 đến 36 tháng.", "Between 1 and 36 months."))
    if not 0 <= terms.ahead <= 60:
        faults.append(("ahead", "Phải từ 0 đến 60 ngày làm việc.", "Between 0 and 60 working days."))
    if not 1 <= terms.again_after <= 60:
        faults.append(("again_after", "Phải từ 1 đến 60 ngày làm việc.", "Between 1 and 60 working days."))
    if faults:
        raise BadInput(
            "Có số chưa đúng; hãy xem ở từng ô.",
            en="Some numbers are not in order; look at each.",
            errors=[{"field": field, "vi": vi, "en": en} for field, vi, en in faults],
        )


def last_day_of_window(submitted_on: date, months: int) -> date:
    """The last day on which a visit is compared with what was submitted: the same day so many months later."""
    year, month = divmod(submitted_on.year * 12 + submitted_on.month - 1 + months, 12)
    return date(year, month + 1, min(submitted_on.day, calendar.monthrange(year, month + 1)[1]))
