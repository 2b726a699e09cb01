"""The difference between two contents of a report, cell by cell; and what of it readers of later reports do not know yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kycuong.reports.rules.summary import Summary, in_format

from .facts import Column, Fact, Facts, facts_of, table_name

VISITS = 3
ROW = -1
"""In place of a column: the whole row."""
NOTHING = {"", "0", "–"}


@dataclass(frozen=True, slots=True)
class Change:
    """One cell, or one whole row (`column` −1; then `before` or `after` is empty, and `cells` holds what a new row says)."""

    table: int
    row: str
    column: Column
    about: str
    head: str
    before: str
    after: str
    cells: tuple[tuple[Column, str, str], ...] = field(default=())

    @property
    def words(self) -> str:
        """«Biểu 1 · Sở X · Số lượt trong kỳ: 12 → 13»."""
        place = table_name(self.table)
        if self.column == ROW:
            return f"{place} · {'thêm' if self.after else 'bớt'} {self.head}: {self.about}{self._said}"
        told = f"{self.before or '–'} → {self.after or '–'}"
        return f"{place} · {self.about} · {self.head}: {told}" if self.head else f"{place} · {self.about}: {told}"

    @property
    def _said(self) -> str:
        """The numbers of a new row of a table that counts."""
        counts = [
            (head, text) for _column, head, text in self.cells if head and text not in NOTHING and text != self.about
        ]
        counts = [] if self.head != COUNTED else counts
        return f" ({'; '.join(f'{head}: {text}' for head, text in counts)})" if counts else ""

    @property
    def visit(self) -> str:
        """The visit that came or went, by its uid; or nothing."""
        return self.row if self.table == VISITS and self.column == ROW else ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "words": self.words}


COUNTED = "dòng"
"""A row of a table that counts, as it is called when it comes or goes."""


def from_json(told: Mapping[str, Any]) -> Change:
    """As it was kept; what was kept before new rows told their cells has none."""
    plain = {name: told[name] for name in Change.__dataclass_fields__ if name != "cells"}
    return Change(**plain, cells=tuple((column, head, text) for column, head, text in told.get("cells", ())))


def changes_between(before: Summary, after: Summary) -> list[Change]:
    """What differs, table by table, in the order of the later one. Both must be made for the same eyes."""
    older = min(before.format, after.format)  # what only the newer program tells is no change of a figure
    return list(_differing(facts_of(in_format(before, older)), facts_of(in_format(after, older))))


def still_to_tell(then: Summary, told: Iterable[Change], live: Summary) -> list[Change]:
    """What is otherwise now than readers know: from what was signed, and what later reports told of it, oldest first."""
    older = min(then.format, live.format)
    known = facts_of(in_format(then, older))
    for one in told:
        _learn(known, one)
    return list(_differing(known, facts_of(in_format(live, older))))


def _learn(known: Facts, one: Change) -> None:
    """What a reader knows after being told."""
    key = (one.table, one.row)
    fact = known.get(key)
    if one.column == ROW and one.after:
        known[key] = Fact(one.about, one.head, {column: (head, text) for column, head, text in one.cells})
    elif one.column == ROW:
        known.pop(key, None)
    elif fact is not None:
        known[key] = replace(fact, cells={**fact.cells, one.column: (one.head, one.after)})


def _differing(was: Facts, now: Facts) -> Iterator[Change]:
    for key, fact in now.items():
        if key in was:
            yield from _cells(key, was[key], fact)
        elif fact.kind:
            cells = tuple((column, head, text) for column, (head, text) in fact.cells.items())
            yield Change(*key, ROW, fact.about, fact.kind, "", fact.about, cells)
        elif key[1].startswith(GROWING):
            yield from _cells(key, replace(fact, cells={}), fact)
    for key, fact in was.items():
        if key not in now and fact.kind:
            yield Change(*key, ROW, fact.about, fact.kind, fact.about, "")
        elif key not in now and key[1].startswith(GROWING):
            yield from _cells(key, fact, replace(fact, cells={}))


GROWING = "month/"
"""Rows that are simply not there where nothing was counted. Of other figures, those that one of the two never counted say nothing."""


def _cells(key: tuple[int, str], was: Fact, now: Fact) -> Iterator[Change]:
    if not was.cells and not key[1].startswith(GROWING):
        return  # told whole before its cells were kept
    for column in {**now.cells, **was.cells}:
        (head, before), (_head, after) = (one.cells.get(column, (None, "")) for one in (was, now))
        missing = column not in was.cells or column not in now.cells
        if before != after and not (missing and {before, after} <= NOTHING):
            yield Change(*key, column, now.about, head or _head or "", before, after)
