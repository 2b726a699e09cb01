"""Another day than today's, for every module of the product that asks which day it is."""

from __future__ import annotations

import sys
import time
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from kycuong.core import clock

REAL = clock.today


def it_is(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """From here it is this day. What is stored as a moment keeps the real one."""
    for name, module in list(sys.modules.items()):
        if name.startswith("kycuong.") and hasattr(module, "today") and callable(module.today):
            monkeypatch.setattr(module, "today", lambda: day)


class Jumping:
    """The clock of the machine, which somebody sets: forward, back, by a second or a year. It goes on from there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead, really, nanoseconds = timedelta(), timezone.now, time.time_ns
        monkeypatch.setattr(timezone, "now", lambda: really() + self.ahead)
        monkeypatch.setattr(time, "time_ns", lambda: nanoseconds() + self.ahead // timedelta(microseconds=1) * 1000)

    def by(self, span: timedelta) -> datetime:
        self.ahead += span
        return timezone.now()
