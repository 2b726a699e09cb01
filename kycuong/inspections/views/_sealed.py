"""What the page of an inspection shows of its sealing: to whoever may know of it now, and to all once it is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kycuong.core.clock import now
from kycuong.core.http import Request
from kycuong.inspections import actions
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import breaks_of, is_known, looks_of, name_at, sealing_of
from kycuong.inspections.rules import InspectionState, VisitState, ensure_on_short_list
from kycuong.inspections.rules.sealing import SealedPlan
from kycuong.orgs.authority import can


def sealing_shown(request: Request, found: Inspection) -> dict[str, Any]:
    """Nothing for others: not even that there is something."""
    sealing = sealing_of(found)
    known = sealing is not None and is_known(found, request.user)
    if sealing is None or not (known or sealing.unsealed_at):
        return {"sealing": None}
    entries = list(found.short_list.select_related("person").order_by("pk"))
    listed = any(entry.person_id == request.user.pk for entry in entries)
    closed = sealing.unsealed_at is None and found.state != InspectionState.CANCELLED
    drafts = Visit.objects.visible_to(request.user).filter(inspection=found, state=VisitState.DRAFT)
    return {
        "sealing": sealing,
        "short_list": entries,
        "may_look": known and sealing.unsealed_at is None,
        "may_direct": known and closed and can(request.user, "inspection.open", at=found.lead),
        "begun": list(drafts.order_by("recorded_at")) if known else [],
        "looks": looks_of(sealing) if listed or sealing.unsealed_at else [],
        "breaks": breaks_of(found),
        "opened": SealedPlan.of(sealing.summary) if sealing.summary else None,
    }


def ensure_in_the_know(request: Request, found: Inspection) -> None:
    """The pages on which a sealed inspection's team works are its short list's, and its team's once that was told."""
    ensure_on_short_list(found.sealed_at is None or is_known(found, request.user))


def begun_at_the_door(request: Request, found: Inspection) -> list[tuple[Visit, str]]:
    """Begun visits of a sealed inspection with the names of their units, for whoever knows of it; lists leave them out.

    The page that shows them calls `note_begun`.
    """
    if not found.sealed_at:
        return []
    drafts = Visit.objects.visible_to(request.user).filter(inspection=found, state=VisitState.DRAFT)
    return [
        (visit, name_at(visit)) for visit in drafts.select_related("inspection", "unit").order_by("visited_on", "pk")
    ]


def note_begun(request: Request, begun: Sequence[tuple[Visit, str]]) -> dict[str, Any]:
    """Note that the page tells of them, and whose page it is."""
    for visit, _name in begun:
        actions.note_look(visit, by=request.user)
    return {"sealed_for": request.user, "read_at": now()} if begun else {}
