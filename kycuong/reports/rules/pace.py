"""What a plan comes to at its end if the work goes on as it did so far: the promise of an even pace, nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LEAST_DAYS = 14
"""Before so many days have passed a pace says nothing."""


@dataclass(frozen=True)
class Forecast:
    """How many units at the end, of how many, and how many short."""

    ends_on: date
    units: int
    target: int

    @property
    def share(self) -> float:
        return self.units / self.target

    @property
    def short(self) -> int:
        return max(0, self.target - self.units)


def forecast(done: int, target: int, *, first: date, last: date, on: date) -> Forecast | None:
    """By the pace from `first` to `on`, both included. A part of a unit is none. None while nothing can be said."""
    elapsed = (min(on, last) - first).days + 1
    if target <= 0 or elapsed < LEAST_DAYS:
        return None
    whole = (last - first).days + 1
    return Forecast(last, done * whole // elapsed, target)
