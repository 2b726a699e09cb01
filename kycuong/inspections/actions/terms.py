"""The rule of silence is set, and running terms move when days off change."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.deadlines.queries import terms_of
from kycuong.deadlines.rules import Moved
from kycuong.inspections.models import Conclusion, SilenceRule
from kycuong.inspections.queries.silence import rule_on, running
from kycuong.inspections.rules import replies
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit

from ._conclusion import move


@act
def set_silence_rule(
    *,
    by: Person | None,
    valid_from: date,
    reply_days: int,
    decide_days: int,
    unit_silence: str,
    lead_silence: str,
    conclude_days: int | None = None,
    basis: str = "",
) -> SilenceRule:
    """Set what holds from a day on. What was shared under another rule goes on under that one. Without `conclude_days` those in force
    stay."""
    authorize(by, "silence.set", at=Unit.objects.top())
    conclude_days = rule_on(valid_from).conclude_days if conclude_days is None else conclude_days
    terms = {"reply_days": reply_days, "decide_days": decide_days, "conclude_days": conclude_days}
    replies.ensure_rule(**terms, valid_from=valid_from, today=today())
    rule = SilenceRule.objects.filter(valid_from=valid_from).first()
    if rule is None or Conclusion.objects.filter(rule=rule).exists():
        rule = SilenceRule(valid_from=valid_from)
    for name, days in terms.items():
        setattr(rule, name, days)
    rule.basis = basis.strip()
    rule.unit_silence, rule.lead_silence, rule.set_by, rule.set_at = unit_silence, lead_silence, by, now()
    ensure_clean(rule)
    rule.save()
    record("silence.set", rule, by=by)
    return rule


@act
def move_running_terms(*, by: Person | None) -> list[Moved]:
    """Compute running terms anew after days off changed. One only moves later: nobody loses a day that he was told."""
    authorize(by, "daysoff.keep", at=Unit.objects.top())
    moves: list[Moved] = []
    for start, until, days in running(today()):
        found = [one for one, _start, _days in days]
        for conclusion, term in zip(found, terms_of([(begin, count) for _one, begin, count in days]), strict=True):
            old = getattr(conclusion, until)
            if term.due_on > old:
                move(conclusion, conclusion.state, by, "prolong", version=None, **{until: term.due_on})
                about = f"{start}: {conclusion.visit.unit_name_then}"
                address = conclusion.get_absolute_url()
                moves.append(Moved(about, address, old, term.due_on, conclusion.visit.unit_id))
    return moves
