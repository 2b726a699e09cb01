"""The demonstration's calendar: what the library knows, a swap that came too late for it, the years that were confirmed."""

from __future__ import annotations

from datetime import date

from kycuong.deadlines.actions import confirm_year, fill_year, swap_days

FIRST_YEAR = 2018
LATE_SWAP = (date(2026, 1, 2), date(2026, 1, 10))
"""Announced on 25/12/2025, a week before the day off: such a swap reaches no library in time."""


def load_days_off(day: date) -> None:
    """Every year from the first to the next; those that have begun are confirmed, the next one waits for somebody."""
    for year in range(FIRST_YEAR, day.year + 2):
        fill_year(year, by=None)
    off, worked = LATE_SWAP
    if day.year >= off.year:
        swap_days(by=None, off=off, worked=worked, note="Bộ Nội vụ thông báo ngày 25/12/2025.")
    for year in range(FIRST_YEAR, day.year + 1):
        confirm_year(year, by=None, announcement="Đối chiếu khi nạp dữ liệu minh họa.")
