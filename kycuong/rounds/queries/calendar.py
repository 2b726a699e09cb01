"""What rounds put into a calendar: the terms, one line a round for who asks, one a report for the agency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kycuong.orgs.authority import units_kept
from kycuong.orgs.models import Person
from kycuong.orgs.queries import full_names
from kycuong.rounds.models import AgencyReport, ReportingRound
from kycuong.rounds.rules import HANDED_IN, RoundState
from kycuong.ui.todo import Dated


def dated(person: Person, first: date, last: date, *, today: date, mine: bool) -> Iterator[Dated]:
    """Terms between two days."""
    asked = ReportingRound.objects.visible_to(person).asked_by(person).filter(due_on__range=(first, last))
    asked = asked.exclude(state=RoundState.CANCELLED)
    if mine:
        asked = asked.filter(authority__in=units_kept(person, "figures.see"))
    done = Count("pk", filter=Q(state__in=HANDED_IN))
    rows = AgencyReport.objects.filter(round__in=asked).values("round_id").annotate(done=done, total=Count("pk"))
    counted = {row["round_id"]: (row["done"], row["total"]) for row in rows.order_by()}
    for one in asked.order_by("due_on", "pk"):
        handed_in, total = counted.get(one.pk, (0, 0))
        what = _("Hạn báo cáo: đã nộp %(done)d/%(total)d") % {"done": handed_in, "total": total}
        tone = "good" if handed_in == total or one.state == RoundState.SIGNED else _tone(one.due_on, today)
        yield Dated(what, one.title, one.get_absolute_url(), one.due_on, tone)
    own = AgencyReport.objects.answered_by(person).filter(round__due_on__range=(first, last))
    own = own.exclude(round__state=RoundState.CANCELLED)
    if mine:
        own = own.filter(agency__in=units_kept(person, "round.answer"))
    reports = list(own.select_related("round").order_by("round__due_on", "pk"))
    names = full_names([report.agency_id for report in reports], today)
    for report in reports:
        tone = "good" if report.state in HANDED_IN else _tone(report.round.due_on, today)
        yield Dated(_("Hạn nộp báo cáo"), names[report.agency_id], report.get_absolute_url(), report.round.due_on, tone)


def _tone(due_on: date | None, today: date) -> str:
    return "late" if due_on and due_on < today else "planned"
