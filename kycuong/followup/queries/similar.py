"""What similar findings elsewhere led to, for whoever approves: so that a unit is not asked for twice as much as others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from kycuong.followup.models import Recommendation
from kycuong.followup.rules import RecommendationState
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person

SPAN = timedelta(days=730)
LEAST = 3
"""Below this number nothing is compared: one case is no custom."""
FACTOR = 2
"""A term of less than half, or more than twice the usual one, is pointed out."""


@dataclass(frozen=True, slots=True)
class Similar:
    """One criterion: recommendations elsewhere, their usual term, how they ended; and the terms drafted here."""

    code: str
    cases: int
    usual_days: int
    verified: int
    late: int
    drafted: tuple[int, ...]

    @property
    def is_unusual(self) -> bool:
        return any(days * FACTOR < self.usual_days or days > self.usual_days * FACTOR for days in self.drafted)


def similar_elsewhere(visit: Visit, drafts: Sequence[Recommendation], *, person: Person, today: date) -> list[Similar]:
    """For each criterion of the drafts: what was issued at other units within two years, as far as the person may see it."""
    here: dict[str, list[int]] = defaultdict(list)
    for draft in drafts:
        for finding in draft.findings.all():
            if finding.criterion_code:
                here[finding.criterion_code].append(draft.days)
    seen = Recommendation.objects.visible_to(person).issued().exclude(visit__unit=visit.unit_id)
    rows = seen.filter(findings__criterion_code__in=here, issued_on__gte=today - SPAN).values_list(
        "findings__criterion_code", "days", "state", "days_late"
    )
    found: dict[str, list[tuple[int, str, int | None]]] = defaultdict(list)
    for code, days, state, late in rows:
        found[code].append((days, state, late))
    return [_summed(code, found[code], here[code]) for code in sorted(here) if len(found[code]) >= LEAST]


def _summed(code: str, cases: Sequence[tuple[int, str, int | None]], drafted: Sequence[int]) -> Similar:
    verified = [late for _days, state, late in cases if state == RecommendationState.VERIFIED]
    usual = round(median(days for days, _state, _late in cases))
    return Similar(code, len(cases), usual, len(verified), sum(bool(late) for late in verified), tuple(drafted))
