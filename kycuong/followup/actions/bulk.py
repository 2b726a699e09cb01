"""Recommendations as a table of last year or the demonstration gives them: issued, and settled as far as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kycuong.audit.log import act, record_many
from kycuong.core.checks import ensure_values
from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.deadlines.queries import terms_of
from kycuong.deadlines.rules import Term
from kycuong.followup import rules
from kycuong.followup.models import Recommendation, RecommendationTerm
from kycuong.followup.rules import RecommendationState, TermKind
from kycuong.inspections.models import Finding, Visit
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One issued recommendation about findings of one signed visit; `settled_on` the day of the remedy, if there was one."""

    visit: Visit
    text: str
    issued_on: date
    days: int
    findings: tuple[Finding, ...] = ()
    document: str = ""
    expected_proof: str = ""
    settled_on: date | None = None


@act
def record_recommendations(
    rows: Sequence[RecommendationRow], *, by: Person | None, source: str
) -> list[Recommendation]:
    """Write them all or none."""
    for lead in {row.visit.inspection.lead for row in rows}:
        authorize(by, "visit.import", at=lead)
    made, terms = [], []
    for place, row in enumerate(rows):
        _ensure_possible(place, row)
    due = terms_of([(row.issued_on, row.days) for row in rows])
    for row, term_to_come in zip(rows, due, strict=True):
        one, term = _built(row, term_to_come, by=by, source=source)
        made.append(one)
        terms.append(term)
    Recommendation.objects.bulk_create(made, batch_size=500)
    RecommendationTerm.objects.bulk_create(terms, batch_size=500)
    link = Recommendation.findings.through
    pairs = [(one.pk, finding.pk) for one, row in zip(made, rows, strict=True) for finding in row.findings]
    links = link.objects.bulk_create(
        [link(recommendation_id=one, finding_id=finding) for one, finding in pairs], batch_size=500
    )
    record_many("recommendation.import", [*made, *terms, *links], by=by)
    _mark_findings(rows, by=by)
    return made


def _mark_findings(rows: Sequence[RecommendationRow], *, by: Person | None) -> None:
    """Findings that are not marked yet, and of which nothing among the rows is open: remedied with the last of them."""
    days: dict[int, list[date | None]] = {}
    known = {finding.pk: finding for row in rows for finding in row.findings if finding.remedied_on is None}
    for row in rows:
        for finding in row.findings:
            days.setdefault(finding.pk, []).append(row.settled_on)
    marked = []
    for pk, finding in known.items():
        settled = [day for day in days[pk] if day is not None]
        if len(settled) == len(days[pk]):
            finding.remedied_on, finding.remedied_by = max(settled), by
            marked.append(finding)
    Finding.objects.bulk_update(marked, ["remedied_on", "remedied_by"], batch_size=500)
    record_many("remedy.confirm", marked, by=by)


def _ensure_possible(place: int, row: RecommendationRow) -> None:
    if not row.visit.visited_on <= row.issued_on <= (row.settled_on or row.issued_on) <= today():
        raise BadInput(
            f"Dòng {place + 1}: ngày kiểm tra, ngày ban hành, ngày khắc phục phải theo thứ tự và không ở tương lai.",
            en=f"Row {place + 1}: the days of visit, issue and remedy must follow each other and not lie in the future.",
        )
    rules.ensure_text(row.text)
    rules.ensure_days(row.days)


def _built(
    row: RecommendationRow, term: Term, *, by: Person | None, source: str
) -> tuple[Recommendation, RecommendationTerm]:
    one = Recommendation(visit=row.visit, unit=row.visit.unit, issued_to=row.visit.unit, text=row.text.strip())
    one.days, one.issued_on, one.due_on, one.document = row.days, row.issued_on, term.due_on, row.document
    one.expected_proof = row.expected_proof.strip()
    one.source, one.created_by, one.state = source, by, RecommendationState.ISSUED
    if row.settled_on:
        one.state, one.settled_on, one.decided_on = RecommendationState.VERIFIED, row.settled_on, row.settled_on
        one.days_late = rules.days_late(row.settled_on, term.due_on)
    ensure_values(one)
    set_on = {"set_on": row.issued_on, "start": row.issued_on, "days": row.days, "due_on": term.due_on}
    return one, RecommendationTerm(
        recommendation=one, kind=TermKind.ISSUED, words=term.words[:600], set_by=by, **set_on
    )
