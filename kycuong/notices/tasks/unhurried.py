"""Long work of a tick that runs beside pages gives way to them, and ends before its turn is lost: what it has not reached waits for the next run."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import randbelow
from typing import TypeVar

Row = TypeVar("Row")

LONGEST = 480
"""Seconds of one step: a slow one must not let the turn go by (`rules.DEAD`)."""
LONGEST_REST = 5

_BESIDE_PAGES: ContextVar[bool] = ContextVar("beside_pages", default=False)


@contextmanager
def beside_pages() -> Iterator[None]:
    """Inside, work is done by a process that answers pages, too."""
    token = _BESIDE_PAGES.set(True)
    try:
        yield
    finally:
        _BESIDE_PAGES.reset(token)


def unhurried(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows. Beside pages each is followed by a rest as long as it took, so that half of the process is theirs, and what there is no time for is left.

    Threads of one process take turns at its lock; one that never rests makes each question of a page wait for it. Where a run
    begins chance decides, so that records for which there is nothing to do keep none from its turn for ever.
    """
    if not _BESIDE_PAGES.get():
        yield from rows
        return
    first = randbelow(len(rows)) if rows else 0
    until = time.monotonic() + LONGEST
    for row in [*rows[first:], *rows[:first]]:
        begun = time.monotonic()
        yield row
        if time.monotonic() > until:
            return
        time.sleep(min(time.monotonic() - begun, LONGEST_REST))
