"""Acts of follow-up. Nothing else writes its tables."""

from __future__ import annotations

from .answering import acknowledge, add_remedy_file, ask_extension, report_remedy
from .bulk import RecommendationRow, record_recommendations
from .deciding import accept_remedy, answer_extension, close_recommendation, order_recheck, return_remedy
from .drafting import (
    change_recommendation,
    draft_recommendation,
    issue_recommendations,
    recommend_for_findings,
    remove_recommendation,
)
from .kinds import install_measure_kinds, set_measure_kind
from .measuring import decide_measure, decline_measure, look_at_measured_name, propose_measure, record_measure
from .moving import move_terms
from .passing import carry_out_passing, pass_on_recommendations, reassign_recommendation
from .reminding import remind
from .retaining import end_hold, erase_names, hold_names, set_retention
from .setting import install_standard_wordings, remove_wording, set_rule, write_wording
from .silence import accept_unread, tell_unread

__all__ = [
    "RecommendationRow",
    "accept_remedy",
    "accept_unread",
    "acknowledge",
    "add_remedy_file",
    "answer_extension",
    "ask_extension",
    "carry_out_passing",
    "change_recommendation",
    "close_recommendation",
    "decide_measure",
    "decline_measure",
    "draft_recommendation",
    "end_hold",
    "erase_names",
    "hold_names",
    "install_measure_kinds",
    "install_standard_wordings",
    "issue_recommendations",
    "look_at_measured_name",
    "move_terms",
    "order_recheck",
    "pass_on_recommendations",
    "propose_measure",
    "reassign_recommendation",
    "recommend_for_findings",
    "record_measure",
    "record_recommendations",
    "remind",
    "remove_recommendation",
    "remove_wording",
    "report_remedy",
    "return_remedy",
    "set_measure_kind",
    "set_retention",
    "set_rule",
    "tell_unread",
    "write_wording",
]
