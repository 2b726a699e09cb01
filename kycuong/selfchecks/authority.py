"""Who may read what a unit declared: not whoever inspects, before the visit has found for itself."""

from __future__ import annotations

from kycuong.inspections.models import Inspection, TeamMember
from kycuong.inspections.rules import InspectionState
from kycuong.orgs.authority import Someone, units_where

CLOSED = (InspectionState.CONCLUDED, InspectionState.CANCELLED)


def inspects(person: Someone) -> bool:
    """Whether the person records visits: by a role anywhere, or by a seat on a team that is still at work.

    A seat in a sealed inspection counts only for whoever may know of it, so that no refusal here tells of one.
    """
    if units_where(person, "visit.record"):
        return True
    known = Inspection.objects.visible_to(person).exclude(state__in=CLOSED)
    return TeamMember.objects.current().of(person).filter(inspection__in=known.values("pk")).exists()
