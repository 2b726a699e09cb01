"""Running terms follow the calendar: when days off are announced late, they are computed anew."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record
from kycuong.catalog.models import province
from kycuong.core.clock import now, today
from kycuong.deadlines.queries import term_of
from kycuong.deadlines.rules import Moved
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person
from kycuong.rounds.models import AgencyReport, ReportingRound
from kycuong.rounds.rules import RoundState

from ._telling import tell_agency


@act
def move_terms(*, by: Person | None) -> list[Moved]:
    """Compute the running terms anew, and tell agencies that still owe their report. A term that has passed stays, and none
    becomes earlier than today."""
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
        _tell_those_who_owe(one, old)
        moved.append(Moved(one.title, one.get_absolute_url(), old, term.due_on, one.authority_id))
    return moved


def _tell_those_who_owe(found: ReportingRound, old: date) -> None:
    """Who has handed in need not know. Each move is told, also one that goes back and forth on one day."""
    event = f"moved.{now():%Y%m%dT%H%M%S%f}"
    said = f"Hạn nộp báo cáo đổi từ {old:%d/%m/%Y} thành {found.due_on:%d/%m/%Y} do lịch nghỉ: {found.title}"
    for report in AgencyReport.objects.owed().filter(round=found).select_related("agency", "round"):
        tell_agency(report, event, said, text=f"Hạn nộp: {found.due_words}.")
