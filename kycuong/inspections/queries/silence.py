"""The rule of silence in force, the terms that run, and both told with their computation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kycuong.core.clock import today
from kycuong.deadlines.queries import term_of
from kycuong.deadlines.rules import Term
from kycuong.inspections.models import Conclusion, SilenceRule
from kycuong.inspections.rules import VisitState
from kycuong.inspections.rules.conclusions import ConclusionState

Running = list[tuple[Conclusion, date, int]]


def rule_on(day: date) -> SilenceRule:
    """The rule in force on a day: the last that was set by then, or the proposal (a row without a key)."""
    return SilenceRule.objects.filter(valid_from__lte=day).last() or SilenceRule(valid_from=day)


def rules_set() -> list[SilenceRule]:
    """Every rule, the newest first, with who set it."""
    return list(SilenceRule.objects.select_related("set_by").order_by("-valid_from"))


@dataclass(frozen=True)
class TwoTerms:
    """Both clocks of a conclusion: the rule, the unit's term and the lead side's, each with how it was computed."""

    rule: SilenceRule
    reply: Term | None
    reply_until: date | None
    decide: Term | None
    decide_until: date | None
    begun: bool


def two_terms(conclusion: Conclusion) -> TwoTerms:
    """As they run; before the conclusion is shared, as they would run from today."""
    begun = conclusion.reply_from is not None and conclusion.state != ConclusionState.DRAFT
    rule = conclusion.rule or rule_on(today())
    start, days = (conclusion.reply_from, conclusion.reply_days) if begun else (today(), rule.reply_days)
    reply = term_of(start, days) if start and days else None
    decide = term_of(conclusion.decide_from, rule.decide_days) if conclusion.decide_from else None
    until = conclusion.reply_until if begun or reply is None else reply.due_on
    return TwoTerms(rule, reply, until, decide, conclusion.decide_until, begun)


def running(day: date) -> Iterator[tuple[str, str, Running]]:
    """What a term is called, the column of its last day, and the conclusions in which it runs on the day."""
    alive = Conclusion.objects.filter(visit__state=VisitState.SIGNED).select_related("visit", "rule")
    asked = alive.filter(state=ConclusionState.SHARED, reply_until__gte=day, reply_days__isnull=False)
    yield "Đơn vị có ý kiến", "reply_until", [(one, one.reply_from or day, one.reply_days or 1) for one in asked]
    undecided = alive.filter(decide_until__gte=day, state__in=[ConclusionState.DRAFT, ConclusionState.SHARED])
    told = [(one, one.decide_from or day, one.held_rule.decide_days) for one in undecided]
    yield "Xem xét ý kiến đơn vị", "decide_until", told


def lapsed(day: date) -> list[Conclusion]:
    """Conclusions with an objection on which nobody decided by the end of the term."""
    open_ones = [ConclusionState.DRAFT, ConclusionState.SHARED]
    late = Conclusion.objects.filter(state__in=open_ones, decide_until__lt=day, visit__state=VisitState.SIGNED)
    waiting = late.filter(visit__findings__reply__accepts=False, visit__findings__decision=None)
    return list(waiting.select_related("visit__inspection__lead", "rule").distinct())
