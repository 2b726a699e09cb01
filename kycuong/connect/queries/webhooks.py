"""What is told of a thing that happened: only what the owner of the destination may see when it is sent."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery

from kycuong.connect.models import Delivery, Destination
from kycuong.connect.rules.webhooks import AGAIN, TRIAL, Kind, Outcome, State, listed, place_of
from kycuong.core.clock import now
from kycuong.core.presence import Presence, present
from kycuong.core.problems import Problem
from kycuong.followup.models import Recommendation
from kycuong.followup.rules import RecommendationState
from kycuong.inspections.models import Addendum, Conclusion, Visit
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.inspections.rules.states import InspectionState, VisitState
from kycuong.orgs.models import Person
from kycuong.rounds.models import ReportingRound
from kycuong.rounds.rules import RoundState

VERB, THREAD = "webhook.keep", "webhooks"
"""What it takes to keep destinations; what the thread is called that sends."""
SETTLED = frozenset({RecommendationState.VERIFIED, RecommendationState.CLOSED})
VISITS = {
    "visit.sign": Kind.VISIT_SIGNED,
    "visit.annul": Kind.VISIT_ANNULLED,
}
ASKED = Q(kind=TRIAL) | Q(outcome=Outcome.TAKEN)
"""Of what waits: a trial, and what was taken once and is sent again."""
TELLING = (Visit, Addendum, Conclusion, ReportingRound, Recommendation)
"""Records of which something may be told."""


def happened(verb: str, rows: Sequence[Model], wanted: Collection[str]) -> Iterator[tuple[Kind, UUID]]:
    """What an act that was just recorded has to tell, with the uid of the record. Of an import nothing: that is the past, by the
    thousand, and would stand before what happens today."""
    if verb.endswith(".import"):
        return
    for row in rows:
        if isinstance(row, Visit) and verb in VISITS:
            yield VISITS[verb], row.uid
        elif isinstance(row, Addendum) and verb == "visit.add_addendum" and Kind.VISIT_CORRECTED in wanted:
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
    return Kind.RECOMMENDATION_ISSUED if verb == "recommendation.issue" else Kind.RECOMMENDATION_CHANGED


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


def kept_by(owner: Person) -> QuerySet[Destination]:
    """Of somebody in an administrator's care, who sees that they are there."""
    return listening().filter(owner=owner)


def deliveries_of(destination: Destination, person: Person) -> QuerySet[Delivery]:
    """The latest first."""
    return Delivery.objects.visible_to(person).filter(destination=destination).order_by("-pk")


def listening() -> QuerySet[Destination]:
    """Those that are told, now or when sending goes on."""
    return Destination.objects.exclude(state=State.REMOVED)


def kept_back() -> Q:
    """Deliveries about an inspection of which something is still sealed: that one target was signed would warn the next."""
    visits = Visit.objects.filter(_sealed(""), uid=OuterRef("subject"))
    conclusions = Conclusion.objects.filter(_sealed("visit__"), uid=OuterRef("subject"))
    recommendations = Recommendation.objects.filter(_sealed("visit__"), uid=OuterRef("subject"))
    return (
        Q(Exists(visits), kind__startswith="visit.")
        | Q(Exists(conclusions), kind__startswith="conclusion.")
        | Q(Exists(recommendations), kind__startswith="recommendation.")
    )


def _sealed(path: str) -> Q:
    closed = {f"{path}inspection__sealed_at__isnull": False, f"{path}inspection__sealing__unsealed_at": None}
    return Q(**closed) & ~Q(**{f"{path}inspection__state": InspectionState.CANCELLED})


def waiting() -> QuerySet[Delivery]:
    """What may go as far as seals are concerned, in order."""
    return Delivery.objects.filter(done=False).exclude(kept_back()).order_by("pk")


def head_of(destination: int) -> Delivery | None:
    """What is to be sent there now: what somebody asked for, which holds up nothing and waits for nothing; or the first, when its time has come."""
    rows = waiting().select_related("destination__owner").filter(destination_id=destination)
    asked = rows.filter(ASKED).first()
    first = None if asked else rows.exclude(ASKED).first()
    return asked or (first if first and is_ripe(first) else None)


def is_ripe(delivery: Delivery) -> bool:
    """Also what a clock that was ahead has put off beyond the longest wait."""
    moment = now()
    return delivery.next_at is None or not moment < delivery.next_at <= moment + AGAIN[-1]


def due() -> list[Destination]:
    """Where something is to be sent now, by what this process may send to: who was not served longest comes first."""
    moment, here = now(), waiting().filter(destination=OuterRef("pk"))
    first = here.exclude(ASKED)
    ripe = Q(first_at=None) | Q(first_at__lte=moment) | Q(first_at__gt=moment + AGAIN[-1])
    found = Destination.objects.filter(state=State.ACTIVE).annotate(
        first=Subquery(first.values("pk")[:1]), first_at=Subquery(first.values("next_at")[:1])
    )
    rows = found.filter((Q(first__isnull=False) & ripe) | Exists(here.filter(ASKED)))
    return [one for one in rows.order_by(F("held_at").asc(nulls_first=True), "pk") if not is_held(one)]


def is_held(destination: Destination) -> bool:
    """Whether this process may not send there; another may, so that what happens is kept and nothing is paused."""
    try:
        return not listed(place_of(destination.address), settings.WEBHOOK_HOSTS)
    except Problem:  # nobody could have written that: sending pauses it
        return False


def sends_by_itself() -> bool:
    """Whether this very process does, within seconds."""
    return any(one.name == THREAD for one in threading.enumerate())
