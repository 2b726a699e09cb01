"""Long work of a tick gives way to the pages beside it, and ends before the turn is lost: what it has not reached waits for the next run."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

Row = TypeVar("Row")

LONGEST = 480
"""Seconds of one step: a slow one must not let the turn go by (`rules.DEAD`)."""

_BESIDE_PAGES: ContextVar[bool] = ContextVar("beside_pages", default=False)


@contextmanager
def beside_pages() -> Iterator[None]:
    """Inside, work is done by a process that answers pages, too."""
    token = _BESIDE_PAGES.set(True)
    try:
        yield
    finally:
        _BESIDE_PAGES.reset(token)


def unhurried(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, as long as time is left. Beside pages each is followed by a rest as long as it took: half of the process is theirs.

    Threads of one process take turns at its lock; one that never rests makes each question of a page wait for it
    (measured: docs/reference/nation.md, «Two hundred people at once»).
    """
    until = time.monotonic() + LONGEST
    for row in rows:
        begun = time.monotonic()
        yield row
        if _BESIDE_PAGES.get():
            time.sleep(time.monotonic() - begun)
        if time.monotonic() > until:
            return
