"""After the minutes: the team reports; a conclusion is drafted, answered by the unit, approved and issued."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.module_loading import import_string

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import RuleBroken, Stale
from kycuong.inspections import authority, rules
from kycuong.inspections.models import Conclusion, Inspection, TeamReport, Visit
from kycuong.inspections.rules import conclusions as terms
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._steps import settle

PARTS = ("strengths", "shortcomings", "causes", "requests")


@act
def submit_report(inspection: Inspection, *, by: Person, text: str, reported_on: date, number: str = "") -> TeamReport:
    """Hand in the report of the team. Handed in again before the conclusion, it takes the place of the first."""
    authority.authorize(by, "report.submit", at=inspection)
    refresh(inspection)
    rules.ensure_reported_when_signed(inspection)
    terms.ensure_says_something([text])
    first = min(inspection.visits.filter(state=rules.VisitState.SIGNED).values_list("visited_on", flat=True))
    terms.ensure_reported_in_order(reported_on, visited_on=first, today=today())
    report = TeamReport.objects.filter(inspection=inspection).first() or TeamReport(inspection=inspection)
    report.text, report.number, report.reported_on = text.strip(), number.strip(), reported_on
    report.submitted_at, report.submitted_by = now(), by
    ensure_clean(report)
    report.save()
    record("report.submit", report, by=by)
    settle(inspection, by=by)
    return report


@act
def draft_conclusion(visit: Visit, *, by: Person) -> Conclusion:
    """Begin the conclusion on a signed visit with what its minutes say. There is one: asked again, it is returned."""
    authorize(by, "conclusion.draft", at=visit.inspection.lead)
    rules.ensure_signed(visit)
    if already := Conclusion.objects.filter(visit=visit).first():
        return already
    findings = list(visit.findings.all())
    conclusion = Conclusion(visit=visit, created_by=by, strengths=visit.strengths)
    conclusion.shortcomings = terms.shortcomings_drafted(findings)
    conclusion.requests = terms.requests_drafted(visit.unit_name_then, findings)
    ensure_clean(conclusion)
    conclusion.save(force_insert=True)
    record("conclusion.draft", conclusion, by=by)
    return conclusion


@act
def change_conclusion(conclusion: Conclusion, *, by: Person, version: int, **parts: str) -> Conclusion:
    """Rewrite a draft that nobody else has rewritten since `version` was read. Parts: strengths, shortcomings, causes, requests."""
    authorize(by, "conclusion.draft", at=conclusion.visit.inspection.lead)
    terms.ensure_says_something(parts.values())
    _ensure_alive(conclusion, ConclusionState.DRAFT)
    return _move(conclusion, ConclusionState.DRAFT, by, "change", version=version, **_cleaned(parts))


@act
def share_conclusion(
    conclusion: Conclusion, *, by: Person, reply_until: date, version: int | None = None
) -> Conclusion:
    """Show the draft to the unit and ask for its word until a day."""
    authorize(by, "conclusion.draft", at=conclusion.visit.inspection.lead)
    _ensure_alive(conclusion, ConclusionState.DRAFT)
    terms.ensure_says_something(getattr(conclusion, name) for name in PARTS)
    terms.ensure_time_to_reply(reply_until, today=today())
    return _move(
        conclusion, ConclusionState.SHARED, by, "share", version=version, reply_until=reply_until, return_reason=""
    )


@act
def reply_to_conclusion(conclusion: Conclusion, *, by: Person, reply: str, version: int | None = None) -> Conclusion:
    """The unit's word, before the conclusion is final. Given again, it takes the place of the first; the log keeps both."""
    authorize(by, "conclusion.reply", at=conclusion.visit.unit)
    _ensure_alive(conclusion, ConclusionState.SHARED)
    terms.ensure_reply(reply)
    written = {"reply": reply.strip(), "replied_at": now(), "replied_by": by}
    return _move(conclusion, ConclusionState.SHARED, by, "reply", version=version, **written)


@act
def return_conclusion(conclusion: Conclusion, *, by: Person, reason: str, version: int | None = None) -> Conclusion:
    """Back to the draft, with the reason. What the unit said stays; it is asked again when the draft is shared anew."""
    authorize(by, "conclusion.return", at=conclusion.visit.inspection.lead)
    _ensure_alive(conclusion, ConclusionState.SHARED, ConclusionState.APPROVED)
    rules.ensure_reason(reason)
    undone = {"approved_at": None, "approved_by": None, "reply_until": None, "return_reason": reason.strip()}
    return _move(conclusion, ConclusionState.DRAFT, by, "return", version=version, **undone)


@act
def approve_conclusion(conclusion: Conclusion, *, by: Person, version: int | None = None) -> Conclusion:
    """The authority that ordered the inspection approves, once the unit was heard."""
    authorize(by, "conclusion.approve", at=conclusion.visit.inspection.lead)
    _ensure_alive(conclusion, ConclusionState.SHARED)
    terms.ensure_not_the_drafter(by.pk, conclusion.created_by_id)
    replied = conclusion.replied_at is not None
    terms.ensure_heard(replied=replied, reply_until=conclusion.reply_until, today=today())
    approved = {"approved_at": now(), "approved_by": by}
    return _move(conclusion, ConclusionState.APPROVED, by, "approve", version=version, **approved)


@act
def issue_conclusion(
    conclusion: Conclusion, *, by: Person, issued_on: date, number: str = "", version: int | None = None
) -> Conclusion:
    """Record that the approved conclusion was issued. From here on nothing in it changes; the clerk may add the number."""
    authorize(by, "conclusion.issue", at=conclusion.visit.inspection.lead)
    _ensure_alive(conclusion, ConclusionState.APPROVED)
    terms.ensure_issued_in_order(issued_on, visited_on=conclusion.visit.visited_on, today=today())
    written = {"issued_on": issued_on, "number": number.strip()}
    issued = _move(conclusion, ConclusionState.ISSUED, by, "issue", version=version, **written)
    for path in settings.INSPECTIONS_ISSUED:
        import_string(path)(issued, by=by)
    settle(conclusion.visit.inspection, by=by)
    return issued


@act
def number_conclusion(conclusion: Conclusion, *, by: Person, number: str, version: int | None = None) -> Conclusion:
    """Record the number that the office gave the issued conclusion; once there, it stays."""
    authorize(by, "conclusion.number", at=conclusion.visit.inspection.lead)
    _ensure_alive(conclusion, ConclusionState.ISSUED)
    if conclusion.number:
        raise RuleBroken(
            f"Kết luận đã có số {conclusion.number}.",
            en=f"The conclusion already bears the number {conclusion.number}.",
        )
    rules.ensure_number(number)
    return _move(conclusion, ConclusionState.ISSUED, by, "number", version=version, number=number.strip())


def _ensure_alive(conclusion: Conclusion, *states: ConclusionState) -> None:
    """In one of the states, on a visit that still counts; read anew, for somebody else may have moved it."""
    refresh(conclusion)
    refresh(conclusion.visit)
    rules.ensure_signed(conclusion.visit)
    terms.ensure_in(conclusion, *states)


def _move(
    conclusion: Conclusion, state: ConclusionState, by: Person, verb: str, *, version: int | None, **values: Any
) -> Conclusion:
    """Write the values and the state in one conditional statement, so that of two acts at once one wins."""
    read, come_from = conclusion.version if version is None else version, conclusion.state
    for name, value in values.items():
        setattr(conclusion, name, value)
    conclusion.state = state
    ensure_clean(conclusion)
    there = Conclusion.objects.filter(pk=conclusion.pk, version=read, state=come_from)
    if not there.update(state=state, version=F("version") + 1, **values):
        raise Stale(
            "Kết luận vừa được người khác sửa. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi lưu lại.",
            en="Somebody else has just changed this conclusion. What you typed is kept: look at the new text, then save again.",
        )
    conclusion.refresh_from_db()
    record(f"conclusion.{verb}", conclusion, by=by)
    return conclusion


def _cleaned(parts: dict[str, str]) -> dict[str, str]:
    unknown = parts.keys() - set(PARTS)
    if unknown:
        raise TypeError(f"a conclusion has no part {', '.join(sorted(unknown))}")
    return {name: text.strip() for name, text in parts.items()}
