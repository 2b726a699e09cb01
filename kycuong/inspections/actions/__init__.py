"""What is done to inspections and visits. Every act is a function here; nothing else writes these tables."""

from __future__ import annotations

from kycuong.inspections.rules import Headcount

from ._faults import faults_of
from ._rows import FindingRow, VisitRow
from .bulk import record_signed_visits
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
from .opening import Planned, Seat, cancel_inspection, open_inspection
from .recording import (
    add_finding,
    change_finding,
    record_answers,
    record_explanation,
    record_headcount,
    remove_finding,
)
from .signing import add_addendum, confirm_remedy, number_minutes, sign_minutes
from .teams import Group, change_team, divide_team, record_decision
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
    "add_finding",
    "add_recusal",
    "add_visit",
    "annul_visit",
    "approve_conclusion",
    "cancel_inspection",
    "change_conclusion",
    "change_finding",
    "change_team",
    "choose_checklist",
    "confirm_remedy",
    "declare_conflicts",
    "divide_team",
    "draft_conclusion",
    "end_recusal",
    "faults_of",
    "issue_conclusion",
    "number_conclusion",
    "number_minutes",
    "open_inspection",
    "record_answers",
    "record_decision",
    "record_explanation",
    "record_headcount",
    "record_signed_visits",
    "remove_draft_visit",
    "remove_finding",
    "reply_to_conclusion",
    "return_conclusion",
    "share_conclusion",
    "sign_minutes",
    "submit_report",
    "waive_conflict",
]
