"""Identifiers that a phone, a desk or an import may mint without asking anyone."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def uuid7() -> UUID:
    """A UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random bits. Sorts by birth."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def uid_in(text: str) -> UUID | None:
    """The identifier that an address carries; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
