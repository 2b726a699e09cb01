"""A tick: every step that the settings name, each by itself, so that one that fails stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from kycuong.core.clock import now
from kycuong.notices.models import TickRun
from kycuong.notices.queries import last_run_far_away
from kycuong.notices.rules import StepFailed

from . import turns

Step = TypeVar("Step", bound=Callable[[date], str])
LENGTH = 500
IN_DOUBT = "hour"
"""What stands in place of a step for a run that was not whole."""
WAITS = (
    "Giờ máy chủ cách lần chạy trước nhiều ngày, nên việc không rút lại được (xóa tên, hết hạn, gửi thư) đang chờ. "
    "Giờ sai thì sửa giờ máy; giờ đúng thì chạy ./run tick --hour-is-right một lần."
)


def in_pieces(step: Step) -> Step:
    """A step that opens its own transactions, because it talks to another machine: what it did before it failed stays."""
    step.in_pieces = True  # type: ignore[attr-defined]
    return step


def at_any_hour(step: Step) -> Step:
    """A step that does nothing which could not be undone if the clock were wrong: it runs while the hour is in doubt, too."""
    step.at_any_hour = True  # type: ignore[attr-defined]
    return step


@dataclass
class Told:
    """What a tick did, line by line, and what failed."""

    done: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def tick(day: date, *, every: timedelta | None = None, hour_is_right: bool = False) -> Told | None:
    """Run every step for the day. None when it is another run's turn, or the last one began less than `every` ago.

    Days away from the last whole run only what can be undone, until somebody says that the hour is right.
    """
    token = turns.take(every)
    if not token:
        return None
    told = Told()
    try:
        in_doubt = not hour_is_right and last_run_far_away() is not None
        # No whole run: what the next hour is compared with stays.
        whole = TickRun.objects.create(step=IN_DOUBT if in_doubt else "")
        for path in _steps(in_doubt=in_doubt):
            if not turns.still_ours(token):
                told.faults.append("Lần chạy này quá chậm nên một lần khác đã làm thay.")
                break
            _step(path, day, told)
    finally:
        turns.give_back(token)
    if in_doubt:
        told.faults.insert(0, WAITS)
    _end(whole, said="", fault=WAITS if in_doubt else f"{len(told.faults)} bước không xong." if told.faults else "")
    return told


def _steps(*, in_doubt: bool) -> list[str]:
    return [path for path in settings.TICKS if not in_doubt or getattr(import_string(path), "at_any_hour", False)]


def _step(path: str, day: date, told: Told) -> None:
    row, said, fault = TickRun.objects.create(step=path), "", ""
    try:
        step = import_string(path)
        with nullcontext() if getattr(step, "in_pieces", False) else transaction.atomic():
            said = step(day)
    except StepFailed as error:
        fault = str(error)
    except Exception as error:  # whatever it is, the other steps go on
        logging.getLogger(__name__).exception("tick: %s", path)
        # Only its kind: its words may hold what the readers of the page must not learn.
        fault = f"Lỗi {type(error).__name__}; chi tiết ở nhật ký của máy chủ."
    if said:
        told.done.append(said)
    if fault:
        told.faults.append(f"{path}: {fault}")
    if said or fault:
        _end(row, said=said, fault=fault)
    else:
        row.delete()


def _end(row: TickRun, *, said: str, fault: str) -> None:
    """Close the row; where the last one of the step said the same today, count that one up instead."""
    row.ended_at, row.said, row.fault = now(), said[:LENGTH], fault[:LENGTH]
    before = TickRun.objects.filter(step=row.step, pk__lt=row.pk).order_by("-pk").first()
    alike = before is not None and before.ended_at is not None and (before.said, before.fault) == (row.said, row.fault)
    if before and alike and _day(before) == _day(row):
        TickRun.objects.filter(pk=before.pk).update(ended_at=row.ended_at, times=F("times") + 1)
        row.delete()
    else:
        row.save(update_fields=["ended_at", "said", "fault"])


def _day(row: TickRun) -> date:
    return timezone.localtime(row.begun_at).date()
