"""When two plans meet in one unit: less than so many days apart, or perhaps; and how many visits a year a unit may bear."""

from __future__ import annotations

from datetime import date

from kycuong.core.problems import BadInput

from .items import span_of

SPAN_DAYS, VISITS_A_YEAR = 60, 2
"""What holds until an office sets other limits."""
MOST_DAYS, MOST_VISITS = 366, 50

When = tuple[int, int | None]
"""A year, and a month or None for throughout it."""


def least_days_between(one: When, other: When) -> int:
    """The fewest days that can lie between two visits in these months: 0 in one month, 1 in neighbouring ones."""
    (first_a, last_a), (first_b, last_b) = span_of(*one), span_of(*other)
    return max(0, (first_b - last_a).days, (first_a - last_b).days)


def is_near(one: When, other: When, *, span_days: int) -> bool:
    """Whether both months are known and the visits could be fewer than `span_days` apart."""
    return one[1] is not None and other[1] is not None and least_days_between(one, other) < span_days


def is_possible(one: When, other: When) -> bool:
    """Whether a plan leaves the month open, so that the two may meet within the year."""
    return one[0] == other[0] and (one[1] is None or other[1] is None)


def ensure_limits(span_days: int, visits_a_year: int, *, valid_from: date, today: date) -> None:
    """Limits that mean something, and that do not rewrite the past."""
    if not 1 <= span_days <= MOST_DAYS or not 1 <= visits_a_year <= MOST_VISITS:
        raise BadInput(
            f"Khoảng cách từ 1 đến {MOST_DAYS} ngày, số lượt mỗi năm từ 1 đến {MOST_VISITS}.",
            en=f"The span is 1 to {MOST_DAYS} days, the number of visits a year 1 to {MOST_VISITS}.",
        )
    if valid_from < today:
        raise BadInput(
            f"Giới hạn mới áp dụng từ hôm nay ({today:%d/%m/%Y}) trở đi.",
            en="A new limit holds from today on.",
            errors=[{"field": "valid_from", "vi": "Hãy chọn hôm nay hoặc ngày sau.", "en": "today or later"}],
        )
