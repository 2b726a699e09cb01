"""What was measured, as numbers: beside its target, for the table of all targets, the plot and the comparison with the last time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from .apart import part

NUMBERS = "KYCUONG_BENCHMARK_NUMBERS"


@dataclass(frozen=True)
class Number:
    """One measurement. `limit`: None where nothing is promised; `floor`: more is better. `size`: visits, files, people. `day`: when, ISO."""

    target: str
    what: str
    size: int
    value: float
    limit: float | None = None
    floor: bool = False
    engine: str = ""
    day: str = field(default="", compare=False)

    @property
    def good(self) -> bool:
        return self.limit is None or (self.value >= self.limit if self.floor else self.value <= self.limit)

    @property
    def mark(self) -> str:
        return "" if self.limit is None else "✓" if self.good else "✗"

    @property
    def key(self) -> tuple[str, str, int, str]:
        return self.target, self.what, self.size, self.engine

    def worse_than(self, before: Number) -> float:
        """How many times; below 1 it became better."""
        now, then = (before.value, self.value) if self.floor else (self.value, before.value)
        return now / then if then > 0 else 1.0


def note(
    target: str,
    what: str,
    size: int,
    value: float,
    limit: float | None = None,
    *,
    floor: bool = False,
    engine: str = "",
) -> Number:
    """Keep it for whoever runs all benchmarks; give it back for the benchmark's own table."""
    today = date.today().isoformat()  # noqa: DTZ011 - the machine's day
    number = Number(target, what, size, round(value, 6), limit, floor, engine or part(), today)
    if path := os.environ.get(NUMBERS):
        with Path(path).open("a", encoding="utf-8") as out:
            out.write(json.dumps(asdict(number), ensure_ascii=False) + "\n")
    return number


def noted(path: Path) -> Iterator[Number]:
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        yield Number(**json.loads(line))
