"""Sending what waits: by a thread of each process of a server, and by the tick where there is none."""

from __future__ import annotations

from .sending import send_due, start
from .ticking import send_waiting

__all__ = ["send_due", "send_waiting", "start"]
