"""What a decision writes, by somebody or by the rule of silence, and which rule that is."""

from __future__ import annotations

from kycuong.audit.log import record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.inspections.models import Conclusion, Finding, FindingDecision, SilenceRule
from kycuong.inspections.models.replies import LONG_AGO
from kycuong.inspections.queries.silence import rule_on
from kycuong.inspections.rules import replies
from kycuong.inspections.rules.replies import DecisionOutcome, LeadSilence
from kycuong.orgs.models import Person

from ._conclusion import drafted, reword


def withdraw_lapsed(conclusion: Conclusion) -> int:
    """Withdraw what nobody decided in time, where the rule says so; nobody stands beside the reason."""
    until = conclusion.decide_until
    rule = conclusion.held_rule
    if until is None or today() <= until or rule.lead_silence != LeadSilence.WITHDRAWN:
        return 0
    waiting = disputed(conclusion)
    for finding in waiting:
        decide(conclusion, finding, by=None, outcome=DecisionOutcome.WITHDRAWN, reason=replies.UNANSWERED)
    return len(waiting)


def disputed(conclusion: Conclusion) -> list[Finding]:
    """Findings of the conclusion to which the unit objects and on which nobody has decided."""
    return list(Finding.objects.filter(visit=conclusion.visit_id, reply__accepts=False, decision=None))


def decide(conclusion: Conclusion, finding: Finding, *, by: Person | None, **given: object) -> FindingDecision:
    before = drafted(conclusion)
    decision = FindingDecision(finding=finding, decided_by=by, decided_at=now(), decided_on=today(), **given)
    ensure_clean(decision)
    decision.save(force_insert=True)
    record("finding.decide" if by else "finding.lapse", decision, by=by)
    reword(conclusion, finding, before, by=by)
    return decision


def rule_to_pin(conclusion: Conclusion) -> SilenceRule:
    """The rule that the conclusion was first shared under, or else the one in force; the proposal, kept, if there is none."""
    rule = conclusion.rule or rule_on(today())
    if rule._state.adding:
        rule.valid_from = LONG_AGO
        ensure_clean(rule)
        rule.save(force_insert=True)
        record("silence.begin", rule, by=None)
    return rule
