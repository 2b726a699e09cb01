"""What inspections put into a calendar: visits, the unit's term to answer, and the days by which findings are remedied.

A sealed visit stands in no calendar before its minutes are signed, not even in that of its short list (figures.md, rule 5).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kycuong.inspections.models import Conclusion, Finding, TeamMember, Visit
from kycuong.inspections.rules import InspectionState, VisitState
from kycuong.inspections.rules.conclusions import ConclusionState
from kycuong.orgs.authority import units_where
from kycuong.orgs.models import Person
from kycuong.ui.todo import Dated

from .owed import with_own_terms
from .units import lives_of


def dated(person: Person, first: date, last: date, *, today: date, mine: bool) -> Iterator[Dated]:
    """Everything between two days. `mine`: of the person's own units and teams, not of what lies further below."""
    yield from _visits(person, first, last, today, mine)
    yield from _replies(person, first, last, today, mine)
    yield from _decisions(person, first, last, today, mine)
    yield from _terms(person, first, last, today, mine)


def _whose(person: Person, mine: bool, to_visit: str) -> Q:
    if not mine:
        return Q()
    led = Q(**{f"{to_visit}inspection__lead__in": units_where(person, "inspection.see")})
    about = Q(**{f"{to_visit}unit__in": units_where(person, "visit.see")})
    teams = TeamMember.objects.filter(person=person).values("inspection_id")
    return led | about | Q(**{f"{to_visit}inspection__in": teams})


def _visits(person: Person, first: date, last: date, today: date, mine: bool) -> Iterator[Dated]:
    sealed = Q(inspection__sealed_at__isnull=False, state=VisitState.DRAFT)
    gone = Q(state=VisitState.ANNULLED) | Q(inspection__state=InspectionState.CANCELLED)
    found = Visit.objects.visible_to(person).filter(_whose(person, mine, ""), visited_on__range=(first, last))
    visits = list(found.exclude(sealed | gone).select_related("inspection").order_by("visited_on", "pk"))
    lives = lives_of({visit.unit_id for visit in visits})
    for visit in visits:
        signed = visit.state == VisitState.SIGNED
        late = not signed and visit.visited_on < today
        name = visit.unit_name_then or lives[visit.unit_id].full_name_on(visit.visited_on)
        tone = "good" if signed else "late" if late else "planned"
        what = _("Đã kiểm tra") if signed else _("Chưa ký biên bản") if late else _("Kiểm tra")
        yield Dated(what, name, visit.get_absolute_url(), visit.visited_on, tone)


def _replies(person: Person, first: date, last: date, today: date, mine: bool) -> Iterator[Dated]:
    asked = Conclusion.objects.visible_to(person).filter(
        _whose(person, mine, "visit__"), state=ConclusionState.SHARED, reply="", reply_until__range=(first, last)
    )
    for one in asked.exclude(visit__state=VisitState.ANNULLED).select_related("visit").order_by("reply_until", "pk"):
        tone = "attention" if one.reply_until and one.reply_until >= today else "none"
        yield Dated(
            _("Hết hạn đơn vị có ý kiến"), one.visit.unit_name_then, one.get_absolute_url(), one.reply_until, tone
        )


def _decisions(person: Person, first: date, last: date, today: date, mine: bool) -> Iterator[Dated]:
    """Until when the lead side decides on what the unit objected to."""
    disputed = Finding.objects.filter(visit=OuterRef("visit"), reply__accepts=False, decision=None)
    open_ones = Conclusion.objects.visible_to(person).filter(
        _whose(person, mine, "visit__"),
        Exists(disputed),
        decide_until__range=(first, last),
        visit__state=VisitState.SIGNED,
    )
    for one in open_ones.select_related("visit").order_by("decide_until", "pk"):
        tone = "attention" if one.decide_until and one.decide_until >= today else "none"
        name = one.visit.unit_name_then
        yield Dated(_("Hết hạn xem xét ý kiến đơn vị"), name, one.get_absolute_url(), one.decide_until, tone)


def _terms(person: Person, first: date, last: date, today: date, mine: bool) -> Iterator[Dated]:
    """One line a visit and day, whatever the number of its findings."""
    open_ones = with_own_terms(Finding.objects.standing()).filter(
        _whose(person, mine, "visit__"),
        visit__in=Visit.objects.visible_to(person).filter(state=VisitState.SIGNED),
        remedied_on=None,
        due_on__range=(first, last),
    )
    counted = open_ones.values("visit_id", "due_on").annotate(n=Count("pk")).order_by("due_on", "visit_id")
    visits = Visit.objects.in_bulk({one["visit_id"] for one in counted})
    contested = set(Finding.objects.contested(today).filter(visit__in=visits).values_list("visit_id", "due_on"))
    for one in counted:
        visit, late = visits[one["visit_id"]], (one["due_on"] or today) < today
        late = late and (visit.pk, one["due_on"]) not in contested
        what = ngettext("Hạn khắc phục %d tồn tại", "Hạn khắc phục %d tồn tại", one["n"]) % one["n"]
        yield Dated(
            what, visit.unit_name_then, visit.get_absolute_url(), one["due_on"], "late" if late else "attention"
        )
