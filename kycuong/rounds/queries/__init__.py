"""Questions about periodic reports."""

from __future__ import annotations

from .agencies import open_under, strangers_to, unit_named, usual_agencies, usual_left_out
from .ahead import Ahead, ahead_of_signature, ahead_of_submission
from .calendar import dated
from .chain import chain_links
from .differences import (
    Behind,
    adjustments_due,
    adjustments_read,
    differing,
    signing_mark,
    since_former,
    since_signature,
    since_submission,
    submission_mark,
)
from .evidence import Evidence, evidence_for
from .hands import submitter_of
from .listing import rounds_counted, rules_to_come
from .live import compiled_now, mark_of, whole
from .progress import Progress, ProgressLine, frozen_lines, latest, outcome_of, progress_of
from .reading import knows_measures, number_of, signed_read, submission_read, summary_read
from .todos import todos
from .version import code_version

__all__ = [
    "Evidence",
    "evidence_for",
    "Ahead",
    "ahead_of_signature",
    "ahead_of_submission",
    "submission_mark",
    "chain_links",
    "Behind",
    "Progress",
    "ProgressLine",
    "adjustments_due",
    "adjustments_read",
    "code_version",
    "compiled_now",
    "dated",
    "differing",
    "frozen_lines",
    "knows_measures",
    "latest",
    "mark_of",
    "signing_mark",
    "number_of",
    "open_under",
    "outcome_of",
    "progress_of",
    "rounds_counted",
    "rules_to_come",
    "signed_read",
    "since_former",
    "since_signature",
    "since_submission",
    "strangers_to",
    "submitter_of",
    "submission_read",
    "summary_read",
    "todos",
    "unit_named",
    "usual_agencies",
    "usual_left_out",
    "whole",
]
