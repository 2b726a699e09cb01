"""The API of inspections and visits: the same acts as the pages, the same refusals, the same eyes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from kycuong.catalog.queries import topics_coded
from kycuong.core.http import Request
from kycuong.inspections import actions
from kycuong.inspections.actions import Headcount, Planned, Seat
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import inspections_wanted
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.queries import resolve_unit
from kycuong.plans.models import InspectionPlan

from .answers import InspectionList, InspectionOut, PickOut, SealedOut, VisitOut
from .schemas import (
    REFUSED,
    AnnulmentIn,
    AnswersIn,
    BeginningIn,
    FormName,
    InspectionIn,
    MinutesIn,
    PickIn,
    TargetIn,
    VisitIn,
    Year,
)
from .told import sealed_told, told, whole

router = Router(tags=["inspections"])
PER_PAGE = 100


@router.get("/inspections", response={200: InspectionList, **REFUSED}, operation_id="inspections")
def inspections(
    request: Request, year: Year | None = None, form: FormName | None = None, lead: str = "", q: str = "", page: int = 1
) -> Any:
    """Inspections that the caller may see, the newest first, a hundred to a page."""
    unit = resolve_unit(lead, person=request.user) if lead else None
    found = inspections_wanted(request.user, {"year": year, "form": form or "", "lead": unit, "q": q[:100]})
    shown = Paginator(found.select_related("lead").prefetch_related("topics"), PER_PAGE).get_page(page)
    return {
        "total": shown.paginator.count,
        "page": shown.number,
        "inspections": told(request, list(shown.object_list)),
    }


@router.get("/inspections/{uid}", response={200: InspectionOut, **REFUSED}, operation_id="inspection")
def inspection(request: Request, uid: UUID) -> Any:
    """One inspection."""
    return told(request, [_inspection(request, uid)])[0]


@router.post("/inspections", response={201: InspectionOut, **REFUSED}, operation_id="open_inspection")
def open_inspection(request: Request, body: InspectionIn) -> Any:
    """Open an inspection. The same uid again answers with the first one."""
    opened = actions.open_inspection(
        by=request.user,
        lead=resolve_unit(body.lead, person=request.user),
        form=body.form,
        title=body.title,
        topics=topics_coded(request.user, body.topics),
        plan=_plan(request, body.plan),
        decision_number=body.decision_number,
        decision_on=body.decision_on,
        team=[Seat(request.user, role=TeamRole.HEAD)],
        visits=[
            Planned(resolve_unit(one.unit, person=request.user), one.visited_on, one.checklist_form)
            for one in body.visits
        ],
        sealed=body.sealed,
        members_from=body.members_from,
        notes=body.notes,
        uid=body.uid,
    )
    return Status(201, told(request, [opened])[0])


@router.post("/inspections/{uid}/sealed", response={200: SealedOut, **REFUSED}, operation_id="look_at_sealing")
def look_at_sealing(request: Request, uid: UUID) -> Any:
    """Open the sealed part. The look is noted with name and time."""
    found = _inspection(request, uid)
    return sealed_told(found, actions.look_at_sealing(found, by=request.user))


@router.post("/inspections/{uid}/targets", response={201: SealedOut, **REFUSED}, operation_id="add_target")
def add_target(request: Request, uid: UUID, body: TargetIn) -> Any:
    """Add a unit to the sealed part; the answer shows all of it, which is a look."""
    found = _inspection(request, uid)
    unit = resolve_unit(body.unit, person=request.user)
    actions.add_target(found, by=request.user, **{**body.dict(), "unit": unit})
    return Status(201, sealed_told(found, actions.look_at_sealing(found, by=request.user)))


@router.post(
    "/inspections/{uid}/targets/{key}/beginning", response={201: VisitOut, **REFUSED}, operation_id="begin_target"
)
def begin_target(request: Request, uid: UUID, key: UUID, body: BeginningIn) -> Any:
    """Begin the visit at a target: from here on it stands in plain for those who know of it."""
    found = _inspection(request, uid)
    begun = actions.begin_target(found, by=request.user, key=str(key), visited_on=body.visited_on)
    return Status(201, whole(request, _visit(request, begun.uid)))


@router.post("/inspections/{uid}/visits", response={201: VisitOut, **REFUSED}, operation_id="add_visit")
def add_visit(request: Request, uid: UUID, body: VisitIn) -> Any:
    """Add a visit. The same uid again answers with the first one."""
    visit = actions.add_visit(
        _inspection(request, uid),
        by=request.user,
        unit=resolve_unit(body.unit, person=request.user),
        visited_on=body.visited_on,
        checklist_form=body.checklist_form,
        uid=body.uid,
    )
    return Status(201, whole(request, _visit(request, visit.uid)))


@router.get("/visits/{uid}", response={200: VisitOut, **REFUSED}, operation_id="visit")
def visit(request: Request, uid: UUID) -> Any:
    """One visit."""
    return whole(request, _visit(request, uid))


@router.post("/visits/{uid}/answers", response={200: VisitOut, **REFUSED}, operation_id="record_answers")
def record_answers(request: Request, uid: UUID, body: AnswersIn) -> Any:
    """Write the answers of a draft."""
    actions.record_answers(
        _visit(request, uid),
        by=request.user,
        version=body.version,
        answers=body.answers,
        headcount=Headcount(**body.headcount.dict()) if body.headcount else None,
        strengths=body.strengths,
        explanation=body.explanation,
    )
    return whole(request, _visit(request, uid))


@router.post("/visits/{uid}/picks", response={201: PickOut, **REFUSED}, operation_id="pick_case_files")
def pick_case_files(request: Request, uid: UUID, body: PickIn) -> Any:
    """Choose case files at random; the server draws the seed. The same uid again answers with the first choice."""
    found = _visit(request, uid)
    chosen = actions.pick_case_files(found, by=request.user, **body.dict())
    if found.is_sealed_draft:
        actions.note_look(found, by=request.user)
    return Status(201, chosen)


@router.post("/visits/{uid}/minutes", response={201: VisitOut, **REFUSED}, operation_id="sign_minutes")
def sign_minutes(request: Request, uid: UUID, body: MinutesIn) -> Any:
    """Sign the minutes: from here on the visit counts."""
    actions.sign_minutes(_visit(request, uid), by=request.user, **body.dict())
    return Status(201, whole(request, _visit(request, uid)))


@router.post("/visits/{uid}/annulment", response={201: VisitOut, **REFUSED}, operation_id="annul_visit")
def annul_visit(request: Request, uid: UUID, body: AnnulmentIn) -> Any:
    """Annul signed minutes."""
    actions.annul_visit(_visit(request, uid), by=request.user, reason=body.reason)
    return Status(201, whole(request, _visit(request, uid)))


def _inspection(request: Request, uid: UUID) -> Inspection:
    found = Inspection.objects.visible_to(request.user).select_related("lead").prefetch_related("topics")
    return get_object_or_404(found, uid=uid)


def _visit(request: Request, uid: UUID) -> Visit:
    found = Visit.objects.visible_to(request.user).select_related("inspection__lead", "unit", "checklist", "minutes")
    return get_object_or_404(found, uid=uid)


def _plan(request: Request, uid: UUID | None) -> InspectionPlan | None:
    return get_object_or_404(InspectionPlan.objects.visible_to(request.user), uid=uid) if uid else None
