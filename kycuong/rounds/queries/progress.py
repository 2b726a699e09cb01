"""How far a round has come: each agency, whether it reported and when, what was decided, who is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kycuong.orgs.authority import Someone
from kycuong.orgs.queries import full_names, holders_by_unit
from kycuong.rounds.models import AgencyReport, ReportingRound, ReportSubmission
from kycuong.rounds.rules import HANDED_IN, ReportState, RoundState

TONES = {
    ReportState.WAITING: "planned",
    ReportState.SUBMITTED: "attention",
    ReportState.RETURNED: "attention",
    ReportState.ACCEPTED: "good",
}


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """One agency."""

    report: AgencyReport
    name: str
    tone: str
    words: str
    outcome: str
    is_late: bool
    has_reader: bool
    submission: ReportSubmission | None

    @property
    def times(self) -> int:
        return self.submission.number if self.submission else 0


@dataclass(frozen=True, slots=True)
class Progress:
    """All agencies of a round that a person may see, those that still owe it first."""

    lines: list[ProgressLine]

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def submitted(self) -> int:
        return sum(line.report.state in HANDED_IN for line in self.lines)

    @property
    def accepted(self) -> int:
        return sum(line.report.state == ReportState.ACCEPTED for line in self.lines)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines)

    @property
    def unread(self) -> int:
        """Agencies at which nobody has an account to report with."""
        return sum(not line.has_reader and not line.submission for line in self.lines)

    @property
    def share(self) -> dict[str, int]:
        return {"numerator": self.submitted, "denominator": self.total}

    @property
    def missing(self) -> list[str]:
        return [line.name for line in self.lines if not line.submission]


def progress_of(found: ReportingRound, person: Someone | None, *, today: date) -> Progress:
    """As far as the person may see it: an agency's people see their own line."""
    reports = AgencyReport.objects.filter(round=found).select_related("agency", "round")
    if person is not None and found.state != RoundState.DRAFT:
        reports = reports.visible_to(person)
    rows = list(reports)
    keys = [one.agency_id for one in rows]
    names, readers = full_names(keys, today), holders_by_unit(keys, "round.answer", on=today)
    last = latest(rows)
    lines = [_line(one, names[one.agency_id], bool(readers[one.agency_id]), last.get(one.pk), today) for one in rows]
    return Progress(sorted(lines, key=lambda one: (one.report.state in HANDED_IN, not one.is_late, one.name)))


def latest(reports: Iterable[AgencyReport]) -> dict[int, ReportSubmission]:
    """Report → its last submission; texts of contents are not fetched."""
    rows = ReportSubmission.objects.filter(report__in=list(reports)).defer("content").select_related("report")
    return {one.report_id: one for one in rows.order_by("number")}


def frozen_lines(progress: Progress) -> list[dict[str, Any]]:
    """Who reported, in time or late, how often: as it is kept in the signed report."""
    return [
        {
            "slug": line.report.agency.slug,
            "name": line.name,
            "state": line.report.state,
            "first_submitted_on": line.report.first_submitted_on.isoformat()
            if line.report.first_submitted_on
            else None,
            "days_late": line.report.days_late,
            "submissions": line.times,
            "sha256": line.submission.sha256 if line.submission else "",
        }
        for line in progress.lines
    ]


def outcome_of(report: AgencyReport) -> str:
    """In time, or late by so many days; it was decided when the agency first submitted."""
    if report.first_submitted_on is None:
        return ""
    return _("Quá hạn %d ngày làm việc") % report.days_late if report.days_late else _("Đúng hạn")


def _line(
    report: AgencyReport, name: str, has_reader: bool, submission: ReportSubmission | None, today: date
) -> ProgressLine:
    due, state = report.round.due_on, ReportState(report.state)
    is_open = report.round.state == RoundState.OPEN
    late = state == ReportState.WAITING and is_open and due is not None and due < today
    tone, words = TONES[state], str(state.label)
    if late:
        tone, words = "late", _("Quá hạn, chưa nộp")
    elif state == ReportState.WAITING and not is_open and due is not None:
        tone, words = "none", _("Không nộp")
    return ProgressLine(report, name, tone, words, outcome_of(report), late, has_reader, submission)
