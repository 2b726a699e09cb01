"""Counts of a nation or a large province put together from cells: what each block of units adds, kept with the stamp at which it was counted.

**A cell** is what one block (64 units by their numbers, or one lead) adds to one tally of one question, that is to one SQL text with all its
parameters. Every tally that comes apart says by which unit (`Tally.by`): the one visited, the lead, the one a recommendation
was issued to. Whatever the tally counts, distinct units, inspections, pairs, belongs to one such unit for ever, so to one
block, and the counts of all blocks add up, whoever moved, merged or was inspected from elsewhere. Blocks do not follow provinces:
a unit inspected by two provinces, an inspection in two of them, or a unit that changes its province would be counted twice.

**A stamp** is the number of notes that a moment sees for a block and for everything (walls/touched.py says who leaves them). A
later moment of one database sees all that an earlier one saw, notes are never taken away, and an act's notes appear with
the act. So of two moments in order, equal numbers mean the same notes, and the same notes mean that nothing which the
block's counts hang on was written between them. A cell that can be read was committed, and so was all that it was counted from,
before the reader's moment: where its stamp is the reader's, its counts are, too. This holds for what the reader itself has
written and not committed, and for READ COMMITTED, because cells are read before or with the stamps, never after.

**An answer** is of one moment: blocks that were written to are counted anew by a statement that also tells the stamps of all; while these
show that others were written to in between, those are counted, too. After a few rounds the plain text answers.

Nothing hangs on the clock: no text reads today's day, its parameters are part of what the cell is of. Yesterday's year to date is
another question than today's.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from kycuong.reports import store
from kycuong.reports.store import STANDING, Held, Row
from kycuong.reports.walls import EVERYTHING, expected, touched

from .each import Place
from .events import text_with
from .runner import rows_of

ROUNDS = 4
MOST_BLOCKS = 96
"""Where more blocks were written to, all are counted: the list of their units would be long."""
LENGTHS = (1, 4, 12, 24, 48, MOST_BLOCKS)


@dataclass(frozen=True)
class Apart:
    """One tally of one question: the plain text, the text by block for all and for the units, or leads, that :units lists."""

    plain: str
    whole: str
    some: str
    by_lead: bool
    keys: int
    sums: int
    values: Mapping[str, Any]
    question: Mapping[str, Any]

    @property
    def key(self) -> str:
        """Changes with the text, so that another version of a figure knows nothing of what this one kept."""
        said = json.dumps([self.whole, self.some, self.values], cls=DjangoJSONEncoder, sort_keys=True)
        return sha256(said.encode()).hexdigest()

    def mine(self, blocks: Collection[int]) -> set[int]:
        """Those on which the counts can hang, beside everything."""
        return {
            block for block in blocks if block not in (EVERYTHING, STANDING) and touched.of_leads(block) == self.by_lead
        }


@dataclass
class Moment:
    """What is known of one moment: what each block adds, and its mark."""

    marks: dict[int, int]
    held: Held

    @property
    def base(self) -> int:
        return self.marks.get(EVERYTHING, 0)

    @property
    def sound(self) -> bool:
        return self.marks.get(STANDING) == expected(connection.vendor)

    @property
    def total(self) -> int:
        return sum(mark for block, mark in self.marks.items() if block != STANDING)

    def stamp(self, block: int) -> int:
        return self.marks.get(block, 0) + self.base

    def stale(self, asked: Apart) -> set[int]:
        """Blocks of which not is known what they add at this moment."""
        blocks = asked.mine(self.held.keys() | self.marks.keys())
        return {block for block in blocks if block not in self.held or self.held[block][0] != self.stamp(block)}


@lru_cache(maxsize=512)
def composed(needs: tuple[str, ...], body: str, view: str, place: tuple[tuple[str, str], ...]) -> str:
    return text_with(needs, body, view=view, restated=False, place=dict(place))


def text_of(needs: tuple[str, ...], body: str, view: str, place: Place, columns: int) -> str:
    """A body that counts by block, as one text: (0, block, …) for what it counts, (mark, block) for all marks of that moment."""
    rest = ", NULL" * columns
    told = f"told AS (\n{body}\n)\nSELECT 0 AS mark, told.* FROM told\nUNION ALL\n{store.marks().format(rest=rest)}"
    if not needs:
        return f"WITH {told}"
    return composed(needs, "", view, tuple(place.items())).rstrip() + f", {told}"


class LookedUp:
    """What is kept for the texts that a page asks, looked up together before the first is read: as much as is needed of it."""

    def __init__(self, asked: Collection[Apart]) -> None:
        self.kept = store.kept([one.key for one in asked])
        self.sound = any(one.sound for one in self.kept.values())
        stale = [one for one in self.kept.values() if self.sound and one.total != one.now]
        # After a reorganisation, say, all are counted anew: no cell from before is read then.
        cells = [one.pk for one in stale if one.pk and one.base == one.base_now]
        self.cells = store.cells_of(cells) if cells else {}
        self.marks = store.marks_now() if stale else {}  # after the cells: see above

    def moment(self, key: str) -> tuple[int | None, Moment]:
        """The base for which all cells of a text were counted (None: there are none), and what is known."""
        base, told = self.cells.get(self.kept[key].pk or 0, (None, []))
        return base, Moment(self.marks, store.held_of(told))


def rows_of_cells(asked: Apart, found: LookedUp) -> tuple[list[Row], store.Keeping | None]:
    """The rows that the plain text gives, in no order; and what may be kept of what was counted for it."""
    if not found.sound:
        return rows_of(asked.plain, asked.values), None
    kept = found.kept[asked.key]
    if kept.total == kept.now:
        return store.rows_from(kept.rows), None
    base, moment = found.moment(asked.key)
    before = dict(moment.held)
    done = settle(asked, moment, everything=base != moment.base)
    rows = added(asked, moment.held) if done.settled else rows_of(asked.plain, asked.values)
    if not done.usable:
        return rows, None
    answer = (moment.total, rows) if done.settled else None
    other = done.counted is None or any(differ(before, moment.held, done.counted))
    return rows, store.Keeping(asked.key, asked.question, moment.base, answer, moment.held, done.counted, other)


def differ(before: Held, now: Held, blocks: Collection[int]) -> Iterator[bool]:
    """Of each block, whether it adds something else than it did."""
    nothing: tuple[int, list[Row]] = (0, [])
    return (before.get(block, nothing)[1] != now.get(block, nothing)[1] for block in blocks)


@dataclass(frozen=True)
class Done:
    """The blocks that were counted (None: all); whether all are of one moment; whether those counted may be kept."""

    counted: set[int] | None
    settled: bool
    usable: bool


def settle(asked: Apart, moment: Moment, *, everything: bool) -> Done:
    """Count what is stale until nothing is at one moment."""
    counted: set[int] | None = set()
    for _ in range(ROUNDS):
        stale = moment.stale(asked)
        if not moment.sound or not (everything or stale):
            break
        if everything or len(stale) > MOST_BLOCKS:
            counted, everything = None, False
            count(asked, moment, None)
        else:
            base = moment.base
            count(asked, moment, stale)
            counted = None if counted is None else counted | stale
            everything = moment.base != base  # also of blocks of which nothing is kept, because there was nothing
    usable = moment.sound and not everything
    return Done(counted, usable and not moment.stale(asked), usable)


def count(asked: Apart, moment: Moment, blocks: Collection[int] | None) -> None:
    """Count these blocks, or all, anew; the marks are those of that statement's moment."""
    if blocks is None:
        told = rows_of(asked.whole, asked.values)
    else:
        units = [unit for block in rounded(sorted(blocks)) for unit in touched.numbers_in(block)]
        told = rows_of(asked.some, {**asked.values, "units": units})
    found: dict[int, list[Row]] = defaultdict(list)
    moment.marks = {}
    for mark, block, *row in told:
        if mark or block == STANDING:
            moment.marks[block] = int(mark)
        else:
            found[block].append(whole_numbers(asked, row))
    if blocks is None:
        moment.held.clear()
        blocks = asked.mine(found.keys() | moment.marks.keys())
    for block in blocks:
        moment.held[block] = (moment.stamp(block), found.get(block, []))


def rounded(blocks: list[int]) -> list[int]:
    """The last one repeated up to one of few lengths: for each length there is a text of its own to be made and held."""
    wanted = next((length for length in LENGTHS if length >= len(blocks)), len(blocks))
    return blocks + blocks[-1:] * (wanted - len(blocks))


def whole_numbers(asked: Apart, row: list[Any]) -> Row:
    """Engines hand over sums in kinds of their own."""
    return (*row[: asked.keys], *map(int, row[asked.keys :]))


def added(asked: Apart, held: Held) -> list[Row]:
    """The counts of all blocks, added; without keys one row, as the plain text gives it."""
    nothing = [0] * asked.sums
    sums: dict[Row, list[int]] = {} if asked.keys else {(): list(nothing)}
    for _, rows in held.values():
        for row in rows:
            found = sums.setdefault(row[: asked.keys], list(nothing))
            for place, number in enumerate(row[asked.keys :]):
                found[place] += number
    return [(*keys, *numbers) for keys, numbers in sums.items()]
