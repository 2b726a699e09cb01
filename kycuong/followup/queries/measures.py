"""Measures as lists and forms ask for them: who may judge a unit, what may be a ground, until when, what others led to."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.db.models import Count, Q

from kycuong.catalog.models import province
from kycuong.core.clock import today
from kycuong.core.sealing import SealBroken, keyring
from kycuong.followup.models import (
    AccountabilityMeasure,
    AccountabilityMeasureQuerySet,
    MeasureKind,
    Recommendation,
)
from kycuong.followup.models.measures import unsound
from kycuong.followup.rules import RecommendationState
from kycuong.followup.rules.accountability import Limit, limit_of
from kycuong.followup.rules.suppression import COLUMNS, Table, suppressed, whole
from kycuong.inspections.models import Conclusion, Finding, TeamMember, Visit
from kycuong.inspections.queries import may_know_names
from kycuong.inspections.rules import Source, VisitState
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import Someone, can, persons_in, units_where
from kycuong.orgs.models import Closure, Person, Unit

from .passing import carrier_of

RECORD = "measure.record"
SIMILAR_MONTHS = 24


class WantedMeasures(TypedDict, total=False):
    """What a list is narrowed to; empty values narrow nothing."""

    state: str
    kind: MeasureKind | None
    unit: Unit | None
    year: int | None


def measures_wanted(person: Someone, wanted: WantedMeasures) -> AccountabilityMeasureQuerySet:
    """The measures that a person may see, narrowed; those that wait stand first."""
    found = AccountabilityMeasure.objects.visible_to(person).select_related("kind", "unit", "authority", "visit")
    if state := wanted.get("state"):
        found = found.filter(state=state)
    if kind := wanted.get("kind"):
        found = found.filter(kind=kind)
    if unit := wanted.get("unit"):
        found = found.filter(Q(unit=unit) | Q(authority=unit))
    if year := wanted.get("year"):
        found = found.filter(Q(decided_on__year=year) | Q(decided_on=None, proposed_on__year=year))
    return found.order_by("-state", "-decided_on", "-pk")


def measures_at(visit: Visit, person: Someone) -> list[AccountabilityMeasure]:
    """Those of one visit, as far as the person may see them."""
    found = AccountabilityMeasure.objects.visible_to(person).filter(visit=visit)
    return list(found.select_related("kind", "unit", "authority"))


def authorities_over(unit: Unit, day: date) -> list[Unit]:
    """The unit itself, or the one that carries it on, and every unit above it: the nearest first."""
    rows = Closure.objects.filter(descendant=carrier_of(unit, day), valid_from__lte=day, valid_to__gt=day)
    return [row.ancestor for row in rows.select_related("ancestor").order_by("depth", "ancestor_id")]


def recorders(visit: Visit, person: Someone) -> list[Unit]:
    """The authorities over the unit for which the person may record a decision; none for who sat on the team, or where
    one who did is stood in for."""
    if not isinstance(person, Person) or not units_where(person, RECORD):
        return []
    seats = TeamMember.objects.filter(inspection=visit.inspection_id).exclude(person=None)
    team = set(seats.values_list("person_id", flat=True))
    over = [unit for unit in authorities_over(visit.unit, today()) if can(person, RECORD, at=unit)]
    return [unit for unit in over if not team & {one.pk for one in persons_in(person, RECORD, at=unit)}]


def months_ago(day: date, months: int) -> date:
    """The same day so many months before, or the last day that there is."""
    place = day.year * 12 + day.month - 1 - months
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_concluded(visit: Visit) -> bool:
    """Its conclusion is issued; or it came from a table of last year, which has none."""
    conclusion = Conclusion.objects.filter(visit=visit).first()
    return conclusion.state == ConclusionState.ISSUED if conclusion else visit.source != Source.DESK


def is_ground(visit: Visit) -> bool:
    """Whether anybody can be held accountable on the visit."""
    return visit.state == VisitState.SIGNED and is_concluded(visit)


def sound_findings(visit: Visit) -> list[Finding]:
    """Findings for which somebody may have to answer."""
    return list(Finding.objects.filter(visit=visit).exclude(pk__in=_fell(visit)).select_related("decision"))


def issued_advice(visit: Visit) -> list[Recommendation]:
    """Recommendations that may be a ground: issued, and not only about findings that fell."""
    found = Recommendation.objects.filter(visit=visit).exclude(state=RecommendationState.DRAFT)
    fell = _fell(visit)
    answered = [(one, set(one.findings.values_list("pk", flat=True))) for one in found]
    return [one for one, findings in answered if not findings or findings - fell]


def unsound_among(findings: Collection[int]) -> int:
    """How many of them were withdrawn, or are contested and undecided."""
    return Finding.objects.filter(unsound(), pk__in=findings).distinct().count()


def _fell(visit: Visit) -> set[int]:
    return set(Finding.objects.filter(unsound(), visit=visit).values_list("pk", flat=True))


def limit_for(measure: AccountabilityMeasure, *, on: date) -> Limit | None:
    """Until when it may be decided, counted from the visit that found the fault."""
    kind = measure.kind
    return limit_of(kind.complex_days if measure.is_complex else kind.days, measure.visit.visited_on, on=on)


def place_of_measured_name(measure: AccountabilityMeasure) -> str:
    """What the seal of a name is bound to."""
    return f"followup.AccountabilityMeasure.{measure.uid}.name"


def measured_name(measure: AccountabilityMeasure) -> str:
    """The name, opened; its mask where the key is gone. Only the act that notes the look asks."""
    try:
        sealed = measure.sealed_name
        return keyring().unseal(sealed, about=place_of_measured_name(measure)) if sealed else ""
    except SealBroken:
        return measure.mask


def may_open_name(measure: AccountabilityMeasure, person: Someone) -> bool:
    return bool(measure.sealed_name) and may_know_names(measure.visit, person)


@dataclass(frozen=True, slots=True)
class Similar:
    """What the same criteria led to elsewhere: the kinds in order, and what may be told of the numbers."""

    kinds: list[MeasureKind]
    table: Table
    exact: bool


def similar_cases(measure: AccountabilityMeasure, person: Someone, *, since: date) -> Similar:
    """Decided about other units since a day on the same criteria. Small numbers only for who sees the whole province."""
    codes = set(measure.findings.values_list("criterion_code", flat=True))
    codes |= set(measure.recommendations.values_list("findings__criterion_code", flat=True))
    about = Q(findings__criterion_code__in=codes - {"", None})
    about |= Q(recommendations__findings__criterion_code__in=codes - {"", None})
    found = AccountabilityMeasure.objects.decided().filter(about, decided_on__gte=since, visit__state=VisitState.SIGNED)
    rows = found.exclude(unit=measure.unit_id).order_by().values_list("kind__code", "about")
    cells = {(kind, column): number for kind, column, number in rows.annotate(number=Count("pk", distinct=True))}
    kinds = list(MeasureKind.objects.order_by("position", "code"))
    names, top = [kind.code for kind in kinds], province()
    exact = top is not None and can(person, "measure.see", at=top)
    return Similar(kinds, (whole if exact else suppressed)(cells, names), exact)


def lines_of(kinds: list[MeasureKind], table: Table) -> list[tuple[MeasureKind, list[int | None], int | None]]:
    """A table line by line: kind, the number of units and of people, their sum."""
    return [(kind, [table.cells[kind.code, column] for column in COLUMNS], table.of_kind[kind.code]) for kind in kinds]
