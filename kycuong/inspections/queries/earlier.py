"""What earlier visits found at the same unit, or at one that it carries on: as far as the asker may see those visits."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q, QuerySet

from kycuong.catalog.rules import Outcome
from kycuong.inspections.models import Finding, Visit
from kycuong.inspections.rules import REPEAT_SPAN_MONTHS, is_within_span
from kycuong.orgs.authority import Someone
from kycuong.orgs.models import Lineage

LOOKED_BACK = 20
"""Earlier visits that are read for the last result of a criterion; nobody asks what came out longer ago."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One criterion before this visit: the last signed result, and the last finding that makes a new one a repeat."""

    last: Visit | None = None
    outcome: str = ""
    repeat: Visit | None = None

    @property
    def outcome_label(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""

    @property
    def is_told_once(self) -> bool:
        """Whether the repeat already names the visit of the last result."""
        return self.last is not None and self.last == self.repeat


def earlier_results(visit: Visit, *, person: Someone) -> dict[str, Earlier]:
    """By criterion. Two questions; a visit that the person may not see tells nothing."""
    before = list(_counting_before(visit, person)[:LOOKED_BACK])
    months = getattr(settings, "REPEAT_SPAN_MONTHS", REPEAT_SPAN_MONTHS)  # the span of the figures
    repeats = _found_at([one for one in before if is_within_span(one.visited_on, visit.visited_on, months=months)])
    last = {code: one for one in reversed(before) for code in one.answers}
    return {
        code: Earlier(one := last.get(code), one.answers[code]["outcome"] if one else "", repeats.get(code))
        for code in {**last, **repeats}
    }


def _counting_before(visit: Visit, person: Someone) -> QuerySet[Visit]:
    """Earlier counting visits, the latest first."""
    carried = Lineage.objects.filter(
        heir_id=visit.unit_id, valid_from__lte=visit.visited_on, valid_to__gt=visit.visited_on
    )
    of_unit = Q(unit_id=visit.unit_id) | Q(unit__in=carried.values("origin_id"))
    found = Visit.objects.visible_to(person).counting().filter(of_unit, visited_on__lt=visit.visited_on)
    return found.select_related("minutes").order_by("-visited_on", "-pk")


def _found_at(visits: list[Visit]) -> dict[str, Visit]:
    """The latest of the visits, for each criterion of which they found something."""
    by_pk = {one.pk: one for one in visits}
    rows = (
        Finding.objects.standing()
        .filter(visit_id__in=by_pk)
        .exclude(criterion_code="")
        .values_list("criterion_code", "visit_id")
    )
    order = {pk: place for place, pk in enumerate(by_pk)}
    latest = sorted(set(rows), key=lambda row: order[row[1]], reverse=True)
    return {code: by_pk[pk] for code, pk in latest}
