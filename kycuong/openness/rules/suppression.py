"""Small numbers are not told to everybody, nor what would give them away.

A number below the least one is small and hidden. Numbers are published one by one (of a visit), added up by group (of a
kind of unit) and in all. Each sum that is told gives one equation over hidden numbers, of which everybody knows that they
lie between 0 and the least one less 1; and whoever reads «*» knows this rule, too, and so asks which sums it would hold.

So a sum is held back not only where it leaves hidden numbers one solution (all are 0, or all the largest that they may
be), but also where it lies next to one: «*» then leaves open by which of them. Where so few numbers are hidden that this
would leave nothing to tell, «*» stands whatever the sum is. The sum of all is held back whenever that of a group is.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Group = TypeVar("Group", bound=Hashable)


class Hidden(StrEnum):
    """Why a number is not told: it is small, or it would give away a small one."""

    SMALL = "small"
    HELD = "held"


Told = int | Hidden
"""A number as everybody reads it."""


@dataclass(frozen=True, slots=True)
class Sums(Generic[Group]):
    """Sums of groups and of all, each told or not."""

    groups: dict[Group, Told]
    total: Told


def told(number: int, least: int) -> Told:
    """A number that stands for itself."""
    return number if number >= least else Hidden.SMALL


def added(parts: Mapping[Group, Sequence[int]], least: int, *, held: bool = False) -> Sums[Group]:
    """The sums of the numbers of each group, and of all, where each number is published by `told`.

    `held`: one of these numbers has been taken back since, so that the old sums and the new ones would tell it: no sum is told.
    """
    if held:
        return Sums(dict.fromkeys(parts, Hidden.HELD), Hidden.HELD)
    groups = {name: _of_group(numbers, least) for name, numbers in parts.items()}
    if Hidden.HELD in groups.values():
        return Sums(groups, Hidden.HELD)
    small = [sum(parts[name]) for name, sum_ in groups.items() if sum_ is Hidden.SMALL]
    return Sums(groups, _sum(sum(sum_ for sum_ in groups.values() if isinstance(sum_, int)), small, least))


def _of_group(numbers: Sequence[int], least: int) -> Told:
    known = sum(number for number in numbers if number >= least)
    return _sum(known, [number for number in numbers if number < least], least)


def _sum(known: int, small: Sequence[int], least: int) -> Told:
    """The sum of what everybody knows and of hidden numbers. Which sums are told follows from how many those are."""
    hidden, most = sum(small), len(small) * (least - 1)
    if not small:
        return known  # nothing of it is hidden
    if len(small) == 1:
        return Hidden.HELD if known else Hidden.SMALL  # it would be the number itself
    if not known and most > least:
        return Hidden.SMALL if hidden < least else hidden if hidden <= most - 2 else Hidden.HELD
    return known + hidden if known and 2 <= hidden <= most - 2 else Hidden.HELD
