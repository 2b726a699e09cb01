"""Which ops hold: those that no other op replaced. Whatever the order in which they arrive, the answer is the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

MOST_MISSING = 100


def integrate(
    ops: Iterable[tuple[UUID, Collection[UUID]]], *, heads: set[UUID], superseded: set[UUID]
) -> tuple[set[UUID], set[UUID]]:
    """Heads and superseded ops of one field after more ops (id, base) came in.

    What a later op replaced is remembered even where it has not arrived yet: so a straggler changes nothing.
    """
    heads, superseded = set(heads), set(superseded)
    for uid, base in ops:
        replaced = set(base) - {uid}
        superseded |= replaced
        heads -= replaced
        if uid not in superseded:
            heads.add(uid)
    return heads, superseded


def missing_numbers(seen: Collection[int], head: int) -> list[int]:
    """Numbers from 1 to the head that have not arrived: the first hundred."""
    have, missing = set(seen), list[int]()
    for number in range(1, head + 1):
        if number not in have:
            missing.append(number)
            if len(missing) == MOST_MISSING:
                break
    return missing
