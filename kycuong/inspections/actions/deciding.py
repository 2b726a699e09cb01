"""The lead side decides on what the unit objected to; what nobody decided in time is withdrawn, or waits."""

from __future__ import annotations

from kycuong.audit.log import act
from kycuong.core.problems import Stale
from kycuong.inspections.models import Conclusion, Finding, FindingDecision
from kycuong.inspections.queries.hands import answers_for_unit
from kycuong.inspections.rules import replies
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.inspections.rules.replies import DecisionOutcome
from kycuong.orgs.authority import authorize, hand_behind
from kycuong.orgs.models import Person

from ._conclusion import conclusion_on, ensure_alive
from ._decisions import decide, withdraw_lapsed

DRAFT = "conclusion.draft"
OPEN = (ConclusionState.DRAFT, ConclusionState.SHARED)
"""Before the approval; in a draft that was returned, too, for the unit's answer waits there as well."""


@act
def decide_finding(
    finding: Finding,
    *,
    by: Person,
    outcome: str,
    reason: str,
    description: str = "",
    severity: int | None = None,
    version: int | None = None,
) -> FindingDecision:
    """Keep, change or withdraw a finding to which the unit objects. `version`: of the answer that was read. Once, for good."""
    authorize(by, DRAFT, at=finding.visit.inspection.lead)
    conclusion = conclusion_on(finding, *OPEN)
    replies.ensure_undecided(finding)
    replies.ensure_disputed(finding)
    reply = finding.answered
    assert reply is not None
    if version is not None and version != reply.version:
        raise Stale(
            "Đơn vị vừa sửa ý kiến. Những gì bạn nhập còn nguyên: hãy đọc ý kiến mới rồi quyết định.",
            en="The unit has just changed its answer. What you typed is kept: read the new answer, then decide.",
        )
    replier = hand_behind(reply, reply.replied_by_id, by=by, verb=DRAFT, at=finding.visit.inspection.lead)
    replies.ensure_not_of_the_unit(replier=replier, decider=by.pk, is_unit=answers_for_unit(conclusion, by=by))
    replies.ensure_decision(outcome, reason=reason, description=description, severity=severity)
    changed = {"description": description.strip(), "severity": severity} if outcome == DecisionOutcome.CHANGED else {}
    given = {"outcome": outcome, "reason": reason.strip(), **changed}
    return decide(conclusion, finding, by=by, **given)


@act
def withdraw_unread(conclusion: Conclusion, *, by: Person | None) -> int:
    """Withdraw what nobody decided in time, where the rule says so. Returns how many findings; asked again, none."""
    authorize(by, DRAFT, at=conclusion.visit.inspection.lead)
    ensure_alive(conclusion, *OPEN)
    return withdraw_lapsed(conclusion)
