"""How often people hear by e-mail, how long things are kept, and how a step of a tick says that it failed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
