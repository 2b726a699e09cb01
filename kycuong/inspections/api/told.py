"""Inspections and visits as the API tells them."""

from __future__ import annotations

from typing import Any

from kycuong.core.http import Request
from kycuong.inspections import actions
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import lines_of, name_at, sealing_of, slugs_of
from kycuong.inspections.rules.sealing import SealedPlan

from .schemas import InspectionOut

TOLD = {"uid", "form", "title", "state", "decision_number", "decision_on", "opened_on"}
"""Columns of an inspection that are told as they are."""
SHEET = ("quota", "present", "absent_excused", "absent_unexcused", "late")


def told(request: Request, found: list[Inspection]) -> list[dict[str, Any]]:
    """Inspections with the visits that the caller may see, as InspectionOut."""
    return [
        {
            **{name: getattr(line.inspection, name) for name in InspectionOut.model_fields if name in TOLD},
            "lead": line.inspection.lead.slug,
            "lead_name": line.lead,
            "sealed": line.sealed,
            "topics": [topic.code for topic in line.inspection.topics.all()],
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


def whole(request: Request, found: Visit) -> dict[str, Any]:
    """A visit, as VisitOut. Of a sealed one that is not signed yet the look is noted."""
    if found.is_sealed_draft:
        actions.note_look(found, by=request.user)
    return {
        "uid": found.uid,
        "inspection": found.inspection.uid,
        "unit": found.unit.slug,
        "unit_name": name_at(found),
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


def sealed_told(found: Inspection, plan: SealedPlan) -> dict[str, Any]:
    """The sealed part, as SealedOut. The look has been noted."""
    sealing = sealing_of(found)
    assert sealing is not None
    slugs = slugs_of(plan)
    return {
        "inspection": found.uid,
        "version": sealing.version,
        "members_from": sealing.members_from,
        "title": plan.title,
        "notes": plan.notes,
        "topics": list(plan.topics),
        "targets": [
            {
                "key": one.key,
                "unit": slugs[one.unit],
                "unit_name": one.name,
                "visited_on": one.day,
                "checklist_form": one.checklist_form,
                "state": one.state,
                "reason": one.reason,
                "visit": one.visit or None,
            }
            for one in plan.targets
        ],
    }
