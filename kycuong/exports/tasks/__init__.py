"""What runs by itself: making files that were asked for, removing those whose days are over."""

from __future__ import annotations

from .looking import look_after_files, remove_expired, sweep_remains
from .making import make_next, start

__all__ = ["look_after_files", "make_next", "remove_expired", "start", "sweep_remains"]
