"""What waits: reports that an agency owes, submissions to review, rounds to sign, signed reports without a number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from kycuong.orgs.authority import units_kept
from kycuong.orgs.models import Person
from kycuong.orgs.queries import full_names
from kycuong.rounds.models import AgencyReport, ReportingRound, SignedReport
from kycuong.rounds.rules import OWED, ReportState, RoundState
from kycuong.ui.todo import Todo

MOST = 50
"""Whoever has more has a list to open instead."""


def todos(person: Person, *, today: date) -> Iterator[Todo]:
    """Of the units at which the person holds the role itself, and of those that these carry on; what is due first at the top."""
    yield from _owed(person, today)
    asking = units_kept(person, "round.open")
    rounds = ReportingRound.objects.filter(authority__in=asking, state=RoundState.OPEN).order_by("due_on", "pk")
    waiting = AgencyReport.objects.filter(round=OuterRef("pk"), state=ReportState.SUBMITTED)
    for one in rounds.filter(Exists(waiting))[:MOST]:
        yield Todo(_("Xem xét báo cáo đã nộp"), one.title, one.get_absolute_url())
    yield from _to_sign(person, today)
    numbering = units_kept(person, "round.number")
    unnumbered = SignedReport.objects.filter(authority__in=numbering, numbered=None).defer("content")
    for signed in unnumbered.order_by("pk")[:MOST]:
        yield Todo(_("Ghi số, ngày của báo cáo đã ký"), signed.title, signed.get_absolute_url())


def _owed(person: Person, today: date) -> Iterator[Todo]:
    own = AgencyReport.objects.owed().filter(agency__in=units_kept(person, "round.answer"))
    rows = list(own.select_related("round").order_by("round__due_on", "pk")[:MOST])
    names = full_names([one.agency_id for one in rows], today)
    for one in rows:
        what = _("Sửa và nộp lại báo cáo") if one.state == ReportState.RETURNED else _("Nộp báo cáo định kỳ")
        yield Todo(what, f"{names[one.agency_id]}: {one.round.title}", one.get_absolute_url(), one.round.due_on)


def _to_sign(person: Person, today: date) -> Iterator[Todo]:
    """Rounds whose term is over, or in which nobody owes anything any more."""
    ours = ReportingRound.objects.filter(authority__in=units_kept(person, "round.sign"), state=RoundState.OPEN)
    waiting = AgencyReport.objects.filter(round=OuterRef("pk"), state__in=[*OWED, ReportState.SUBMITTED])
    ready = ours.filter(~Exists(waiting) | Q(due_on__lt=today), last__lt=today)
    for one in ready.order_by("due_on", "pk")[:MOST]:
        yield Todo(_("Tổng hợp và ký báo cáo"), one.title, one.get_absolute_url())
