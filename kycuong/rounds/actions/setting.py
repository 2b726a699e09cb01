"""The setting of periodic reports from a day on."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from kycuong.audit.log import act, record
from kycuong.catalog.models import province
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.rounds import rules
from kycuong.rounds.models import RoundRule
from kycuong.rounds.rules import RoundTerms


@act
def set_round_rule(*, by: Person | None, valid_from: date, terms: RoundTerms) -> RoundRule:
    """Set what holds for rounds opened from a day on; setting it again for the same day corrects it."""
    authorize(by, "round.set_rules", at=province())
    rules.ensure_terms(terms, valid_from=valid_from, today=today())
    rule = RoundRule.objects.filter(valid_from=valid_from).first() or RoundRule(valid_from=valid_from)
    for name, value in asdict(terms).items():
        setattr(rule, name, value)
    rule.set_at, rule.set_by = now(), by
    ensure_clean(rule)
    rule.save()
    record("round.set_rules", rule, by=by)
    return rule
