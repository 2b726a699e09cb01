"""What runs by itself: a backup when one is due, and old ones tidied away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.conf import settings

from kycuong.core.problems import Busy, Problem
from kycuong.notices.rules import StepFailed
from kycuong.notices.tasks.running import at_any_hour, in_pieces

from .copies import take_backup
from .store import Folder, read_recipient, remembered, sweep_remains

SLACK = 0.25
"""Hours: runs come every few minutes, and a backup a day should not wander through the day."""


@at_any_hour
@in_pieces
def take_due_backup(today: date) -> str:
    """Where a folder and a key are set, so many hours after the last good one; after a failure at each run again.

    The last step of a tick: it may take long. The folder must have been begun by hand: an empty one may be a disk that is not mounted.
    """
    sweep_remains()
    if not (settings.BACKUP_FOLDER and settings.BACKUP_KEY):
        return ""
    folder, last = Folder(Path(settings.BACKUP_FOLDER)), remembered("good")
    if last and last.is_in(folder) and 0 <= last.hours < settings.BACKUP_HOURS - SLACK:
        return ""
    try:
        recipient = read_recipient(settings.BACKUP_KEY)
        taken = take_backup(
            folder, recipient, keep=settings.BACKUP_KEEP, progress=lambda done, total: None, begin=False
        )
    except Busy:
        return ""
    except Problem as problem:
        raise StepFailed(problem.vi) from None
    return f"Đã sao lưu vào {taken.archive}."
