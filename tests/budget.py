"""How many examples a random test tries: a few hundred on each run, many thousands with --long."""

from __future__ import annotations

import os

LONG = "KYCUONG_LONG_TESTS"


def examples(usual: int, *, long: int) -> int:
    """For `@settings(max_examples=examples(500, long=20_000))`."""
    return long if long_run() else usual


def long_run() -> bool:
    """Whether --long was given."""
    return bool(os.environ.get(LONG))
