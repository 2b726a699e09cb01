"""Where a right to reorganise is asked for: at whoever is over the unit, not at the unit itself."""

from __future__ import annotations

from collections.abc import Iterable

from kycuong.orgs.models import Edge, Unit

from .shape import Draft, Party


def superior(unit: Unit) -> Unit:
    """The last parent of the unit; the unit itself when it is at the top."""
    edge = Edge.objects.filter(child=unit).select_related("parent").order_by("-valid_from").first()
    return edge.parent if edge else unit


def places_of(parties: Iterable[Party]) -> list[Unit | None]:
    """The units over the parties, each once; None for a new top."""
    places: dict[int | None, Unit | None] = {}
    for party in parties:
        if isinstance(party, Unit):
            place: Party | None = superior(party)
        else:
            place = party.parent
        if isinstance(place, Draft):
            continue
        places[place.pk if place else None] = place
    return list(places.values())
