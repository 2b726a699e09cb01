"""What is true of self-checks: their states, terms and reminders, and how a declaration compares with a finding."""

from __future__ import annotations

from .gaps import NOT_ANSWERED, Gap, gap_between, honesty
from .reminding import Level, level_due
from .settings import SelfCheckTerms, ensure_terms, last_day_of_window
from .states import (
    CAMPAIGN_TRANSITIONS,
    CHECK_TRANSITIONS,
    CampaignState,
    CheckState,
    ensure_campaign_draft,
    ensure_campaign_open,
    ensure_campaign_sound,
    ensure_reason,
    ensure_somebody_asked,
    ensure_submitted,
    ensure_under_authority,
    ensure_unsubmitted,
)

__all__ = [
    "CAMPAIGN_TRANSITIONS",
    "CHECK_TRANSITIONS",
    "NOT_ANSWERED",
    "CampaignState",
    "CheckState",
    "Gap",
    "Level",
    "SelfCheckTerms",
    "ensure_campaign_draft",
    "ensure_campaign_open",
    "ensure_campaign_sound",
    "ensure_reason",
    "ensure_somebody_asked",
    "ensure_submitted",
    "ensure_terms",
    "ensure_under_authority",
    "ensure_unsubmitted",
    "gap_between",
    "honesty",
    "last_day_of_window",
    "level_due",
]
