"""Small numbers are not told to everybody, nor what would give them away.

A number below the least one is small and hidden. Numbers are published one by one (of a visit), added up by group (of a
kind of unit) and in all. Each sum that is told gives one equation over hidden numbers, of which everybody knows that they
lie between 0 and the least one less 1. Equations of different sums share no number, so that a hidden number can be
computed if and only if its equation holds one number, or has only one solution: all are 0, or all are the largest that
they may be. Such a sum is held back, too.
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
    groups = {name: _sum(numbers, least) for name, numbers in parts.items()}
    whole = [number for numbers in parts.values() for number in numbers]
    total = _sum(whole, least)
    if isinstance(total, int) and not _safe(_unknown(parts, groups, least), least):
        total = Hidden.HELD
    return Sums(groups, total)


def _sum(numbers: Sequence[int], least: int) -> Told:
    if not numbers:
        return 0  # there is nothing to add, as everybody sees
    if sum(numbers) < least:
        return Hidden.SMALL
    return sum(numbers) if _safe([number for number in numbers if number < least], least) else Hidden.HELD


def _unknown(parts: Mapping[Group, Sequence[int]], groups: Mapping[Group, Told], least: int) -> list[int]:
    """What is hidden behind groups that are not told: the sum of a small one, which is small itself, and the numbers of others."""
    small = [sum(parts[name]) for name, sum_ in groups.items() if sum_ is Hidden.SMALL]
    return small + [n for name, sum_ in groups.items() if sum_ is Hidden.HELD for n in parts[name] if n < least]


def _safe(small: Sequence[int], least: int) -> bool:
    """Whether the sum of these hidden numbers, if it is known, leaves each of them open."""
    return not small or (len(small) > 1 and 0 < sum(small) < len(small) * (least - 1))
