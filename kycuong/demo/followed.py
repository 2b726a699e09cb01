"""What became of part of the demonstration's findings: recommendations, mostly done in time, some late, some still open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from kycuong.followup.actions import RecommendationRow, record_recommendations
from kycuong.followup.models import FollowupRule, Recommendation, StandardWording
from kycuong.inspections.models import Finding, Visit
from kycuong.inspections.rules import Source

from .scenario.sketch import dice, is_working_day

LATE = (50, 200)
"""Days after the issue on which even what was forgotten is done: nothing stays open for years."""
FOLLOWED, WITHOUT_NUMBER = 0.35, 0.08
"""Chance that a visit with findings was concluded upon, and that nobody wrote down the number of that document."""


def load_recommendations(visits: Sequence[Visit], *, until: date) -> list[Recommendation]:
    """For about a third of the visits with findings, a recommendation for each finding, by the bulk path."""
    findings = Finding.objects.filter(visit__in=[visit.pk for visit in visits]).select_related("visit")
    return record_recommendations(
        list(_rows(list(findings.order_by("visit_id", "pk")), visits, until)), by=None, source=Source.DEMONSTRATION
    )


def _rows(findings: Sequence[Finding], visits: Sequence[Visit], until: date) -> Iterator[RecommendationRow]:
    known = {visit.pk: visit for visit in visits}
    words = {one.criterion_code: one for one in StandardWording.objects.all()}
    terms = FollowupRule.on(until)
    for pk, found in groupby(findings, key=lambda finding: finding.visit_id):
        visit = known[pk]
        rng = dice("followed", visit.visited_on, visit.unit.slug, visit.inspection.lead.slug)
        followed, numbered, number = rng.random() < FOLLOWED, rng.random() >= WITHOUT_NUMBER, rng.randint(5, 180)
        issued = visit.visited_on + timedelta(rng.randint(3, 6))
        while not is_working_day(issued):
            issued += timedelta(1)
        if not followed or issued > until:
            continue
        for finding in found:
            wording = words.get(finding.criterion_code)
            yield RecommendationRow(
                visit,
                wording.text if wording else f"Khắc phục: {finding.description}",
                issued,
                terms.days_for(finding.severity),
                (finding,),
                f"{number}/TB-KT" if numbered else "",
                wording.expected_proof if wording else "",
                _settled(finding, issued, until, late=issued + timedelta(rng.randint(*LATE))),
            )


def _settled(finding: Finding, issued: date, until: date, *, late: date) -> date | None:
    """The day of the remedy that the finding carries, else one long after the term; not before the recommendation was there."""
    day = max(finding.remedied_on, issued + timedelta(1)) if finding.remedied_on else late
    return day if day <= until else None
