"""What the side that inspected does: it verifies or returns a remedy, orders a re-check, answers requests, closes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import RuleBroken, Stale
from kycuong.followup import rules
from kycuong.followup.models import Extension, FollowupRule, Recommendation, RecommendationTerm, RemedyReport
from kycuong.followup.queries.hands import maker_of, speaks_for_unit
from kycuong.followup.rules import OPEN, Decision, Extent, RecommendationState, TermKind
from kycuong.inspections.actions import Planned, open_inspection
from kycuong.inspections.models import Inspection
from kycuong.inspections.rules import Form
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._steps import alive, end_requests, later_term, lead_of, mark_findings, move, time_back, verify
from ._telling import tell_unit
from .answering import LONGEST_EXTENSION

CONFIRM = "remedy.confirm"


@act
def accept_remedy(report: RemedyReport, *, by: Person, note: str = "", whole: bool | None = None) -> Recommendation:
    """Accept what the unit reported: as the whole remedy, or as a part of it (then a note says what is left).

    Without `whole` it is what the unit says itself. The day of the remedy is the day of the report.
    """
    authorize(by, CONFIRM, at=lead_of(report.recommendation))
    recommendation = _undecided(report, by)
    whole = report.extent == Extent.FULL if whole is None else whole
    if not whole:
        rules.ensure_reason(note, field="note")
        _decide(report, Decision.PARTLY, by=by, reason=note)
        terms = time_back(recommendation, report, TermKind.PARTLY, today=today(), by=by, reason=note.strip())
        due_on, rows = terms[0].due_on if terms else recommendation.due_on, [report, *terms]
        move(recommendation, RecommendationState.ACKNOWLEDGED, "remedy.accept_part", by=by, beside=rows, due_on=due_on)
        tell_unit(recommendation, f"decided.{report.uid}", "Báo cáo khắc phục được chấp nhận một phần", text=note)
        return recommendation
    _decide(report, Decision.ACCEPTED, by=by, reason=note)
    verify(recommendation, settled_on=report.submitted_on, today=today(), by=by, beside=[report])
    tell_unit(recommendation, f"decided.{report.uid}", "Báo cáo khắc phục được chấp nhận")
    return recommendation


@act
def return_remedy(report: RemedyReport, *, by: Person, reason: str) -> Recommendation:
    """Send a report back with the reason. The unit has at least the return term, however late the answer came."""
    authorize(by, CONFIRM, at=lead_of(report.recommendation))
    recommendation = _undecided(report, by)
    rules.ensure_reason(reason)
    _decide(report, Decision.RETURNED, by=by, reason=reason)
    terms = time_back(recommendation, report, TermKind.RETURNED, today=today(), by=by, reason=reason.strip())
    due_on = terms[0].due_on if terms else recommendation.due_on
    rows = [report, *terms]
    move(recommendation, RecommendationState.ACKNOWLEDGED, "remedy.return", by=by, beside=rows, due_on=due_on)
    said = f"Báo cáo khắc phục bị trả lại, hạn {recommendation.due_on:%d/%m/%Y}"
    tell_unit(recommendation, f"decided.{report.uid}", said, text=reason)
    return recommendation


@act
def order_recheck(report: RemedyReport, *, by: Person, visited_on: date) -> Inspection:
    """Open a re-check of the unit on a day (phúc tra). The report waits for what it finds."""
    authorize(by, CONFIRM, at=lead_of(report.recommendation))
    recommendation = _undecided(report, by)
    if RemedyReport.objects.rechecking().filter(pk=report.pk).exists():
        raise RuleBroken(
            "Đã có cuộc phúc tra cho báo cáo này.", en="A re-check has been ordered for this report already."
        )
    title = f"Phúc tra: {recommendation.text}"[:300]
    planned = [Planned(recommendation.unit, visited_on)]
    inspection = open_inspection(by=by, lead=lead_of(recommendation), form=Form.RECHECK, title=title, visits=planned)
    if not RemedyReport.objects.filter(pk=report.pk, decided_at=None).update(recheck=inspection):
        raise _answered()
    report.recheck = inspection
    record("remedy.recheck", report, by=by)
    return inspection


@act
def answer_extension(
    extension: Extension, *, by: Person, grant: bool, until: date | None = None, reason: str = ""
) -> Recommendation:
    """Grant the extension (until the day asked for, or another one), or refuse it with the reason.

    Refused late, the unit still has the return term: what was asked in time and not read does not count against it.
    """
    authorize(by, "extension.decide", at=lead_of(extension.recommendation))
    recommendation = alive(extension.recommendation, OPEN)
    refresh(extension)
    rules.ensure_undecided(not extension.is_waiting)
    _ensure_another_side(extension, recommendation, by, "extension.decide")
    assert recommendation.due_on is not None, "issued with a term, says the database"
    terms: list[RecommendationTerm] = []
    if grant:
        terms.append(_granted(extension, recommendation, until or extension.until, reason=reason, by=by))
    else:
        rules.ensure_reason(reason)
        days = FollowupRule.on(recommendation.issued_on or today()).return_days
        if today() > recommendation.due_on:
            late, said = TermKind.ANSWERED_LATE, reason.strip()
            terms += later_term(recommendation, late, days=days, today=today(), by=by, reason=said)
    _answer(extension, grant, terms, by=by, reason=reason)
    due_on = terms[0].due_on if terms else recommendation.due_on
    state = RecommendationState(recommendation.state)
    move(recommendation, state, "extension.decide", by=by, beside=[extension, *terms], due_on=due_on)
    said = "Được gia hạn đến" if grant else "Không được gia hạn, hạn là"
    tell_unit(recommendation, f"answered.{extension.uid}", f"{said} {recommendation.due_on:%d/%m/%Y}", text=reason)
    return recommendation


@act
def close_recommendation(recommendation: Recommendation, *, by: Person, reason: str) -> Recommendation:
    """End a recommendation without a remedy, with the reason that everybody reads."""
    authorize(by, "recommendation.close", at=lead_of(recommendation))
    alive(recommendation, OPEN)
    rules.ensure_reason(reason)
    _ensure_another_side(None, recommendation, by, "recommendation.close")
    rules.ensure_answered_first(recommendation.reports.waiting().exists())
    asked = end_requests(recommendation, today=today())
    closed: dict[str, Any] = {
        "settled_on": today(),
        "decided_on": today(),
        "settled_by": by,
        "close_reason": reason.strip(),
    }
    move(recommendation, RecommendationState.CLOSED, "recommendation.close", by=by, beside=asked, **closed)
    mark_findings(recommendation, by=by)
    tell_unit(recommendation, "closed", "Kiến nghị đã kết thúc", text=reason)
    return recommendation


def _undecided(report: RemedyReport, by: Person) -> Recommendation:
    refresh(report)
    rules.ensure_undecided(not report.is_waiting)
    _ensure_another_side(report, report.recommendation, by, CONFIRM)
    return alive(report.recommendation, [RecommendationState.CLAIMED])


def _ensure_another_side(made: RemedyReport | Extension | None, about: Recommendation, by: Person, verb: str) -> None:
    """Neither who reported or asked, nor who speaks for the unit: oneself, or anybody in whose stead one acts."""
    rules.ensure_not_the_reporter(by.pk, maker_of(made, by=by, verb=verb) if made else None)
    rules.ensure_not_both_sides(speaks_for_unit(about, by=by, verb=verb))


def _decide(report: RemedyReport, decision: Decision, *, by: Person, reason: str) -> None:
    """One conditional statement, so that of two who decide one wins."""
    values = {"decision": decision, "decision_reason": reason.strip(), "decided_on": today(), "decided_at": now()}
    for name, value in values.items():
        setattr(report, name, value)
    report.decided_by = by
    ensure_clean(report)
    if not RemedyReport.objects.filter(pk=report.pk, decided_at=None).update(**values, decided_by=by):
        raise _answered()


def _granted(
    extension: Extension, recommendation: Recommendation, until: date, *, reason: str, by: Person
) -> RecommendationTerm:
    assert recommendation.due_on is not None, "issued with a term, says the database"
    last = max(recommendation.due_on, today()) + timedelta(days=LONGEST_EXTENSION)
    rules.ensure_asked_in_order(until, due_on=max(recommendation.due_on, today() - timedelta(days=1)), last=last)
    row = RecommendationTerm(recommendation=recommendation, kind=TermKind.EXTENDED, set_on=today(), due_on=until)
    row.reason, row.set_by = (reason.strip() or extension.reason), by
    ensure_clean(row)
    row.save(force_insert=True)
    return row


def _answer(extension: Extension, grant: bool, terms: list[RecommendationTerm], *, by: Person, reason: str) -> None:
    values = {
        "decision": Decision.ACCEPTED if grant else Decision.RETURNED,
        "granted_until": terms[0].due_on if grant else None,
        "decision_reason": reason.strip(),
        "decided_on": today(),
        "decided_at": now(),
    }
    for name, value in values.items():
        setattr(extension, name, value)
    extension.decided_by = by
    ensure_clean(extension)
    if not Extension.objects.filter(pk=extension.pk, decided_at=None).update(**values, decided_by=by):
        raise _answered()


def _answered() -> Stale:
    return Stale(
        "Việc này vừa được người khác quyết định. Hãy tải lại trang.",
        en="Somebody else has just decided on this. Reload the page.",
    )
