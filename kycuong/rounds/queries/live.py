"""What would be frozen now: the whole report of a unit, with the mark by which a reader's page is compared with it."""

from __future__ import annotations

from dataclasses import replace

from kycuong.orgs.models import Unit
from kycuong.reports.queries import summary_for
from kycuong.reports.rules.periods import Period
from kycuong.reports.rules.summary import Summary, to_text
from kycuong.rounds.models import AgencyReport, ReportingRound
from kycuong.rounds.rules import digest_of, with_words


def whole(unit: Unit, period: Period) -> Summary:
    """Everything, for whoever: it is opened for eyes when it is read."""
    return summary_for(unit, period, person=None)


def report_now(report: AgencyReport) -> Summary:
    """What the agency would submit, with its own words."""
    return with_words(whole(report.agency, report.round.period), report.difficulties, report.proposals)


def compiled_now(found: ReportingRound, difficulties: str = "", proposals: str = "") -> Summary:
    """What the authority would sign: counted from visits, not added up from reports."""
    return with_words(whole(found.authority, found.period), difficulties, proposals)


def mark_of(summary: Summary) -> str:
    """Equal for two reports that say the same figures, whenever they were made and whatever was written beside them."""
    return digest_of(to_text(replace(summary, made_at="", words={})))
