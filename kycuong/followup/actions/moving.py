"""Running terms follow the calendar: when days off are announced late, they are computed anew, and say so."""

from __future__ import annotations

from datetime import date

from kycuong.audit.log import act, record_many
from kycuong.catalog.models import province
from kycuong.core.clock import today
from kycuong.deadlines.queries import term_of
from kycuong.deadlines.rules import Moved
from kycuong.followup.models import Recommendation, RecommendationTerm
from kycuong.followup.rules import TermKind
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._steps import computed_term
from ._telling import tell_unit


@act
def move_terms(*, by: Person | None) -> list[Moved]:
    """Compute every running term anew that was computed in working days. A term that has passed stays, and none becomes
    earlier than today: nobody is late by an announcement."""
    authorize(by, "daysoff.keep", at=province())
    moved = []
    for one in Recommendation.objects.open().filter(due_on__gte=today()).select_related("unit").order_by("pk"):
        last = one.terms.order_by("-pk").first()
        if last is not None and last.start is not None and last.days is not None:
            moved += _moved(one, last, last.start, last.days, by)
    return moved


def _moved(one: Recommendation, last: RecommendationTerm, start: date, days: int, by: Person | None) -> list[Moved]:
    due_on = term_of(start, days).due_on
    if due_on == last.due_on or due_on < today():
        return []
    term = computed_term(one, TermKind.DAYS_OFF, start=start, days=days, today=today(), by=by)
    Recommendation.objects.filter(pk=one.pk).update(due_on=term.due_on)
    one.refresh_from_db()
    record_many("recommendation.move_term", [one, term], by=by)
    said = f"Hạn kiến nghị đổi từ {last.due_on:%d/%m/%Y} thành {term.due_on:%d/%m/%Y} do lịch nghỉ"
    tell_unit(one, f"moved.{term.pk}", said, text=term.words)
    return [Moved(one.text, one.get_absolute_url(), last.due_on, term.due_on, one.unit_id)]
