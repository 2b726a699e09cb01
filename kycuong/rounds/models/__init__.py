"""Tables of periodic reports."""

from __future__ import annotations

from .rounds import AgencyReport, AgencyReportQuerySet, ReportingRound, ReportingRoundQuerySet
from .settings import ReportReminder, RoundRule
from .submissions import ReportReview, ReportSubmission, SignedReport, SignedReportNumber

__all__ = [
    "AgencyReport",
    "AgencyReportQuerySet",
    "ReportReminder",
    "ReportReview",
    "ReportSubmission",
    "ReportingRound",
    "ReportingRoundQuerySet",
    "RoundRule",
    "SignedReport",
    "SignedReportNumber",
]
