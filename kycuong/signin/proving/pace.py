"""How fast a program may call. Counted in each process by itself: an office with two of them lets a key call twice as often."""

from __future__ import annotations

import time
from threading import Lock

from django.conf import settings

from kycuong.signin.rules import too_many_calls

MINUTE = 60.0
_LOCK = Lock()
_CALLS: dict[str, tuple[float, int]] = {}
"""Key → when its minute began, and how often it has called since. Only keys that open are noted, so they are few."""


def ensure_pace(token_id: str) -> None:
    """Note a call; TooManyCalls once there were settings.KEY_CALLS within the minute. Zero: no limit."""
    if not settings.KEY_CALLS:
        return
    with _LOCK:
        moment = time.monotonic()
        began, calls = _CALLS.get(token_id, (moment, 0))
        if moment - began >= MINUTE:
            began, calls = moment, 0
        if calls >= settings.KEY_CALLS:
            raise too_many_calls(settings.KEY_CALLS, max(1, round(MINUTE - (moment - began))))
        _CALLS[token_id] = (began, calls + 1)


def forget_calls() -> None:
    """Begin anew."""
    with _LOCK:
        _CALLS.clear()
