"""Inspections and visits as the API tells them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kycuong.core.http import Request
from kycuong.inspections.models import Inspection, Visit, VisitFile
from kycuong.inspections.queries import earlier_results, files_of, lines_of
from kycuong.inspections.rules import headcount_of

from .schemas import InspectionOut

TOLD = {"uid", "form", "title", "state", "decision_number", "decision_on", "opened_on"}
"""Columns of an inspection that are told as they are."""


def told(request: Request, found: list[Inspection]) -> list[dict[str, Any]]:
    """Inspections with the visits that the caller may see, as InspectionOut."""
    return [
        {
            **{name: getattr(line.inspection, name) for name in InspectionOut.model_fields if name in TOLD},
            "lead": line.inspection.lead.slug,
            "lead_name": line.lead,
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
