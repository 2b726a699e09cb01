"""What units declared beside what the next visit found: one line a unit, and under it one a criterion.

The next visit: the first counting one with a checklist after the day of the first submission, within the setting's months. It is
compared with what had been declared before its day; a correction after the inspectors came changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kycuong.catalog.rules import Answer, Outcome
from kycuong.inspections.models import Finding, Visit
from kycuong.selfchecks.models import SelfCheck, SelfCheckRule
from kycuong.selfchecks.rules import NOT_ANSWERED, Gap, gap_between, honesty, last_day_of_window

from .sheets import form_asked


@dataclass(frozen=True)
class CriterionGap:
    """One criterion: both outcomes in full, and what the comparison comes to."""

    code: str
    text: str
    declared: str
    found: str
    withdrawn: bool
    gap: Gap

    @property
    def declared_label(self) -> str:
        return str(Outcome(self.declared).label) if self.declared else "—"

    @property
    def found_label(self) -> str:
        return str(Outcome(self.found).label) if self.found else "—"

    @property
    def tone(self) -> str:
        return {Gap.AGREES: "good", Gap.BETTER: "late", Gap.WORSE: "attention"}.get(self.gap, "none")


@dataclass(frozen=True)
class UnitGap:
    """One unit of a campaign: the visit it is compared with, if there was one, and its criteria."""

    check: SelfCheck
    visit: Visit | None = None
    declared_on: date | None = None
    criteria: Sequence[CriterionGap] = field(default=())

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(str(one.gap) for one in self.criteria)

    @property
    def honest(self) -> dict[str, int]:
        """The honesty rate as its two parts, for pages and files alike."""
        good, both = honesty(one.gap for one in self.criteria)
        return {"numerator": good, "denominator": both}

    @property
    def overstated(self) -> list[CriterionGap]:
        return [one for one in self.criteria if one.gap == Gap.BETTER]


@dataclass(frozen=True)
class _Said:
    submitted_on: date
    answers: Mapping[str, Answer]


def gaps_of(checks: Collection[SelfCheck]) -> list[UnitGap]:
    """In the order given. Four questions, however many there are."""
    said = _declarations(checks)
    pairs = {check.pk: _next_visit(check, said[check.pk], visits) for check, visits in _visits_after(checks, said)}
    withdrawn = _withdrawn([visit.pk for visit in pairs.values() if visit])
    return [_gap(check, said[check.pk], pairs.get(check.pk), withdrawn) for check in checks]


def _declarations(checks: Collection[SelfCheck]) -> dict[int, list[_Said]]:
    """Everything that each unit ever submitted, in order."""
    found: dict[int, list[_Said]] = {}
    for check in checks:
        before = [_Said(one.submitted_on, one.answers) for one in check.reopenings.all()]
        now = [_Said(check.submitted_on, check.answers)] if check.submitted_on else []
        found[check.pk] = before + now
    return found


def _visits_after(
    checks: Collection[SelfCheck], said: Mapping[int, list[_Said]]
) -> list[tuple[SelfCheck, list[Visit]]]:
    submitted = [check for check in checks if said[check.pk]]
    if not submitted:
        return []
    first = min(said[check.pk][0].submitted_on for check in submitted)
    units = {check.unit_id for check in submitted}
    counting = Visit.objects.counting().filter(unit__in=units, visited_on__gt=first, checklist__isnull=False)
    by_unit: dict[int, list[Visit]] = {}
    for visit in counting.order_by("visited_on", "pk"):
        by_unit.setdefault(visit.unit_id, []).append(visit)
    return [(check, by_unit.get(check.unit_id, [])) for check in submitted]


def _next_visit(check: SelfCheck, said: Sequence[_Said], visits: Sequence[Visit]) -> Visit | None:
    first, sent = said[0].submitted_on, check.campaign.opened_on or said[0].submitted_on
    last = last_day_of_window(first, SelfCheckRule.on(sent).window_months)
    return next((visit for visit in visits if first < visit.visited_on <= last), None)


def _withdrawn(visits: Collection[int]) -> set[tuple[int, str]]:
    """(visit, criterion) of which something was found and nothing stands any more."""
    there = Finding.objects.filter(visit__in=visits).exclude(criterion_code="")
    standing = set(there.standing().values_list("visit_id", "criterion_code"))
    return set(there.values_list("visit_id", "criterion_code")) - standing


def _gap(
    check: SelfCheck, said: Sequence[_Said], visit: Visit | None, withdrawn: Collection[tuple[int, str]]
) -> UnitGap:
    if visit is None:
        return UnitGap(check)
    declared = [one for one in said if one.submitted_on < visit.visited_on][-1]
    rows = []
    for code, criterion in form_asked(check).items():
        was_withdrawn = (visit.pk, code) in withdrawn
        ours = str((declared.answers.get(code) or {}).get("outcome", ""))
        theirs = NOT_ANSWERED if was_withdrawn else str((visit.answers.get(code) or {}).get("outcome", ""))
        if ours or theirs:
            gap = gap_between(ours, theirs)
            rows.append(CriterionGap(code, criterion.text, ours, theirs, was_withdrawn, gap))
    return UnitGap(check, visit, declared.submitted_on, rows)
