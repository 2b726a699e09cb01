"""What signing in leaves behind is removed: guesses that count no more, sessions that ended."""

from __future__ import annotations

from datetime import date

from .proving.guesses import forget_old
from .store import forget_ended


def tidy(day: date) -> str:
    """Safe to run twice; names nobody."""
    guesses, sessions = forget_old(), forget_ended()
    return f"Đã bỏ {guesses} lượt thử, {sessions} phiên đã kết thúc." if guesses + sessions else ""
