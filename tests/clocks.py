"""Another day than today's, for every module of the product that asks which day it is."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from kycuong.core import clock

REAL = clock.today


def it_is(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """From here it is this day. What is stored as a moment keeps the real one."""
    for name, module in list(sys.modules.items()):
        if name.startswith("kycuong.") and hasattr(module, "today") and callable(module.today):
            monkeypatch.setattr(module, "today", lambda: day)
