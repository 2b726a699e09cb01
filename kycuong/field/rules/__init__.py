"""What is true of a phone's log without a database: how an op is spelled, what may stand in it, which value holds."""

from __future__ import annotations

from .heads import integrate, missing_numbers
from .ops import Op, Said, misshapen, read_op
from .policy import LIMITS, Policy, ensure_policy
from .spelling import sha256_of, spelled
from .words import Status, Why

__all__ = [
    "LIMITS",
    "Op",
    "Policy",
    "Said",
    "Status",
    "Why",
    "ensure_policy",
    "integrate",
    "misshapen",
    "missing_numbers",
    "read_op",
    "sha256_of",
    "spelled",
]
