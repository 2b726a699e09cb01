"""What is told of a thing that happened: only what the owner of the destination may see when it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model, QuerySet

from kycuong.connect.models import Delivery, Destination
from kycuong.connect.rules.webhooks import TRIAL, Kind, State
from kycuong.core.presence import Presence, present
from kycuong.followup.models import Recommendation
from kycuong.followup.rules import RecommendationState
from kycuong.inspections.models import Addendum, Conclusion, Visit
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.inspections.rules.states import VisitState
from kycuong.orgs.models import Person
from kycuong.rounds.models import ReportingRound
from kycuong.rounds.rules import RoundState

VERB = "webhook.keep"
SETTLED = frozenset({RecommendationState.VERIFIED, RecommendationState.CLOSED})
VISITS = {
    "visit.sign": Kind.VISIT_SIGNED,
    "visit.import": Kind.VISIT_SIGNED,
    "visit.annul": Kind.VISIT_ANNULLED,
}
BEGUN = frozenset({"recommendation.issue", "recommendation.import"})


def happened(verb: str, rows: Sequence[Model]) -> Iterator[tuple[Kind, UUID]]:
    """What an act that was just recorded has to tell, with the uid of the record."""
    for row in rows:
        if isinstance(row, Visit) and verb in VISITS:
            yield VISITS[verb], row.uid
        elif isinstance(row, Addendum) and verb == "visit.add_addendum":
            yield Kind.VISIT_CORRECTED, row.minutes.visit.uid
        elif isinstance(row, Conclusion) and verb == "conclusion.issue":
            yield Kind.CONCLUSION_ISSUED, row.uid
        elif isinstance(row, ReportingRound) and verb == "round.sign":
            yield Kind.ROUND_SIGNED, row.uid
        elif isinstance(row, Recommendation) and row.state != RecommendationState.DRAFT:
            yield _of_recommendation(verb, row), row.uid


def _of_recommendation(verb: str, row: Recommendation) -> Kind:
    if row.state in SETTLED:
        return Kind.RECOMMENDATION_SETTLED
    return Kind.RECOMMENDATION_ISSUED if verb in BEGUN else Kind.RECOMMENDATION_CHANGED


def told(delivery: Delivery, person: Person) -> dict[str, str | None] | None:
    """What may be said of it now to this person, asked as a program asks; None when nothing may."""
    if delivery.kind == TRIAL:
        return {"uid": None, "url": None, "unit": None}
    with present(Presence(proved_at=None, keyed=True)):
        path, found = _record(delivery, person)
    if found is None:
        return None
    uid, unit = found
    return {"uid": str(uid), "url": f"{settings.BASE_URL}/api/v1/{path}/{uid}", "unit": str(unit)}


def _record(delivery: Delivery, person: Person) -> tuple[str, tuple[UUID, UUID] | None]:
    noun = delivery.kind.partition(".")[0]
    path, unit, rows = _subjects(person)[noun]
    return path, rows.filter(uid=delivery.subject).values_list("uid", f"{unit}__uid").first()


def _subjects(person: Person) -> dict[str, tuple[str, str, QuerySet[Any]]]:
    visits = Visit.objects.visible_to(person).exclude(state=VisitState.DRAFT)
    conclusions = Conclusion.objects.visible_to(person).filter(state=ConclusionState.ISSUED)
    recommendations = Recommendation.objects.visible_to(person).exclude(state=RecommendationState.DRAFT)
    rounds = ReportingRound.objects.visible_to(person).filter(state=RoundState.SIGNED)
    return {
        "visit": ("visits", "unit", visits),
        "conclusion": ("conclusions", "visit__unit", conclusions),
        "recommendation": ("recommendations", "unit", recommendations),
        "round": ("rounds", "authority", rounds),
    }


def destinations_of(person: Person) -> QuerySet[Destination]:
    return Destination.objects.visible_to(person)


def deliveries_of(destination: Destination, person: Person) -> QuerySet[Delivery]:
    """The latest first."""
    return Delivery.objects.visible_to(person).filter(destination=destination).order_by("-pk")


def listening() -> QuerySet[Destination]:
    """Those that are told, now or when sending goes on."""
    return Destination.objects.exclude(state=State.REMOVED)
