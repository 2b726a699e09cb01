"""Putting people who were drawn on the team of an inspection, with the trace back to the draw."""

from __future__ import annotations

from kycuong.audit.log import act, record
from kycuong.draws import rules
from kycuong.draws.models import Draw
from kycuong.draws.queries import outcome_of
from kycuong.draws.rules import DrawState
from kycuong.inspections.actions import Seat, change_team
from kycuong.inspections.models import Inspection
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._steps import ensure_reader


@act
def seat_drawn(draw: Draw, *, by: Person, inspection: Inspection, version: int | None = None) -> Inspection:
    """Let everybody who was drawn join the team. Before the draw is revealed by its short list alone, on a sealed team alone."""
    authorize(by, "draw.conduct", at=draw.lead)
    draw.refresh_from_db()
    if draw.state != DrawState.REVEALED:
        ensure_reader(draw, by)
    rules.ensure_of_people(draw.purpose)
    rules.ensure_team_may_know(draw.state, sealed=inspection.sealed_at is not None)
    rules.ensure_led_by_the_drawer(draw.lead_id, inspection.lead_id)
    outcome = outcome_of(draw)
    assert outcome is not None
    seated = set(inspection.team.current().exclude(person=None).values_list("person_id", flat=True))
    drawn = Person.objects.filter(uid__in=[one.id for one in outcome.winners]).exclude(pk__in=seated)
    people = list(drawn.order_by("full_name", "pk"))
    rules.ensure_somebody_left(len(people))
    joining = [Seat(person, drawn_in=draw.uid) for person in people]
    change_team(inspection, by=by, version=version, joining=joining)
    record("draw.seat", draw, by=by)
    return inspection
