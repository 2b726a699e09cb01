"""Inspections and visits as the API tells them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kycuong.core.http import Request
from kycuong.inspections import actions
from kycuong.inspections.models import Inspection, Visit, VisitFile
from kycuong.inspections.queries import (
    InspectionLine,
    earlier_results,
    files_of,
    lines_of,
    name_at,
    sealing_of,
    slugs_of,
    team_of,
    with_teams,
)
from kycuong.inspections.rules import headcount_of
from kycuong.inspections.rules.sealing import SealedPlan

from .answers import InspectionOut

TOLD = {"uid", "form", "title", "state", "decision_number", "decision_on", "opened_on", "version"}
"""Columns of an inspection that are told as they are."""


def told(request: Request, found: list[Inspection]) -> list[dict[str, Any]]:
    """Inspections with the visits that the caller may see, as InspectionOut."""
    with_teams(found)
    return [
        {
            **{name: getattr(line.inspection, name) for name in InspectionOut.model_fields if name in TOLD},
            "lead": line.inspection.lead.slug,
            "lead_name": line.lead,
            "sealed": line.sealed,
            "topics": [topic.code for topic in line.inspection.topics.all()],
            **({"version": 1} if line.guarded else {}),  # counts what the team does under the seal
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
    shown = team_of(line.inspection, line.visits, guarded=line.guarded)
    names = {group.group.pk: group.name for group in shown.groups}
    seats = [
        {
            "seat": one.seat_uid,
            "role": one.role,
            "name": str(one.person) if one.person else "",
            "position": one.person.position if one.person else one.position,
            "group": names.get(one.group_id or 0),
            "leads_group": one.leads_group and one.group_id in names,
        }
        for one in shown.members
    ]
    groups = [
        {"uid": one.group.uid, "name": one.name, "visits": [visit.uid for visit, _name in one.visits]}
        for one in shown.groups
    ]
    return {"team": seats, "groups": groups}


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
        "headcount": asdict(headcount_of(found)),
        "strengths": found.strengths,
        "explanation": found.unit_explanation,
        "findings": list(found.findings.all()),
        "repeats": _repeats(request, found),
        "picks": list(found.picks.all()),
        "files": [told_file(one) for one in files_of(found)],
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


def told_file(file: VisitFile) -> dict[str, Any]:
    """A file, as FileOut."""
    kept = file.attachment
    plain = {name: getattr(kept, name) for name in ("name", "kind", "size", "sha256")}
    about = {name: getattr(file, name) for name in ("uid", "criterion_code", "caption", "added_at")}
    return {**plain, **about, "shown": file.get_absolute_url()}


def _repeats(request: Request, found: Visit) -> list[dict[str, Any]]:
    """Findings of a visit that repeat earlier ones, as RepeatOut."""
    codes = {finding.criterion_code for finding in found.findings.all()}
    return [
        {
            "criterion_code": code,
            "visit": one.repeat.uid,
            "visited_on": one.repeat.visited_on,
            "minutes_number": one.repeat.minutes.number,
        }
        for code, one in sorted(earlier_results(found, person=request.user).items() if codes else ())
        if one.repeat and code in codes
    ]
