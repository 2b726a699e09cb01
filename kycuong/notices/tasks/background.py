"""The tick that a server runs beside its pages, so that a small office needs no timer of the machine."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta

from django.conf import settings
from django.db import connections

from kycuong.core.clock import today

from .running import Told, tick
from .turns import is_due
from .unhurried import beside_pages

SECONDS = 60
"""How often it is asked whether a run is due. With several servers each asks, and the turn decides."""


def start() -> threading.Thread | None:
    """A thread in this process, unless it is switched off."""
    if not settings.TICK_MINUTES:
        return None
    thread = threading.Thread(target=_among_pages, name="tick", daemon=True)
    thread.start()
    return thread


def _among_pages() -> None:
    with beside_pages():
        forever()


def forever() -> None:
    while True:
        once()
        connections.close_all()
        time.sleep(SECONDS)


def once() -> Told | None:
    """A tick, if one is due. What goes wrong (no database, for one) is told in the server's log, and tried again."""
    try:
        every = timedelta(minutes=settings.TICK_MINUTES)
        return tick(today(), every=every) if is_due(every) else None
    except Exception:
        logging.getLogger(__name__).exception("tick")
        return None
