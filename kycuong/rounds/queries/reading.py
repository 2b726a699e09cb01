"""What is kept, as far as a person may know it: measures and the words of recommendations are for fewer."""

from __future__ import annotations

from dataclasses import replace

from kycuong.followup.models import Recommendation
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Unit
from kycuong.reports.figures.question import LEAD
from kycuong.reports.queries.figures import sees_measures
from kycuong.reports.rules.summary import Summary
from kycuong.rounds.models import ReportSubmission, SignedReport, SignedReportNumber
from kycuong.rounds.rules import Frozen, ensure_whole, frozen_of, opened, submitted_of


def knows_measures(person: Someone | None, scope: Unit) -> bool:
    """Whether the person may see measures there now; None is the machine, which knows all."""
    return person is None or sees_measures(person, scope, LEAD)


def summary_read(summary: Summary, scope: Unit, person: Someone | None) -> Summary:
    """A whole summary as far as the person may know it."""
    shown = summary if knows_measures(person, scope) else summary.without_measures()
    return shown if person is None else _without_closed(shown, person)


def submission_read(submission: ReportSubmission, person: Someone | None) -> Summary:
    """What was submitted, from what was kept alone."""
    ensure_whole(submission.content, submission.sha256)
    return summary_read(submitted_of(submission.content), submission.report.agency, person)


def signed_read(signed: SignedReport, person: Someone | None) -> Frozen:
    """What was signed, from what was kept alone."""
    ensure_whole(signed.content, signed.sha256)
    frozen = frozen_of(signed.content)
    if not knows_measures(person, signed.authority):
        frozen = opened(frozen)
    return frozen if person is None else replace(frozen, summary=_without_closed(frozen.summary, person))


def number_of(signed: SignedReport) -> SignedReportNumber | None:
    """The number and day that the clerk entered, if any."""
    return SignedReportNumber.objects.filter(signed=signed).first()


def _without_closed(summary: Summary, person: Someone) -> Summary:
    """Without the words of recommendations that the person may not open."""
    asked = [one.recommendation for one in summary.advice]
    found = Recommendation.objects.visible_to(person).filter(uid__in=asked) if asked else Recommendation.objects.none()
    open_ = {str(uid) for uid in found.values_list("uid", flat=True)}
    told = tuple(one if one.recommendation in open_ else replace(one, text=None) for one in summary.advice)
    return replace(summary, advice=told)
