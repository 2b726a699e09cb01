"""What is done to inspections and visits. Every act is a function here; nothing else writes these tables."""

from __future__ import annotations

from kycuong.inspections.rules import Headcount

from ._faults import checked_rows, faults_of
from ._rows import FindingRow, VisitRow
from ._targets import Planned
from .answering import add_reply_file, answer_finding, remove_reply_file
from .breaking import ask_seal_break, confirm_seal_break, note_seal_break
from .bulk import record_signed_visits
from .concerned import add_concerned, remove_concerned
from .concluding import (
    approve_conclusion,
    change_conclusion,
    draft_conclusion,
    issue_conclusion,
    number_conclusion,
    reply_to_conclusion,
    return_conclusion,
    share_conclusion,
    submit_report,
)
from .conflicts import Declared, add_recusal, declare_conflicts, end_recusal, waive_conflict
from .deciding import decide_finding, withdraw_unread
from .evidence import add_file, describe_file, look_into_file, remove_file, restore_file
from .opening import Seat, cancel_inspection, open_inspection
from .picking import pick_case_files
from .recording import (
    add_finding,
    change_finding,
    record_answers,
    record_explanation,
    record_headcount,
    remove_finding,
)
from .sealing import (
    add_target,
    begin_target,
    change_target,
    look_at_sealing,
    note_look,
    open_all,
    release_members,
    strike_target,
)
from .signing import add_addendum, confirm_remedy, number_minutes, sign_minutes
from .teams import Group, change_team, divide_team, record_decision
from .terms import move_running_terms, set_silence_rule
from .visits import add_visit, annul_visit, choose_checklist, remove_draft_visit

__all__ = [
    "Declared",
    "FindingRow",
    "Group",
    "Headcount",
    "Planned",
    "Seat",
    "VisitRow",
    "add_addendum",
    "add_concerned",
    "add_file",
    "add_finding",
    "add_recusal",
    "add_reply_file",
    "add_target",
    "add_visit",
    "annul_visit",
    "answer_finding",
    "approve_conclusion",
    "ask_seal_break",
    "begin_target",
    "cancel_inspection",
    "change_conclusion",
    "change_finding",
    "change_target",
    "change_team",
    "checked_rows",
    "choose_checklist",
    "confirm_remedy",
    "confirm_seal_break",
    "decide_finding",
    "declare_conflicts",
    "describe_file",
    "divide_team",
    "draft_conclusion",
    "end_recusal",
    "faults_of",
    "issue_conclusion",
    "look_at_sealing",
    "look_into_file",
    "move_running_terms",
    "note_look",
    "note_seal_break",
    "number_conclusion",
    "number_minutes",
    "open_all",
    "open_inspection",
    "pick_case_files",
    "record_answers",
    "record_decision",
    "record_explanation",
    "record_headcount",
    "record_signed_visits",
    "release_members",
    "remove_concerned",
    "remove_draft_visit",
    "remove_file",
    "remove_finding",
    "remove_reply_file",
    "reply_to_conclusion",
    "restore_file",
    "return_conclusion",
    "set_silence_rule",
    "share_conclusion",
    "sign_minutes",
    "strike_target",
    "submit_report",
    "waive_conflict",
    "withdraw_unread",
]
