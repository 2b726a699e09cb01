"""Everything that changes the public page: opening and closing it, and its terms. What is on it follows from the records."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from kycuong.audit.log import act, erase_before, record
from kycuong.catalog.models import province
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.core.problems import NotAllowed
from kycuong.openness import rules
from kycuong.openness.models import CitizenReport, PublicationRule, PublicationSwitch
from kycuong.openness.queries.reports import is_tied
from kycuong.openness.rules import PublicationTerms, reports
from kycuong.openness.rules.reports import Outcome
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person


@act
def open_page(*, by: Person | None, valid_from: date, reason: str, hears: bool = False) -> PublicationSwitch:
    """Open the public page from a day on. `hears`: everybody may report about a unit, too."""
    authorize(by, "publication.open", at=province())
    made = _switch(True, valid_from, reason, by, hears=hears)
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


def _switch(opens: bool, valid_from: date, reason: str, by: Person | None, *, hears: bool = False) -> PublicationSwitch:
    before = [one.meant for one in PublicationSwitch.objects.order_by("pk")]
    rules.ensure_reason(reason)
    rules.ensure_opening(before, opens, valid_from=valid_from, today=today(), hears=hears)
    made = PublicationSwitch(opens=opens, hears=hears, valid_from=valid_from, reason=reason.strip(), set_by=by)
    ensure_clean(made)
    made.save()
    return made


@act
def take_report(report: CitizenReport, *, by: Person) -> CitizenReport:
    """Begin to look at a report: its sender reads that somebody does."""
    authorize(by, "citizen_report.handle", at=report.unit)
    _ensure_free(report, by)
    if report.taken_at is None:
        report.taken_at, report.taken_by = now(), by
        ensure_clean(report)
        report.save(update_fields=["taken_at", "taken_by"])
    record("citizen_report.take", report, by=by)
    return report


@act
def settle_report(report: CitizenReport, *, by: Person, outcome: str, reason: str, answer: str) -> CitizenReport:
    """Say what became of a report, once: for the office why, for the sender an answer."""
    authorize(by, "citizen_report.handle", at=report.unit)
    _ensure_free(report, by)
    reports.ensure_unsettled(report.outcome)
    reports.ensure_reason(reason)
    reports.ensure_answer(outcome, answer)
    report.outcome, report.reason, report.answer = outcome, reason.strip(), answer.strip()
    report.settled_at, report.settled_by = now(), by
    ensure_clean(report)
    report.save(update_fields=["outcome", "reason", "answer", "settled_at", "settled_by"])
    record("citizen_report.settle", report, by=by)
    return report


@act
def erase_words(report: CitizenReport, *, by: Person | None) -> CitizenReport:
    """Erase what tells of the sender, and the text too if it was spam, from the table and from what the log held before."""
    authorize(by, "retention.set", at=None)
    erased = {"sealed_contact": "", "contact_erased_on": today()} if report.sealed_contact else {}
    if report.outcome == Outcome.SPAM:
        erased |= {"sealed_text": "", "text_erased_on": today()}
    CitizenReport.objects.filter(pk=report.pk).update(**erased)
    report.refresh_from_db()
    erase_before(record("citizen_report.erase_contact", report, by=by, op="erase"))
    return report


def _ensure_free(report: CitizenReport, by: Person) -> None:
    report.refresh_from_db()
    if not CitizenReport.objects.visible_to(by).filter(pk=report.pk).exists() or is_tied(by, report.unit):
        raise NotAllowed(
            "Người có vai trò hoặc liên hệ ở đơn vị bị phản ánh không xử lý phản ánh ấy.",
            en="Whoever holds a role at the unit, or is tied to it, does not handle reports about it.",
        )
