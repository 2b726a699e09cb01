"""Inspections as lists show them: filtered, each with the visits that the reader may know of; and who may join a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Q, QuerySet

from kycuong.core.clock import today
from kycuong.core.vietnamese import fold
from kycuong.inspections.models import Inspection, InspectionQuerySet, Visit
from kycuong.inspections.rules import VisitState
from kycuong.orgs.authority import Someone, units_where
from kycuong.orgs.models import Person, Unit
from kycuong.orgs.roles import roles_with

from .units import lives_of


class Wanted(TypedDict, total=False):
    """What a list is narrowed to; empty values narrow nothing."""

    q: str
    year: int | None
    form: str
    state: str
    lead: Unit | None


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """An inspection in a list, with its visits and names of their day."""

    inspection: Inspection
    lead: str
    visits: list[tuple[Visit, str]]
    sealed: bool = False
    """Whether something of it is still sealed, as far as the reader may know."""
    guarded: bool = False
    """Whether the reader sees signed minutes of it alone: how its team goes on would tell that something is to come."""

    @property
    def signed(self) -> int:
        return sum(visit.state == VisitState.SIGNED for visit, _ in self.visits)


def inspections_wanted(person: Someone, wanted: Wanted) -> InspectionQuerySet:
    """The inspections a person may see, narrowed. What is sealed is searched by its short list alone."""
    found = Inspection.objects.visible_to(person)
    if year := wanted.get("year"):
        found = found.filter(opened_on__year=year)
    if form := wanted.get("form"):
        found = found.filter(form=form)
    if state := wanted.get("state"):
        found = found.filter(state=state)
    if lead := wanted.get("lead"):
        found = found.filter(lead=lead)
    if words := wanted.get("q", "").strip():
        named = Visit.objects.listed_to(person).filter(unit__versions__search_key__contains=fold(words))
        in_title = Q(title__icontains=words) | Q(decision_number__icontains=words)
        found = found.filter(in_title | Q(pk__in=named.values("inspection_id")))
    return found


def lines_of(inspections: QuerySet[Inspection] | Sequence[Inspection], person: Someone) -> list[InspectionLine]:
    """Lines for a page of inspections: five queries more, however many there are. Sealed drafts stand in none of them."""
    pks = [inspection.pk for inspection in inspections]
    visits: dict[int, list[Visit]] = {}
    known = Visit.objects.listed_to(person).filter(inspection_id__in=pks).select_related("unit", "group")
    for visit in known.order_by("visited_on", "pk"):
        visits.setdefault(visit.inspection_id, []).append(visit)
    closed = Inspection.objects.known_to(person).filter(pk__in=pks, sealing__unsealed_at=None)
    sealed = set(closed.values_list("pk", flat=True))
    others = [one.pk for one in inspections if one.sealed_at and one.pk not in sealed]
    unopened = Inspection.objects.filter(pk__in=others, sealing__unsealed_at=None)
    guarded = set(unopened.values_list("pk", flat=True)) if others else set[int]()
    units = {visit.unit_id for group in visits.values() for visit in group}
    lives = lives_of({*units, *(inspection.lead_id for inspection in inspections)})
    return [
        InspectionLine(
            inspection,
            lives[inspection.lead_id].full_name_on(inspection.opened_on),
            [
                (visit, visit.unit_name_then or lives[visit.unit_id].full_name_on(visit.visited_on))
                for visit in visits.get(inspection.pk, [])
            ],
            inspection.pk in sealed,
            inspection.pk in guarded,
        )
        for inspection in inspections
    ]


def name_at(visit: Visit) -> str:
    """The unit's name on the day of the visit, with its parent's."""
    return visit.unit_name_then or lives_of([visit.unit_id])[visit.unit_id].full_name_on(visit.visited_on)


def lead_at(inspection: Inspection) -> str:
    """The lead's name on the day the inspection was opened."""
    return lives_of([inspection.lead_id])[inspection.lead_id].full_name_on(inspection.opened_on)


def team_candidates(person: Someone, verb: str = "inspection.open") -> QuerySet[Person]:
    """Accounts that may record visits at the units where the person may open inspections (or `verb`), or under them."""
    day = today()
    return (
        Person.objects.filter(
            is_active=True,
            assignments__role__in=roles_with("visit.record"),
            assignments__valid_from__lte=day,
            assignments__valid_to__gt=day,
            assignments__unit__closure_up__ancestor_id__in=units_where(person, verb),
            assignments__unit__closure_up__valid_from__lte=day,
            assignments__unit__closure_up__valid_to__gt=day,
        )
        .order_by("full_name")
        .distinct()
    )
