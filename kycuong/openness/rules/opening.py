"""When the public page is open: switched by somebody, from a day on; what was switched last decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kycuong.core.problems import BadInput, RuleBroken

AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Switched:
    """One switching: open or closed, from a day on. In a sequence the one that was made last stands last."""

    opens: bool
    valid_from: date
    hears: bool = False
    """Whether everybody may report, too."""


def is_open(switched: Sequence[Switched], day: date) -> bool:
    """Closed before anybody opened it. Closing today also takes back an opening that was still to come."""
    reached = [one for one in switched if one.valid_from <= day]
    return bool(reached) and reached[-1].opens


def is_hearing(switched: Sequence[Switched], day: date) -> bool:
    """Whether everybody may report on the day: only while the page is open."""
    reached = [one for one in switched if one.valid_from <= day]
    return bool(reached) and reached[-1].opens and reached[-1].hears


def was_open_between(switched: Sequence[Switched], first: date, last: date) -> bool:
    """Whether anybody could read the page on one of the days, both included."""
    days = {first, *(one.valid_from for one in switched if first < one.valid_from <= last)}
    return first <= last and any(is_open(switched, day) for day in days)


def ensure_opening(
    switched: Sequence[Switched], opens: bool, *, valid_from: date, today: date, hears: bool = False
) -> None:
    """Opened from today or a day to come on; closed at once; never to what it is already."""
    if not opens and valid_from != today:
        raise BadInput(
            "Tắt trang công khai thì có hiệu lực ngay hôm nay.",
            en="The page closes at once, today.",
            errors=[{"field": "valid_from", "vi": "Hãy để ngày hôm nay.", "en": "Leave it today."}],
        )
    if not today <= valid_from <= today + AHEAD:
        raise BadInput(
            f"Ngày mở phải từ {today:%d/%m/%Y} và trong vòng một năm.",
            en="The page opens between today and a year from now.",
            errors=[{"field": "valid_from", "vi": "Hãy chọn ngày khác.", "en": "Choose another day."}],
        )
    coming = [one for one in switched if one.opens and one.valid_from > today]
    opened = is_open(switched, today)
    changes = opens and opened and hears != is_hearing(switched, today)
    if opens == opened and not changes and (opens or not coming):
        raise RuleBroken(
            "Trang công khai đang mở rồi." if opened else "Trang công khai chưa mở.",
            en="The public page is open already." if opened else "The public page is not open.",
        )


def ensure_reason(reason: str) -> None:
    """Whoever decides for the province says by what right, or why."""
    if not reason.strip():
        raise BadInput(
            "Hãy ghi căn cứ hoặc lý do (ví dụ số văn bản chỉ đạo).",
            en="Say on what ground, or why (the number of the decision, for example).",
            errors=[{"field": "reason", "vi": "Chưa ghi căn cứ.", "en": "No ground is given."}],
        )
