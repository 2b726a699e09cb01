"""What other programs are told, and in which form. No database, no HTTP."""

from __future__ import annotations

from .calendars import calendar as calendar
from .calendars import folded as folded
from .calendars import window as window
