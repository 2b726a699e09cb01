"""Ranking that does not claim more than visits can tell: a rate with its interval, bands, and who is not ranked at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from kycuong.core.problems import BadInput

Z = 1.959964
"""95 % of the normal distribution lies within so many standard deviations."""


@dataclass(frozen=True, slots=True)
class RankingTerms:
    """From how many visits on a unit is ranked, and how much of a pass a partial pass is, in percent."""

    least_visits: int = 3
    partial_percent: int = 50


@dataclass(frozen=True, slots=True)
class Measured:
    """What was seen at the visits of one unit."""

    slug: str
    name: str
    kind: str
    visits: int
    passed: int
    partial: int
    failed: int
    findings: int
    repeats: int

    @property
    def answers(self) -> int:
        return self.passed + self.partial + self.failed

    def rate(self, partial_percent: int) -> Fraction:
        """The share of criteria passed; a partial pass counts for its part."""
        return (self.passed + Fraction(self.partial * partial_percent, 100)) / self.answers


@dataclass(frozen=True, slots=True)
class Placed:
    """A ranked unit: rank by its rate (ties share it), interval of the rate, and the band in which it cannot be told apart."""

    unit: Measured
    rank: int
    band: int
    rate: Fraction
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Units by rate, and those that are not ranked."""

    terms: RankingTerms
    placed: list[Placed]
    unranked: list[Measured]


def wilson(share: float, size: int) -> tuple[float, float]:
    """The Wilson interval of 95 % around a share of so many answers."""
    squared = Z * Z
    middle = (share + squared / (2 * size)) / (1 + squared / size)
    half = Z * sqrt(share * (1 - share) / size + squared / (4 * size * size)) / (1 + squared / size)
    return max(0.0, round(middle - half, 9)), min(1.0, round(middle + half, 9))


def ranked(units: Sequence[Measured], terms: RankingTerms) -> Ranking:
    """Whoever was visited often enough, by rate; the others by name, as they came."""
    enough = [unit for unit in units if unit.visits >= terms.least_visits and unit.answers]
    others = [unit for unit in units if unit not in enough]
    rates = [(unit.rate(terms.partial_percent), unit) for unit in enough]
    rates.sort(key=lambda found: -found[0])
    measured = [(rate, unit, *wilson(float(rate), unit.answers)) for rate, unit in rates]
    bands = banded([(low, high) for _, _, low, high in measured])
    placed = [
        Placed(unit, 1 + sum(other > rate for other, *_ in measured), band, rate, low, high)
        for (rate, unit, low, high), band in zip(measured, bands, strict=True)
    ]
    return Ranking(terms, placed, others)


def banded(intervals: Sequence[tuple[float, float]]) -> list[int]:
    """The band of each interval, the best first: who overlaps the first that is left is in one band with it."""
    bands = [0] * len(intervals)
    left, band = list(range(len(intervals))), 0
    while left:
        band += 1
        floor = intervals[left[0]][0]
        for place in left:
            if intervals[place][1] >= floor:
                bands[place] = band
        left = [place for place in left if not bands[place]]
    return bands


def ensure_ranking_terms(terms: RankingTerms) -> None:
    if not 1 <= terms.least_visits <= 50:
        raise BadInput(
            "Số lượt tối thiểu phải từ 1 đến 50.",
            en="The least number of visits is between 1 and 50.",
            errors=[{"field": "least_visits", "vi": "Phải từ 1 đến 50.", "en": "Between 1 and 50."}],
        )
    if not 0 <= terms.partial_percent <= 100:
        raise BadInput(
            "«Đạt một phần» được tính từ 0 đến 100 % của «đạt».",
            en="A partial pass counts between 0 and 100 % of a pass.",
            errors=[{"field": "partial_percent", "vi": "Phải từ 0 đến 100.", "en": "Between 0 and 100."}],
        )
