"""Names that are kept: whose term is over, and which records are on hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from kycuong.followup.models import AccountabilityMeasure, NameHold, NameRetention
from kycuong.followup.rules.accountability import About, MeasureState
from kycuong.followup.rules.retention import kept_until
from kycuong.inspections.models import ConcernedPerson, Visit
from kycuong.inspections.rules import VisitState


@dataclass(frozen=True, slots=True)
class Kept:
    """Personal data of one visit: how many people, kept until when, and why it is not erased although the term is over."""

    visit: Visit
    people: int
    until: date
    hold: NameHold | None = None


def people_kept(visit: Visit) -> tuple[list[ConcernedPerson], list[AccountabilityMeasure]]:
    """The rows of a visit that still hold what tells of one person."""
    named = ConcernedPerson.objects.filter(finding__visit=visit).exclude(sealed_name="")
    measures = AccountabilityMeasure.objects.filter(visit=visit, about=About.PERSON, erased_on=None)
    measures = measures.exclude(state=MeasureState.PROPOSED)  # what is not settled yet is still written to
    return list(named), list(measures)


def last_happened(visit: Visit) -> date:
    """The visit, or the last measure that was decided or proposed on it."""
    days = AccountabilityMeasure.objects.filter(visit=visit).aggregate(a=Max("decided_on"), b=Max("proposed_on"))
    happened: list[date] = [visit.visited_on, *(day for day in days.values() if day)]
    return max(happened)


def kept_until_of(visit: Visit, *, today: date) -> date:
    return kept_until(last_happened(visit), NameRetention.on(today))


def hold_of(visit: Visit) -> NameHold | None:
    return NameHold.objects.filter(visit=visit, ended_at=None).first()


def due_names(today: date) -> list[Kept]:
    """Visits whose personal data is due to be erased, held ones too, the oldest first. A draft is not finished yet."""
    named = Q(pk__in=ConcernedPerson.objects.exclude(sealed_name="").values("finding__visit"))
    measured = Q(
        pk__in=AccountabilityMeasure.objects.filter(about=About.PERSON, erased_on=None)
        .exclude(state=MeasureState.PROPOSED)
        .values("visit")
    )
    found = Visit.objects.filter(named | measured).exclude(state=VisitState.DRAFT).select_related("unit")
    due = []
    for visit in found.filter(visited_on__lt=today).order_by("visited_on", "pk"):
        until = kept_until_of(visit, today=today)
        if until < today:
            named_ones, measures = people_kept(visit)
            due.append(Kept(visit, len(named_ones) + len(measures), until, hold_of(visit)))
    return due


def retentions_to_come(today: date) -> list[NameRetention]:
    """Settings that hold from a later day on."""
    return list(NameRetention.objects.filter(valid_from__gt=today))


def years_held(today: date) -> int:
    """For how many years names are kept by the setting of today."""
    return NameRetention.on(today)
