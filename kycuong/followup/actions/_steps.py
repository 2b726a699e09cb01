"""Steps that several acts share: moving a recommendation in one statement, giving it a term, marking findings remedied."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import F, Model

from kycuong.audit.log import record_many
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now
from kycuong.core.problems import Stale
from kycuong.deadlines.queries import term_of
from kycuong.followup import rules
from kycuong.followup.models import Extension, FollowupRule, Recommendation, RecommendationTerm, RemedyReport
from kycuong.followup.rules import Decision, RecommendationState, TermKind
from kycuong.inspections import rules as inspecting
from kycuong.inspections.models import Finding, Visit
from kycuong.orgs.models import Person, Unit


def alive(recommendation: Recommendation, states: Collection[str]) -> Recommendation:
    """Read anew, in one of the states, on a visit that still counts."""
    refresh(recommendation)
    refresh(recommendation.visit)
    inspecting.ensure_signed(recommendation.visit)
    rules.ensure_in(recommendation, states)
    return recommendation


def lead_of(recommendation: Recommendation) -> Unit:
    return recommendation.visit.inspection.lead


def move(
    recommendation: Recommendation,
    state: RecommendationState,
    verb: str,
    *,
    by: Person | None,
    version: int | None = None,
    beside: Collection[Model] = (),
    **values: Any,
) -> Recommendation:
    """Write state and values in one conditional statement, so that of two acts at once one wins; then the record."""
    read, come_from = recommendation.version if version is None else version, recommendation.state
    for name, value in values.items():
        setattr(recommendation, name, value)
    recommendation.state = state
    ensure_clean(recommendation, exclude=["findings"])
    there = Recommendation.objects.filter(pk=recommendation.pk, version=read, state=come_from)
    if not there.update(state=state, version=F("version") + 1, **values):
        raise stale()
    recommendation.refresh_from_db()
    record_many(verb, [recommendation, *beside], by=by)
    return recommendation


def stale() -> Stale:
    return Stale(
        "Kiến nghị vừa được người khác cập nhật. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi làm lại.",
        en="Somebody else has just changed this recommendation. What you typed is kept: look at the new state, then try again.",
    )


def computed_term(
    recommendation: Recommendation, kind: TermKind, *, start: date, days: int, today: date, by: Person | None
) -> RecommendationTerm:
    """A term of so many working days after a day; the row says how it was computed."""
    term = term_of(start, days)
    row = RecommendationTerm(recommendation=recommendation, kind=kind, set_on=today, start=start, days=days)
    row.due_on, row.words, row.set_by = term.due_on, term.words[:600], by
    ensure_clean(row)
    row.save(force_insert=True)
    return row


def later_term(
    recommendation: Recommendation, kind: TermKind, *, days: int, today: date, by: Person | None, reason: str
) -> list[RecommendationTerm]:
    """So many working days from today, unless the present term ends later anyway."""
    assert recommendation.due_on is not None, "issued with a term, says the database"
    if term_of(today, days).due_on <= recommendation.due_on:
        return []
    row = computed_term(recommendation, kind, start=today, days=days, today=today, by=by)
    row.reason = reason
    row.save(update_fields=["reason"])
    return [row]


def verify(
    recommendation: Recommendation, *, settled_on: date, today: date, by: Person | None, beside: Collection[Model]
) -> Recommendation:
    """Settled by what the unit did on a day; how late that was is frozen, and findings that are answered whole are marked."""
    assert recommendation.due_on is not None, "issued with a term, says the database"
    asked = end_requests(recommendation, today=today)
    due_on = max([recommendation.due_on, *(one.until for one in asked)])  # asked in time and never answered
    late = rules.days_late(settled_on, due_on)
    beside = [*beside, *asked]
    outcome: dict[str, Any] = {"settled_on": settled_on, "decided_on": today, "settled_by": by, "days_late": late}
    move(recommendation, RecommendationState.VERIFIED, "recommendation.verify", by=by, beside=beside, **outcome)
    mark_findings(recommendation, by=by)
    return recommendation


def end_requests(recommendation: Recommendation, *, today: date) -> list[Extension]:
    """Requests for more time that nobody answered end with the recommendation."""
    ended = list(recommendation.extensions.waiting())
    for one in ended:
        one.decision, one.decided_on, one.decided_at = Decision.ENDED, today, now()
        one.save(update_fields=["decision", "decided_on", "decided_at"])
    return ended


def time_back(
    recommendation: Recommendation, report: RemedyReport, kind: TermKind, *, today: date, by: Person | None, reason: str
) -> list[RecommendationTerm]:
    """Time for what is left, after an answer: the return term if the report came in time; else the days that the unit waited."""
    assert recommendation.due_on is not None, "issued with a term, says the database"
    if report.submitted_on <= recommendation.due_on:
        days = FollowupRule.on(recommendation.issued_on or today).return_days
        return later_term(recommendation, kind, days=days, today=today, by=by, reason=reason)
    waited = today - report.submitted_on
    if not waited:
        return []
    row = RecommendationTerm(recommendation=recommendation, kind=kind, set_on=today, reason=reason, set_by=by)
    row.due_on = recommendation.due_on + waited
    ensure_clean(row)
    row.save(force_insert=True)
    return [row]


def mark_findings(recommendation: Recommendation, *, by: Person | None) -> None:
    """A finding is remedied once nothing that was recommended about it is open any more."""
    marked = []
    for finding in recommendation.findings.filter(remedied_on=None):
        others = finding.recommendations.exclude(state=RecommendationState.DRAFT)
        if others.exclude(state__in=rules.SETTLED).exists():
            continue
        days = [one.settled_on for one in others if one.state == RecommendationState.VERIFIED and one.settled_on]
        if not days:
            continue
        finding.remedied_on, finding.remedied_by = max(days), by
        finding.remedy_note = str(recommendation)[:500]
        ensure_clean(finding)
        if Finding.objects.filter(pk=finding.pk, remedied_on=None).update(
            remedied_on=finding.remedied_on, remedied_by=by, remedy_note=finding.remedy_note
        ):
            marked.append(finding)
    record_many("remedy.confirm", marked, by=by)


def findings_at(visit: Visit, chosen: Collection[Finding]) -> list[Finding]:
    """Those of the chosen findings that were made at the visit and still stand."""
    return list(visit.findings.standing().filter(pk__in=[one.pk for one in chosen]))
