"""After the minutes: the team reports; a conclusion is drafted, answered by the unit, approved and issued."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import RuleBroken
from kycuong.deadlines.queries import term_of
from kycuong.inspections import authority, rules
from kycuong.inspections.models import Conclusion, Inspection, TeamReport, Visit
from kycuong.inspections.queries.hands import drafter_of
from kycuong.inspections.rules import conclusions as terms
from kycuong.inspections.rules import replies
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._conclusion import drafted, ensure_alive, ensure_read, move
from ._decisions import disputed, rule_to_pin, withdraw_lapsed
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
    conclusion = Conclusion(visit=visit, created_by=by, strengths=visit.strengths)
    for name, text in drafted(conclusion).items():
        setattr(conclusion, name, text)
    ensure_clean(conclusion)
    conclusion.save(force_insert=True)
    record("conclusion.draft", conclusion, by=by)
    for path in settings.INSPECTIONS_DRAFTED:
        import_string(path)(visit, by=by)
    return conclusion


@act
def change_conclusion(conclusion: Conclusion, *, by: Person, version: int, **parts: str) -> Conclusion:
    """Rewrite a draft that nobody else has rewritten since `version` was read. Parts: strengths, shortcomings, causes, requests."""
    authorize(by, "conclusion.draft", at=conclusion.visit.inspection.lead)
    terms.ensure_says_something(parts.values())
    ensure_alive(conclusion, ConclusionState.DRAFT)
    return move(conclusion, ConclusionState.DRAFT, by, "change", version=version, **_cleaned(parts))


@act
def share_conclusion(
    conclusion: Conclusion, *, by: Person, days: int | None = None, version: int | None = None
) -> Conclusion:
    """Show the draft to the unit and ask for its word, for the working days of the rule or more. The rule is pinned."""
    authorize(by, "conclusion.draft", at=conclusion.visit.inspection.lead)
    ensure_alive(conclusion, ConclusionState.DRAFT)
    terms.ensure_says_something(getattr(conclusion, name) for name in PARTS)
    rule = rule_to_pin(conclusion)
    days = rule.reply_days if days is None else days
    replies.ensure_days_to_reply(days, least=rule.reply_days)
    term = {"reply_from": today(), "reply_days": days, "reply_until": term_of(today(), days).due_on}
    first = {"rule": rule, "shared_on": conclusion.shared_on or today(), "heard_on": None, "return_reason": ""}
    first["shared_at"] = now()
    return move(conclusion, ConclusionState.SHARED, by, "share", version=version, **term, **first)


@act
def reply_to_conclusion(conclusion: Conclusion, *, by: Person, reply: str, version: int | None = None) -> Conclusion:
    """The unit's word, before the conclusion is final. Given again, it takes the place of the first; the log keeps both."""
    authorize(by, "conclusion.reply", at=conclusion.visit.unit)
    ensure_alive(conclusion, ConclusionState.SHARED)
    replies.ensure_in_time(conclusion, today=today())
    terms.ensure_reply(reply)
    written = {"reply": reply.strip(), "replied_at": now(), "replied_by": by}
    return move(conclusion, ConclusionState.SHARED, by, "reply", version=version, **written)


@act
def return_conclusion(conclusion: Conclusion, *, by: Person, reason: str, version: int | None = None) -> Conclusion:
    """Back to the draft, with the reason. What the unit said stays; it is asked again when the draft is shared anew."""
    authorize(by, "conclusion.return", at=conclusion.visit.inspection.lead)
    ensure_alive(conclusion, ConclusionState.SHARED, ConclusionState.APPROVED)
    rules.ensure_reason(reason)
    undone = {"approved_at": None, "approved_by": None, "return_reason": reason.strip()}
    heard = {"heard_on": conclusion.heard_on or today()}
    return move(conclusion, ConclusionState.DRAFT, by, "return", version=version, **undone, **heard)


@act
def approve_conclusion(conclusion: Conclusion, *, by: Person, version: int | None = None) -> Conclusion:
    """The authority that ordered the inspection approves, once the unit was heard and its objections were decided on.

    What nobody decided in time is withdrawn first, where the rule says so: an unread answer never counts against the unit.
    """
    authorize(by, "conclusion.approve", at=conclusion.visit.inspection.lead)
    ensure_alive(conclusion, ConclusionState.SHARED)
    terms.ensure_not_the_drafter(by.pk, drafter_of(conclusion, by=by))
    terms.ensure_heard(replied=answered(conclusion), reply_until=conclusion.reply_until, today=today())
    ensure_read(conclusion.version, version)
    withdraw_lapsed(conclusion)
    silence = conclusion.held_rule.lead_silence
    waiting = len(disputed(conclusion))
    replies.ensure_all_decided(waiting, decide_until=conclusion.decide_until, lead_silence=silence)
    approved = {"approved_at": now(), "approved_by": by, "heard_on": conclusion.heard_on or today()}
    return move(conclusion, ConclusionState.APPROVED, by, "approve", version=None, **approved)


@act
def issue_conclusion(
    conclusion: Conclusion, *, by: Person, issued_on: date, number: str = "", version: int | None = None
) -> Conclusion:
    """Record that the approved conclusion was issued. From here on nothing in it changes; the clerk may add the number."""
    authorize(by, "conclusion.issue", at=conclusion.visit.inspection.lead)
    ensure_alive(conclusion, ConclusionState.APPROVED)
    terms.ensure_issued_in_order(issued_on, visited_on=conclusion.visit.visited_on, today=today())
    written = {"issued_on": issued_on, "issue_recorded_at": now(), "number": number.strip()}
    issued = move(conclusion, ConclusionState.ISSUED, by, "issue", version=version, **written)
    for path in settings.INSPECTIONS_ISSUED:
        import_string(path)(issued, by=by)
    settle(conclusion.visit.inspection, by=by)
    return issued


@act
def number_conclusion(conclusion: Conclusion, *, by: Person, number: str, version: int | None = None) -> Conclusion:
    """Record the number that the office gave the issued conclusion; once there, it stays."""
    authorize(by, "conclusion.number", at=conclusion.visit.inspection.lead)
    ensure_alive(conclusion, ConclusionState.ISSUED)
    if conclusion.number:
        raise RuleBroken(
            f"Kết luận đã có số {conclusion.number}.",
            en=f"The conclusion already bears the number {conclusion.number}.",
        )
    rules.ensure_number(number)
    return move(conclusion, ConclusionState.ISSUED, by, "number", version=version, number=number.strip())


def answered(conclusion: Conclusion) -> bool:
    """Since the draft was last shared, the unit spoke of the whole, or of every finding."""
    since, findings = conclusion.shared_at, conclusion.visit.findings
    if since is None:  # shared before the moment was kept
        return conclusion.replied_at is not None
    silent = findings.filter(Q(reply=None) | Q(reply__replied_at__lt=since))
    spoke = conclusion.replied_at is not None and conclusion.replied_at >= since
    return spoke or (findings.exists() and not silent.exists())


def _cleaned(parts: dict[str, str]) -> dict[str, str]:
    unknown = parts.keys() - set(PARTS)
    if unknown:
        raise TypeError(f"a conclusion has no part {', '.join(sorted(unknown))}")
    return {name: text.strip() for name, text in parts.items()}
