"""Everything that changes the public page: opening and closing it, and its terms. What is on it follows from the records."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from kycuong.audit.log import act, record
from kycuong.catalog.models import province
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.openness import rules
from kycuong.openness.models import PublicationRule, PublicationSwitch
from kycuong.openness.rules import PublicationTerms
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person


@act
def open_page(*, by: Person | None, valid_from: date, reason: str) -> PublicationSwitch:
    """Open the public page from a day on."""
    authorize(by, "publication.open", at=province())
    made = _switch(True, valid_from, reason, by)
    record("publication.open", made, by=by)
    return made


@act
def close_page(*, by: Person | None, reason: str) -> PublicationSwitch:
    """Close it at once; an opening still to come is off, too."""
    authorize(by, "publication.open", at=province())
    made = _switch(False, today(), reason, by)
    record("publication.close", made, by=by)
    return made


@act
def set_publication_rule(*, by: Person | None, valid_from: date, terms: PublicationTerms) -> PublicationRule:
    """Set what holds for what is concluded from a day on; setting it again for the same day corrects it."""
    authorize(by, "publication.set_rules", at=province())
    rules.ensure_terms(terms, valid_from=valid_from, today=today())
    rule = PublicationRule.objects.filter(valid_from=valid_from).first() or PublicationRule(valid_from=valid_from)
    for name, value in asdict(terms).items():
        setattr(rule, name, value)
    rule.set_at, rule.set_by = now(), by
    ensure_clean(rule)
    rule.save()
    record("publication.set_rules", rule, by=by)
    return rule


def _switch(opens: bool, valid_from: date, reason: str, by: Person | None) -> PublicationSwitch:
    before = [one.meant for one in PublicationSwitch.objects.order_by("pk")]
    rules.ensure_reason(reason)
    rules.ensure_opening(before, opens, valid_from=valid_from, today=today())
    made = PublicationSwitch(opens=opens, valid_from=valid_from, reason=reason.strip(), set_by=by)
    ensure_clean(made)
    made.save()
    return made
