"""Everything that changes self-checks."""

from __future__ import annotations

from .answering import record_self_check, reopen_self_check, submit_self_check
from .campaigns import FEATURE, Wish, change_campaign, close_campaign, draft_campaign, remove_campaign, send_campaign
from .reminding import remind
from .setting import set_rule
from .terms import move_terms

__all__ = [
    "FEATURE",
    "Wish",
    "change_campaign",
    "close_campaign",
    "draft_campaign",
    "move_terms",
    "record_self_check",
    "remind",
    "remove_campaign",
    "reopen_self_check",
    "send_campaign",
    "set_rule",
    "submit_self_check",
]
