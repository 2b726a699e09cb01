"""How a figure differs from the same one of another period: difference and ratio, part by part."""

from __future__ import annotations

from typing import Any

RATE = {"numerator", "denominator", "rate"}


def change(now: Any, before: Any) -> Any:
    """Difference and ratio with the shape of the value; a rate is compared by its rate. None where nothing compares."""
    if isinstance(now, dict) and now.keys() >= RATE:
        before = before or {}
        return compared(now["rate"], before.get("rate"))
    if isinstance(now, dict) and isinstance(before, dict):
        parts = {key: change(value, before.get(key, like(value))) for key, value in now.items()}
        return {key: part for key, part in parts.items() if part is not None} or None
    if is_number(now) and is_number(before):
        return compared(now, before)
    return None


def like(value: Any) -> Any:
    """What a part counts as when the other period does not have it."""
    return 0 if is_number(value) else {} if isinstance(value, dict) else None


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def compared(now: float | None, before: float | None) -> dict[str, float | None]:
    """now − before and now / before; nothing to divide by gives no ratio."""
    if now is None or before is None:
        return {"difference": None, "ratio": None}
    return {"difference": now - before, "ratio": now / before if before else None}
