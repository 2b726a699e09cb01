"""Derives who is under whom, and for how long, from edges and lives. Pure: plain values in, rows out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

Interval = tuple[date, date]
Life = Sequence[Interval]
Up = Sequence[tuple[int, date, date]]
"""The parents of one unit: (parent, valid_from, valid_to)."""
ClosureRow = tuple[int, int, int, date, date]
"""(ancestor, descendant, depth, valid_from, valid_to)"""


def closure_rows(units: Iterable[int], lives: Mapping[int, Life], parents: Mapping[int, Up]) -> set[ClosureRow]:
    """Every row whose descendant is among the units. `parents` must reach from them to the top."""
    rows: set[ClosureRow] = set()
    for unit in units:
        spans: dict[tuple[int, int], list[Interval]] = {}
        steps = [(unit, 0, start, end) for start, end in lives.get(unit, ())]
        while steps:
            at, depth, start, end = steps.pop()
            spans.setdefault((at, depth), []).append((start, end))
            for parent, since, until in parents.get(at, ()):
                if since < end and start < until:
                    steps.append((parent, depth + 1, max(start, since), min(end, until)))
        for (ancestor, depth), found in spans.items():
            rows |= {(ancestor, unit, depth, start, end) for start, end in joined(found)}
    return rows


def joined(intervals: Iterable[Interval]) -> list[Interval]:
    """The same days in as few intervals as possible."""
    result: list[Interval] = []
    for start, end in sorted(intervals):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
