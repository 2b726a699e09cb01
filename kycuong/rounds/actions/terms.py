"""Running terms follow the calendar: when days off are announced late, they are computed anew."""

from __future__ import annotations

from kycuong.audit.log import act, record
from kycuong.catalog.models import province
from kycuong.core.clock import today
from kycuong.deadlines.queries import term_of
from kycuong.deadlines.rules import Moved
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.rounds.models import ReportingRound
from kycuong.rounds.rules import RoundState


@act
def move_terms(*, by: Person | None) -> list[Moved]:
    """Compute the running terms anew. A term that has passed stays, and none becomes earlier than today."""
    authorize(by, "daysoff.keep", at=province())
    moved = []
    for one in ReportingRound.objects.filter(state=RoundState.OPEN, due_on__gte=today()).order_by("pk"):
        assert one.opened_on is not None, "opened with a term, says the database"
        assert one.due_on is not None, "opened with a term, says the database"
        term, old = term_of(max(one.last, one.opened_on), one.days), one.due_on
        if term.due_on == old or term.due_on < today():
            continue
        one.due_on, one.due_words = term.due_on, term.words[:600]
        one.save(update_fields=["due_on", "due_words"])
        record("round.move_term", one, by=by)
        moved.append(Moved(one.title, one.get_absolute_url(), old, term.due_on, one.authority_id))
    return moved
