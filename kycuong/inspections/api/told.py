"""Inspections and visits as the API tells them."""

from __future__ import annotations

from typing import Any

from kycuong.core.http import Request
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import InspectionLine, lines_of, team_of, with_teams

from .schemas import InspectionOut

TOLD = {"uid", "form", "title", "state", "decision_number", "decision_on", "opened_on", "version"}
"""Columns of an inspection that are told as they are."""
SHEET = ("quota", "present", "absent_excused", "absent_unexcused", "late")


def told(request: Request, found: list[Inspection]) -> list[dict[str, Any]]:
    """Inspections with the visits that the caller may see, as InspectionOut."""
    with_teams(found)
    return [
        {
            **{name: getattr(line.inspection, name) for name in InspectionOut.model_fields if name in TOLD},
            "lead": line.inspection.lead.slug,
            "lead_name": line.lead,
            "topics": [topic.code for topic in line.inspection.topics.all()],
            **_team(line),
            "visits": [
                {
                    "uid": one.uid,
                    "unit": one.unit.slug,
                    "unit_name": name,
                    "visited_on": one.visited_on,
                    "state": one.state,
                }
                for one, name in line.visits
            ],
        }
        for line in lines_of(found, request.user)
    ]


def _team(line: InspectionLine) -> dict[str, Any]:
    """Who sits on the team now, and its groups with the visits that the caller may see."""
    shown = team_of(line.inspection, line.visits)
    names = {group.group.pk: group.name for group in shown.groups}
    seats = [
        {
            "seat": one.seat_uid,
            "role": one.role,
            "name": str(one.person) if one.person else "",
            "position": one.person.position if one.person else one.position,
            "group": names[one.group_id] if one.group_id else None,
            "leads_group": one.leads_group,
        }
        for one in shown.members
    ]
    groups = [
        {"uid": one.group.uid, "name": one.name, "visits": [visit.uid for visit, _name in one.visits]}
        for one in shown.groups
    ]
    return {"team": seats, "groups": groups}


def whole(request: Request, found: Visit) -> dict[str, Any]:
    """A visit, as VisitOut."""
    [line] = lines_of([found.inspection], request.user)
    return {
        "uid": found.uid,
        "inspection": found.inspection.uid,
        "unit": found.unit.slug,
        "unit_name": next(name for one, name in line.visits if one.pk == found.pk),
        "visited_on": found.visited_on,
        "state": found.state,
        "version": found.version,
        "checklist": found.checklist.version if found.checklist else None,
        "checklist_form": found.checklist_form,
        "answers": found.answers,
        "headcount": {name: getattr(found, name) for name in SHEET},
        "strengths": found.strengths,
        "explanation": found.unit_explanation,
        "findings": list(found.findings.all()),
        "minutes": getattr(found, "minutes", None),
        "annul_reason": found.annul_reason,
    }
