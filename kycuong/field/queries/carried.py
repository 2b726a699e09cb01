"""Which visits a person's phone carries: those to be written now, and those just signed."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from kycuong.core.clock import today
from kycuong.field.authority import writable
from kycuong.field.models import FieldDevice, FieldOp
from kycuong.inspections.models import TeamMember, Visit
from kycuong.inspections.rules import InspectionState, VisitState
from kycuong.orgs.models import Person

MOST = 100
PAST, AHEAD = timedelta(days=30), timedelta(days=14)
"""Drafts for whoever may write them by a role at the lead; those of one's own teams are carried whatever their day."""
STAYS = timedelta(days=14)
"""How long a signed visit stays on the phones that wrote it."""


def carried(person: Person, device: FieldDevice) -> list[Visit]:
    """The nearest hundred, the latest first."""
    day = today()
    mine = Q(inspection__in=TeamMember.objects.current().of(person).values("inspection_id"))
    near = Q(visited_on__gte=day - PAST, visited_on__lte=day + AHEAD)
    draft = Q(state=VisitState.DRAFT) & ~Q(inspection__state=InspectionState.CANCELLED) & (mine | near)
    written = Q(pk__in=FieldOp.objects.filter(device=device).values("visit_id"))
    signed = ~Q(state=VisitState.DRAFT) & written & Q(visited_on__gte=day - PAST - STAYS)
    seen = Visit.objects.visible_to(person).filter(draft | signed).order_by("-visited_on", "-pk")
    found = seen.select_related("inspection__lead", "unit", "checklist")[: 2 * MOST]
    drafts = writable(person, [visit for visit in found if visit.state == VisitState.DRAFT])
    return [visit for visit in found if visit.state != VisitState.DRAFT or visit.pk in drafts][:MOST]
