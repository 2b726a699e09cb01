"""What is true of themes and plans. No database, no HTTP."""

from __future__ import annotations

from .content import (
    DUTIES,
    FIRST_YEAR,
    TWO_LEVELS,
    PlanSource,
    ensure_one_target,
    ensure_window,
    ensure_year_is_near,
)
from .states import (
    IN_FORCE,
    NOT_YET_ISSUED,
    PLAN_TRANSITIONS,
    STEPS,
    PlanState,
    StepKind,
    ensure_amended_after_issue,
    ensure_approved_by_another,
    ensure_closed_early_with_reason,
    ensure_draft,
    ensure_issued,
    ensure_issued_by_today,
    ensure_may_follow,
    ensure_numbered,
    ensure_reason,
    ensure_units_exist,
    may_follow,
)

__all__ = [
    "DUTIES",
    "FIRST_YEAR",
    "IN_FORCE",
    "NOT_YET_ISSUED",
    "PLAN_TRANSITIONS",
    "STEPS",
    "TWO_LEVELS",
    "PlanSource",
    "PlanState",
    "StepKind",
    "ensure_amended_after_issue",
    "ensure_approved_by_another",
    "ensure_closed_early_with_reason",
    "ensure_draft",
    "ensure_issued",
    "ensure_issued_by_today",
    "ensure_may_follow",
    "ensure_numbered",
    "ensure_one_target",
    "ensure_reason",
    "ensure_units_exist",
    "ensure_window",
    "ensure_year_is_near",
    "may_follow",
]
