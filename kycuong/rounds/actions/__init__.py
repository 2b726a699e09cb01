"""Everything that changes rounds of periodic reports."""

from __future__ import annotations

from .reminding import remind, remind_all
from .reporting import accept_report, return_report, submit_agency_report, write_report
from .rounds import FEATURE, Wish, cancel_round, change_round, draft_round, open_round, remove_round
from .setting import set_round_rule
from .signing import number_signed_report, sign_round
from .terms import move_terms

__all__ = [
    "FEATURE",
    "Wish",
    "accept_report",
    "cancel_round",
    "change_round",
    "draft_round",
    "move_terms",
    "number_signed_report",
    "open_round",
    "remind",
    "remind_all",
    "remove_round",
    "return_report",
    "set_round_rule",
    "sign_round",
    "submit_agency_report",
    "write_report",
]
