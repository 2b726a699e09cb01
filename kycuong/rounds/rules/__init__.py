"""What is true of periodic reports: states, terms, reminders, what is frozen, what has changed since."""

from __future__ import annotations

from .changes import Change, changes_between, still_to_tell
from .facts import SENTENCES, TOTAL
from .frozen import (
    NONCE,
    Adjusted,
    Frozen,
    digest_of,
    ensure_whole,
    frozen_of,
    frozen_text,
    opened,
    submitted_of,
    submitted_text,
    text_of,
    with_words,
)
from .reminding import STEPS, Level, level_due
from .settings import RoundTerms, ensure_terms, usual_title
from .states import (
    HANDED_IN,
    OWED,
    REPORT_TRANSITIONS,
    ROUND_TRANSITIONS,
    ReportState,
    RoundState,
    ensure_accepted_by_another,
    ensure_number,
    ensure_over,
    ensure_reason,
    ensure_report,
    ensure_round,
    ensure_round_sound,
    ensure_under_authority,
)

__all__ = [
    "SENTENCES",
    "TOTAL",
    "HANDED_IN",
    "OWED",
    "REPORT_TRANSITIONS",
    "ROUND_TRANSITIONS",
    "STEPS",
    "Adjusted",
    "Change",
    "Frozen",
    "Level",
    "ReportState",
    "RoundState",
    "RoundTerms",
    "changes_between",
    "NONCE",
    "digest_of",
    "submitted_of",
    "submitted_text",
    "ensure_accepted_by_another",
    "ensure_number",
    "ensure_over",
    "ensure_reason",
    "ensure_report",
    "ensure_round",
    "ensure_round_sound",
    "ensure_terms",
    "ensure_under_authority",
    "ensure_whole",
    "frozen_of",
    "frozen_text",
    "level_due",
    "opened",
    "still_to_tell",
    "text_of",
    "usual_title",
    "with_words",
]
