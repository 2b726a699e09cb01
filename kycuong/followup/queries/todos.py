"""What waits for a person after a visit: on the unit's side, and on the side that inspected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from kycuong.followup.models import AccountabilityMeasure, Extension, Recommendation, RemedyReport
from kycuong.followup.rules import OPEN, RecommendationState
from kycuong.inspections.models import Conclusion, Finding, TeamMember
from kycuong.inspections.rules import VisitState
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import lenders, of_others, stands_in_for_somebody, units_where
from kycuong.orgs.models import Person
from kycuong.ui.todo import Todo

from .measures import limit_for

MOST = 50
"""Of each sort; whoever has more has a list to open instead."""
LEAD = "visit__inspection__lead"


def todos(person: Person, *, today: date) -> Iterator[Todo]:
    """The unit's first, then what the inspecting side owes an answer to."""
    yield from _of_the_unit(person)
    yield from _unasked(person)
    yield from _reports(person)
    yield from _extensions(person)
    yield from _proposals(person, today)


def _of_the_unit(person: Person) -> Iterator[Todo]:
    """What the unit owes; while its report is being verified, nothing."""
    if not units_where(person, "remedy.report"):
        return
    mine = Recommendation.objects.owed().filter(unit__in=units_where(person, "remedy.report"))
    kinds = [
        (_("Nhận kiến nghị"), RecommendationState.ISSUED),
        (_("Khắc phục và báo cáo"), RecommendationState.ACKNOWLEDGED),
    ]
    for what, state in kinds:
        for one in mine.filter(state=state).order_by("due_on", "pk")[:MOST]:
            yield Todo(what, one.text, one.get_absolute_url(), one.due_on)


def _unasked(person: Person) -> Iterator[Todo]:
    """Conclusions on their way that leave a finding without a recommendation: to be returned and completed before they are issued."""
    if not units_where(person, "conclusion.draft"):
        return
    bare = Finding.objects.standing().filter(visit=OuterRef("visit"), recommendations=None, remedied_on=None)
    mine = Q(visit__inspection__lead__in=units_where(person, "conclusion.draft"), visit__state=VisitState.SIGNED)
    under_way = Conclusion.objects.visible_to(person).filter(
        mine, Exists(bare), state__in=[ConclusionState.SHARED, ConclusionState.APPROVED]
    )
    for one in under_way.select_related("visit").order_by("pk")[:MOST]:
        about = f"{one.visit.unit_name_then}, {one.visit.visited_on:%d/%m/%Y}"
        yield Todo(_("Bổ sung kiến nghị cho tồn tại chưa có"), about, one.get_absolute_url())


def _reports(person: Person) -> Iterator[Todo]:
    if not units_where(person, "remedy.confirm"):
        return
    mine = Q(**{f"recommendation__{LEAD}__in": units_where(person, "remedy.confirm")})
    sent = RemedyReport.objects.alive().filter(mine)
    asked = {"verb": "remedy.confirm", "at": f"recommendation__{LEAD}", "maker": "submitted_by"}
    waiting = of_others(sent, by=person, **asked).exclude(pk__in=RemedyReport.objects.rechecking().values("pk"))
    for report in waiting.select_related("recommendation").order_by("check_until", "pk")[:MOST]:
        one = report.recommendation
        yield Todo(_("Kiểm chứng báo cáo khắc phục"), one.text, one.get_absolute_url(), report.check_until)


def _extensions(person: Person) -> Iterator[Todo]:
    if not units_where(person, "extension.decide"):
        return
    mine = Q(**{f"recommendation__{LEAD}__in": units_where(person, "extension.decide")})
    alive = Q(recommendation__visit__state=VisitState.SIGNED, recommendation__state__in=OPEN)
    waiting = Extension.objects.waiting().filter(mine, alive)
    for one in waiting.select_related("recommendation").order_by("asked_at")[:MOST]:
        about = one.recommendation
        yield Todo(_("Trả lời đề nghị gia hạn"), about.text, about.get_absolute_url(), about.due_on)


def _proposals(person: Person, today: date) -> Iterator[Todo]:
    """What the managing authority is asked to decide; not for who proposed it or sat on the team, oneself or in whose stead one decides."""
    if not units_where(person, "measure.record"):
        return
    waiting = AccountabilityMeasure.objects.waiting().filter(authority__in=units_where(person, "measure.record"))
    asked = {"verb": "measure.record", "at": "authority", "maker": "proposed_by"}
    free = of_others(waiting, by=person, **asked).exclude(visit__inspection__team__person=person)
    authorities = waiting.order_by().values_list("authority", flat=True) if stands_in_for_somebody(person) else ()
    for unit, principal in lenders(person, "measure.record", set(authorities)).items():
        sat = TeamMember.objects.filter(person=principal).values("inspection")
        free = free.exclude(authority=unit, visit__inspection__in=sat)
    for one in free.select_related("kind", "visit").order_by("proposed_on", "pk")[:MOST]:
        limit = limit_for(one, on=today)
        yield Todo(_("Quyết định đề nghị xử lý"), str(one), one.get_absolute_url(), limit.last_day if limit else None)
