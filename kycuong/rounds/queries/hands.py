"""Who submitted a report, where whoever accepts it must be another."""

from __future__ import annotations

from kycuong.orgs.authority import hand_behind
from kycuong.orgs.models import Person, Unit
from kycuong.rounds.models import ReportSubmission

ACCEPT = "round.open"
"""The verb by which reports are accepted."""


def submitter_of(submission: ReportSubmission | None, *, by: Person | None, at: Unit) -> int | None:
    """Whose hand handed it in to `at`: `by` where one of those as whom `by` would accept it did; none before that."""
    made = submission.submitted_by_id if submission else None
    return hand_behind(submission, made, by=by, verb=ACCEPT, at=at) if by else made
