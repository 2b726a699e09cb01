"""How long a phone may keep what, and when its people are told: a setting from a day on, told to each phone when it starts.

The numbers are proposals that a practitioner should review.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from kycuong.core.problems import BadInput

AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Policy:
    """What holds from a day on: hours without a word from the server before the app asks to be prepared anew; minutes until
    it locks; days until what is safely here is taken off the phone; hours after which the head of the team is told of what
    was not sent."""

    offline_hours: int = 72
    autolock_minutes: int = 5
    purge_days: int = 7
    tell_hours: int = 24


LIMITS = {
    "offline_hours": (1, 720, "Số giờ làm việc không có mạng", "Hours offline"),
    "autolock_minutes": (1, 60, "Số phút tự khóa", "Minutes until the phone locks"),
    "purge_days": (1, 365, "Số ngày giữ trên máy sau khi gửi", "Days until what was sent is taken off"),
    "tell_hours": (1, 720, "Số giờ báo trưởng đoàn", "Hours until the head is told"),
}
"""The least, the most, and how a person calls it."""


def ensure_policy(policy: Policy, *, valid_from: date, today: date) -> None:
    """Numbers that a phone can live with, from today on: what phones were told on earlier days stays on record."""
    for name, number in asdict(policy).items():
        least, most, vi, en = LIMITS[name]
        if not least <= number <= most:
            raise BadInput(
                f"{vi} phải từ {least} đến {most}.",
                en=f"{en}: {least} to {most}.",
                errors=[{"field": name, "vi": f"Hãy ghi từ {least} đến {most}.", "en": f"{least} to {most}."}],
            )
    if not today <= valid_from <= today + AHEAD:
        raise BadInput(
            f"Ngày áp dụng phải từ hôm nay ({today:%d/%m/%Y}) và trong vòng một năm.",
            en="The day from which it holds lies between today and a year from now.",
            errors=[
                {
                    "field": "valid_from",
                    "vi": "Hãy chọn từ hôm nay trở đi, trong vòng một năm.",
                    "en": "Choose today or later, within a year.",
                }
            ],
        )
