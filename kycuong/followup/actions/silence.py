"""What happens when nobody looks at a report of remedy in time, as the setting said from the start."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record
from kycuong.core.clock import now
from kycuong.followup.models import FollowupRule, RemedyReport
from kycuong.followup.rules import Decision, Extent, RecommendationState, Silence, TermKind
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._steps import alive, lead_of, move, time_back, verify
from ._telling import name_of, tell_lead, tell_unit


@act
def accept_unread(report: RemedyReport, *, by: Person | None, today: date) -> bool:
    """Accept a report whose time to be verified is over, if that is what silence means for its recommendation.

    Whether it did. Safe to ask again; a re-check that was ordered keeps the report waiting.
    """
    authorize(by, "remedy.confirm", at=lead_of(report.recommendation))
    waiting = RemedyReport.objects.alive().filter(pk=report.pk, check_until__lt=today)
    if not waiting.exists() or RemedyReport.objects.rechecking().filter(pk=report.pk).exists():
        return False
    report.refresh_from_db()
    recommendation = alive(report.recommendation, [RecommendationState.CLAIMED])
    if FollowupRule.on(recommendation.issued_on or today).check_silence != Silence.ACCEPTED:
        return False
    report.decision, report.decided_on, report.decided_at = Decision.SILENT, today, now()
    report.save(update_fields=["decision", "decided_on", "decided_at"])
    if report.extent == Extent.FULL:
        verify(recommendation, settled_on=report.submitted_on, today=today, by=by, beside=[report])
    else:
        terms = time_back(
            recommendation, report, TermKind.PARTLY, today=today, by=by, reason=str(Decision.SILENT.label)
        )
        due_on, rows = terms[0].due_on if terms else recommendation.due_on, [report, *terms]
        move(recommendation, RecommendationState.ACKNOWLEDGED, "remedy.accept_part", by=by, beside=rows, due_on=due_on)
    tell_unit(recommendation, f"decided.{report.uid}", "Báo cáo khắc phục được chấp nhận do hết hạn kiểm chứng")
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
