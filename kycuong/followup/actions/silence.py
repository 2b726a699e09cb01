"""What happens when nobody looks at a report of remedy in time, as the setting said from the start."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record
from kycuong.core.clock import now
from kycuong.followup.models import FollowupRule, RemedyReport
from kycuong.followup.rules import Decision, Extent, RecommendationState, Silence
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._steps import alive, lead_of, move, verify
from ._telling import name_of, tell_lead


@act
def accept_unread(report: RemedyReport, *, by: Person | None, today: date) -> bool:
    """Accept a report whose time to be verified is over, if that is what silence means for its recommendation.

    Whether it did. Safe to ask again; a re-check that was ordered keeps the report waiting.
    """
    authorize(by, "remedy.confirm", at=lead_of(report.recommendation))
    report.refresh_from_db()
    recommendation = report.recommendation
    rule = FollowupRule.on(recommendation.issued_on or today)
    if (
        rule.check_silence != Silence.ACCEPTED
        or not report.is_waiting
        or report.recheck_id
        or today <= report.check_until
    ):
        return False
    alive(recommendation, [RecommendationState.CLAIMED])
    report.decision, report.decided_on, report.decided_at = Decision.SILENT, today, now()
    report.save(update_fields=["decision", "decided_on", "decided_at"])
    if report.extent == Extent.FULL:
        verify(recommendation, settled_on=report.submitted_on, today=today, by=by, beside=[report])
    else:
        move(recommendation, RecommendationState.ACKNOWLEDGED, "remedy.accept_part", by=by, beside=[report])
    return True


@act
def tell_unread(report: RemedyReport, *, by: Person | None) -> int:
    """Tell the leader that a report waits beyond its time to be verified. How many had not been told before."""
    authorize(by, "remedy.confirm", at=lead_of(report.recommendation))
    until = f"{report.check_until:%d/%m/%Y}"
    subject = f"Báo cáo khắc phục chưa được kiểm chứng (hạn {until}): {name_of(report.recommendation)}"
    told = tell_lead(report.recommendation, "recommendation.close", f"unread.{report.uid}", subject, due=True)
    if told:
        record("remedy.tell_unread", report, by=by, told=told)
    return told
