"""What a plain run leaves for --long, and how it is told. Three ways, and no other:

- the marker `long`: a test, or with `later` and `few` some of its parameters, that runs with --long only;
- `chosen`: of what one test walks through, the part that every run takes;
- `examples` and `stories`: how many a random test tries. On PostgreSQL, where each takes twice as long, a third as many:
  what is random is the same code on either database.

What is left is counted where it is left, and ./test says at its end how much there was (tests/everything.py).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings

LONG = "KYCUONG_LONG_TESTS"
WAITING = "KYCUONG_TESTS_WAITING"
"""Names the file to which is added what a run leaves: a line of `what`, a tab and a number."""
One = TypeVar("One")


def later(*values: Any, id: str | None = None) -> Any:
    """A parameter that is tried with --long only."""
    return pytest.param(*values, marks=pytest.mark.long, id=id)


def few(values: Sequence[Any], of: int = 1) -> list[Any]:
    """Parameters of which every run tries so many, the first ones; the others are tried with --long."""
    return [*values[:of], *(later(*one) if isinstance(one, tuple) else later(one) for one in values[of:])]


def chosen(what: str, some: Sequence[One], every: Sequence[One]) -> Sequence[One]:
    """Every one with --long, otherwise some of them. Asked inside the test: the others are counted as left, under `what`."""
    if long_run():
        return every
    waits(what, len(every) - len(some))
    return some


def waits(what: str, count: int) -> None:
    """So many of these were left for --long."""
    if count and WAITING in os.environ:
        with Path(os.environ[WAITING]).open("a", encoding="utf-8") as told:
            told.write(f"{what}\t{count}\n")


def examples(usual: int, *, long: int) -> int:
    """For `@settings(max_examples=examples(500, long=20_000))`."""
    if long_run():
        return long
    return max(1, usual // 3) if os.environ.get("KYCUONG_DATABASE_URL", "").startswith("postgres") else usual


def stories(usual: int, *, long: int) -> settings:
    """For `run_state_machine_as_test`: so many stories of 25 steps; a failing one is told as it was found."""
    return settings(
        max_examples=examples(usual, long=long),
        stateful_step_count=25,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def long_run() -> bool:
    """Whether --long was given."""
    return bool(os.environ.get(LONG))
