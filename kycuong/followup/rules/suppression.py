"""Small numbers about people are not told: what of a table may be shown to somebody who may not see what stands behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .accountability import About

LEAST = 3
"""A number below it is not told; nor is it told whether there is anything at all, so 0 is not told either."""
SMALL, HIDDEN = "dưới 3", "—"
COLUMNS = (About.COLLECTIVE.value, About.PERSON.value)
Cells = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Table:
    """Measures by kind and by unit or person. None: not told. A total is told only where every part of it is."""

    cells: dict[tuple[str, str], int | None]
    of_kind: dict[str, int | None]
    of_column: dict[str, int | None]
    total: int | None


def whole(cells: Cells, kinds: Sequence[str]) -> Table:
    """Every number, for whoever may see what is behind it."""
    return _table({(kind, column): cells.get((kind, column), 0) for kind in kinds for column in COLUMNS}, kinds)


def suppressed(cells: Cells, kinds: Sequence[str]) -> Table:
    """Numbers below the least one are left out, and with them each total that would give them away.

    A total that is told is the sum of numbers that are told: nothing more can be computed from it.
    """
    told = {(kind, column): _unless_small(cells.get((kind, column), 0)) for kind in kinds for column in COLUMNS}
    return _table(told, kinds)


def _unless_small(number: int) -> int | None:
    return number if number >= LEAST else None


def _table(cells: Mapping[tuple[str, str], int | None], kinds: Sequence[str]) -> Table:
    return Table(
        dict(cells),
        {kind: _sum([cells[kind, column] for column in COLUMNS]) for kind in kinds},
        {column: _sum([cells[kind, column] for kind in kinds]) for column in COLUMNS},
        _sum(list(cells.values())),
    )


def _sum(numbers: Sequence[int | None]) -> int | None:
    told = [number for number in numbers if number is not None]
    return sum(told) if len(told) == len(numbers) else None
