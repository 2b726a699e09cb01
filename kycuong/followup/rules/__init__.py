"""What follows a conclusion: states of recommendations, what a report of remedy needs, terms, and what silence means."""

from __future__ import annotations

from .ladder import Level, levels_reached
from .remedies import (
    Decision,
    Extent,
    days_late,
    ensure_answered_first,
    ensure_asked_in_order,
    ensure_can_be_extended,
    ensure_no_open_report,
    ensure_not_both_sides,
    ensure_not_the_reporter,
    ensure_owed,
    ensure_remedy_told,
    ensure_undecided,
    ensure_within,
)
from .settings import FollowupTerms, Silence, ensure_ladder, ensure_terms
from .states import (
    LIVE,
    OPEN,
    SETTLED,
    RecommendationState,
    TermKind,
    before,
    ensure_answers_something,
    ensure_days,
    ensure_drafting,
    ensure_in,
    ensure_reason,
    ensure_text,
)

__all__ = [
    "LIVE",
    "OPEN",
    "SETTLED",
    "Decision",
    "Extent",
    "Level",
    "FollowupTerms",
    "RecommendationState",
    "Silence",
    "TermKind",
    "before",
    "days_late",
    "ensure_answered_first",
    "ensure_answers_something",
    "ensure_asked_in_order",
    "ensure_can_be_extended",
    "ensure_days",
    "ensure_drafting",
    "ensure_in",
    "ensure_ladder",
    "ensure_no_open_report",
    "ensure_not_both_sides",
    "ensure_not_the_reporter",
    "ensure_owed",
    "ensure_reason",
    "ensure_remedy_told",
    "ensure_terms",
    "ensure_text",
    "ensure_undecided",
    "ensure_within",
    "levels_reached",
]
