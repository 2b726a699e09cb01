"""What an announcement may be, how often people hear by e-mail, how long things are kept, and how a step of a tick says that it failed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, RuleBroken

KEPT = timedelta(days=400)
"""Read notices, digests and runs older than this are removed: a year and a little."""
NEWS = timedelta(days=14)
"""What could not be mailed for so long stays in the inbox and is not mailed any more."""
DEAD = timedelta(minutes=15)
"""A run that has not shown itself for so long has died: another one takes its turn."""
ASLEEP = timedelta(hours=26)
"""After so long without a run the page says that something is wrong: once a day is often enough, and an hour may slip."""

FAR = timedelta(days=12)
"""So far from the last whole run, ahead or back, an hour is believed only when a person says that it is right: longer than any holiday for which machines are switched off."""

LONGEST_TEXT = 500
"""Characters of an announcement: it stands above everybody's work."""
LONGEST = timedelta(days=366)
"""What everybody should know for longer than a year is no announcement."""


class Wish(models.TextChoices):
    """When a person wants a digest by e-mail."""

    DAILY = "daily", _("Mỗi ngày một thư, khi có thông báo mới")
    DUE = "due", _("Chỉ khi có việc đến hạn hoặc quá hạn")
    NEVER = "never", _("Không gửi thư")


class StepFailed(Exception):
    """A step of a tick could not do its work; the sentence stands on a page and so names no record and no person."""


def is_far(last: datetime, moment: datetime) -> bool:
    """Whether a clock that was set wrong is likelier than a machine that rested: terms would pass and names be erased for good."""
    return abs(moment - last) > FAR


def digest_cut(moment: datetime, hour: int) -> tuple[date, datetime]:
    """The day whose digest is due, and the moment up to which it tells: the last time that the clock struck `hour`.

    A tick that runs before that hour sends what the day before has left, so that one run a day is enough at any hour.
    """
    local = timezone.localtime(moment)
    day = local.date() if local.hour >= hour else local.date() - timedelta(days=1)
    return day, timezone.make_aware(datetime.combine(day, time(hour)))


def ensure_announcement(text: str, first: date, last: date, *, today: date) -> None:
    """A text of one breath, on days that are in order and not over yet."""
    if not text:
        raise _at("text", "Hãy ghi nội dung thông báo.", "Write what is to be announced.")
    if len(text) > LONGEST_TEXT:
        raise _at(
            "text",
            f"Nội dung dài {len(text)} ký tự; hãy rút còn {LONGEST_TEXT} ký tự trở xuống.",
            f"The text has {len(text)} characters; shorten it to {LONGEST_TEXT} or fewer.",
        )
    if first < today:
        raise _at(
            "first_on",
            f"Ngày đầu {first:%d/%m/%Y} đã qua; hãy chọn từ hôm nay trở đi, hoặc để trống là từ hôm nay.",
            f"The first day {first:%d/%m/%Y} is over; choose today or later, or leave it empty for today.",
        )
    if last < first:
        raise _at(
            "last_on",
            f"Ngày cuối ({last:%d/%m/%Y}) trước ngày đầu ({first:%d/%m/%Y}); hãy ghi lại.",
            f"The last day ({last:%d/%m/%Y}) comes before the first ({first:%d/%m/%Y}); correct one of them.",
        )
    if last - first > LONGEST:
        raise _at(
            "last_on",
            "Thông báo hiện nhiều nhất một năm; hãy chọn ngày cuối sớm hơn.",
            "An announcement is shown for a year at most; choose an earlier last day.",
        )


def ensure_unit_goes_on(name: str, goes_on: bool, *, heirs: Collection[str]) -> None:
    """A unit that has ended is told nothing more; those that carry it on are."""
    if not goes_on:
        instead = "; ".join(heirs)
        raise _at(
            "unit",
            f"{name} đã kết thúc hoạt động."
            + (f" Hãy gửi tới đơn vị kế thừa: {instead}." if heirs else " Hãy chọn đơn vị khác."),
            f"{name} has ended."
            + (f" Announce it to the units that carry it on: {instead}." if heirs else " Choose another unit."),
        )


def ensure_still_shown(over: bool) -> None:
    """What is over cannot be ended."""
    if over:
        raise RuleBroken(
            "Thông báo này đã hết hạn hoặc đã được kết thúc. Hãy tải lại trang.",
            en="This announcement is over or was ended already. Reload the page.",
        )


def _at(field: str, vi: str, en: str) -> BadInput:
    return BadInput(vi, en=en, errors=[{"field": field, "vi": vi, "en": en}])
