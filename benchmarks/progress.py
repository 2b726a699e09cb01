"""One line on standard error that says how far a measurement is."""

from __future__ import annotations

import sys

WIDTH = 30


def progress(what: str, done: int, total: int) -> None:
    """Redraw the line; end it when all is done."""
    filled = WIDTH * done // max(total, 1)
    bar = "█" * filled + "░" * (WIDTH - filled)
    sys.stderr.write(f"\r{what:<34} {bar} {100 * done // max(total, 1):>3}%" + ("\n" if done >= total else ""))
    sys.stderr.flush()
