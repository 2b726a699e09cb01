"""Whom each run asks at which address: of each kind of answer one person, so that a right that breaks is seen at its address.

The table of tests/matrix.py has twelve people for every thing, most of whom are answered by the same lines of code. Here each
address gets, on each side, somebody who is refused in each way in which anybody is refused there; on the own side somebody
who may and the visitor who has not signed in. Who that is goes round: addresses with the same marks are mostly guarded by the
same right, so among them everybody is asked who gets that mark. Where there are fewer addresses than people, the first is
asked by those in front: may, whoever may least elsewhere; refused, whoever may most. --long walks the whole table.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tests.matrix import WHO, Line

SAFE = ("GET", "HEAD")


class Asked(NamedTuple):
    """One request: who asks, at which line, about a thing of which side, and what is answered."""

    who: str
    line: Line
    side: str
    mark: str


def table(lines: Iterable[Line]) -> list[Asked]:
    """All of it."""
    return [
        Asked(who, line, side, mark)
        for line in lines
        for side, marks in (("own", line.own), ("foreign", line.foreign))
        for who, mark in zip(WHO, marks, strict=False)
    ]


def cover(lines: Iterable[Line]) -> list[Asked]:
    """What each run asks."""
    every = table(lines)
    may = Counter(one.who for one in every if one.mark == "+")
    alike: defaultdict[tuple[bool, str, str], list[Line]] = defaultdict(list)
    """Whether it only reads, side, marks → the lines that have them."""
    for one in every:
        kind = one.line.method in SAFE, one.side, one.line.own if one.side == "own" else one.line.foreign
        if one.line not in alike[kind][-1:]:
            alike[kind].append(one.line)
    return [asked for (_reads, side, marks), found in alike.items() for asked in round_(found, side, marks, may)]


def round_(found: list[Line], side: str, marks: str, may: Counter[str]) -> list[Asked]:
    """Lines with the same marks, by turns."""
    chosen = []
    for mark in sorted(set(marks)):
        people = [who for who, got in zip(WHO, marks, strict=False) if got == mark]
        people.sort(key=lambda who: may[who] if mark == "+" else -may[who])
        for place, line in enumerate(found):
            if side == "own" or mark in "-." or (mark == "+" and place == 0):
                chosen.append(Asked(people[place % len(people)], line, side, mark))
    return chosen
