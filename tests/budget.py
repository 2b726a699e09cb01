"""How many examples a random test tries: a few hundred on each run, many thousands with --long.

On PostgreSQL, where each takes twice as long, a third as many: what is random is the same code on either database.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

LONG = "KYCUONG_LONG_TESTS"


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
