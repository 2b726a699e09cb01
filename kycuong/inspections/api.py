"""The API of inspections and visits: the same acts as the pages, the same refusals, the same eyes."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from kycuong.catalog.models import Topic
from kycuong.core.http import Request
from kycuong.core.problems import BadInput
from kycuong.orgs.queries import resolve_unit
from kycuong.plans.models import InspectionPlan

from . import actions
from .actions import Headcount, Planned, Seat
from .models import Inspection, Visit
from .queries import inspections_wanted, lines_of
from .rules import TeamRole

router = Router(tags=["inspections"])
PER_PAGE = 100
FormName = Literal["planned", "surprise", "combined", "cross_check", "recheck", "remote", "self_check"]
Line = Annotated[str, Field(max_length=300)]
Unit = Annotated[str, Field(max_length=200, description="Địa chỉ (xa-hoang-dong), uid, hoặc mã@ngày.")]
Version = Annotated[int, Field(ge=1, le=10**9, description="Phiên bản đã đọc; cũ hơn bản hiện có thì 409.")]


class Problem(Schema):
    """A refusal (RFC 9457), in Vietnamese and in English."""

    type: str
    title: str
    status: int
    detail: str
    detail_en: str
    errors: list[dict[str, Any]]
    request_id: str = ""


REFUSED = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


class In(Schema):
    """What is sent; a name that is not known is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class VisitIn(In):
    """A visit to come."""

    unit: Unit
    visited_on: date
    checklist_form: Literal["", "short", "full"] = "short"
    uid: UUID | None = None


class PlannedIn(In):
    """A first visit of an inspection that is being opened."""

    unit: Unit
    visited_on: date
    checklist_form: Literal["", "short", "full"] = "short"


class InspectionIn(In):
    """An inspection to open; whoever opens it is its head."""

    lead: Unit
    form: FormName
    title: Line = ""
    topics: Annotated[list[Line], Field(max_length=20)] = []
    plan: UUID | None = None
    decision_number: Annotated[str, Field(max_length=80)] = ""
    decision_on: date | None = None
    sealed: bool = False
    visits: Annotated[list[PlannedIn], Field(max_length=200)] = []
    uid: UUID | None = None


class HeadcountIn(In):
    """Who was there."""

    quota: int | None = None
    present: int | None = None
    absent_excused: int | None = None
    absent_unexcused: int | None = None
    late: int | None = None


class AnswersIn(In):
    """All answers so far, by criterion; they replace those before."""

    version: Version
    answers: Annotated[dict[str, dict[str, Any]], Field(max_length=200)]
    headcount: HeadcountIn | None = None
    strengths: Annotated[str, Field(max_length=5000)] | None = None
    explanation: Annotated[str, Field(max_length=5000)] | None = None


class MinutesIn(In):
    """The signature."""

    version: Version
    team_signatory: str
    unit_signature: Literal["signed", "refused"] = "signed"
    unit_signatory: str = ""
    refusal_reason: str = ""
    number: str = ""
    begun_at: time | None = None
    ended_at: time | None = None


class AnnulmentIn(In):
    """Why signed minutes are annulled."""

    reason: Line


class FindingOut(Schema):
    """A shortcoming."""

    uid: UUID
    criterion_code: str
    description: str
    severity: int
    due_on: date | None
    remedied_on: date | None


class MinutesOut(Schema):
    """Signed minutes."""

    number: str
    team_signatory: str
    unit_signature: str
    unit_signatory: str
    refusal_reason: str


class VisitOut(Schema):
    """A visit with everything written at it."""

    uid: UUID
    inspection: UUID
    unit: str
    unit_name: str
    visited_on: date
    state: str
    version: int
    checklist: str | None
    checklist_form: str
    answers: dict[str, dict[str, Any]]
    headcount: dict[str, int | None]
    strengths: str
    explanation: str
    findings: list[FindingOut]
    minutes: MinutesOut | None
    annul_reason: str


class VisitLine(Schema):
    """A visit in a list."""

    uid: UUID
    unit: str
    unit_name: str
    visited_on: date
    state: str


class InspectionOut(Schema):
    """An inspection with the visits that the caller may see."""

    uid: UUID
    lead: str
    lead_name: str
    form: str
    title: str
    state: str
    decision_number: str
    decision_on: date | None
    opened_on: date
    topics: list[str]
    visits: list[VisitLine]


class InspectionList(Schema):
    """A page of inspections."""

    total: int
    page: int
    inspections: list[InspectionOut]


@router.get("/inspections", response={200: InspectionList, **REFUSED}, operation_id="inspections")
def inspections(
    request: Request, year: int | None = None, form: FormName | None = None, lead: str = "", q: str = "", page: int = 1
) -> Any:
    """Inspections that the caller may see, the newest first, a hundred to a page."""
    unit = resolve_unit(lead, person=request.user) if lead else None
    found = inspections_wanted(request.user, {"year": year, "form": form or "", "lead": unit, "q": q[:100]})
    shown = Paginator(found.select_related("lead").prefetch_related("topics"), PER_PAGE).get_page(page)
    return {
        "total": shown.paginator.count,
        "page": shown.number,
        "inspections": _told(request, list(shown.object_list)),
    }


@router.get("/inspections/{uid}", response={200: InspectionOut, **REFUSED}, operation_id="inspection")
def inspection(request: Request, uid: UUID) -> Any:
    """One inspection."""
    return _told(request, [_inspection(request, uid)])[0]


@router.post("/inspections", response={201: InspectionOut, **REFUSED}, operation_id="open_inspection")
def open_inspection(request: Request, body: InspectionIn) -> Any:
    """Open an inspection. The same uid again answers with the first one."""
    opened = actions.open_inspection(
        by=request.user,
        lead=resolve_unit(body.lead, person=request.user),
        form=body.form,
        title=body.title,
        topics=_topics(request, body.topics),
        plan=_plan(request, body.plan),
        decision_number=body.decision_number,
        decision_on=body.decision_on,
        team=[Seat(request.user, role=TeamRole.HEAD)],
        visits=[
            Planned(resolve_unit(one.unit, person=request.user), one.visited_on, one.checklist_form)
            for one in body.visits
        ],
        sealed=body.sealed,
        uid=body.uid,
    )
    return 201, _told(request, [opened])[0]


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
    return 201, _whole(request, visit.uid)


@router.get("/visits/{uid}", response={200: VisitOut, **REFUSED}, operation_id="visit")
def visit(request: Request, uid: UUID) -> Any:
    """One visit."""
    return _whole(request, uid)


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
    return _whole(request, uid)


@router.post("/visits/{uid}/minutes", response={201: VisitOut, **REFUSED}, operation_id="sign_minutes")
def sign_minutes(request: Request, uid: UUID, body: MinutesIn) -> Any:
    """Sign the minutes: from here on the visit counts."""
    actions.sign_minutes(_visit(request, uid), by=request.user, **body.dict())
    return 201, _whole(request, uid)


@router.post("/visits/{uid}/annulment", response={201: VisitOut, **REFUSED}, operation_id="annul_visit")
def annul_visit(request: Request, uid: UUID, body: AnnulmentIn) -> Any:
    """Annul signed minutes."""
    actions.annul_visit(_visit(request, uid), by=request.user, reason=body.reason)
    return 201, _whole(request, uid)


def _inspection(request: Request, uid: UUID) -> Inspection:
    found = Inspection.objects.visible_to(request.user).select_related("lead").prefetch_related("topics")
    return get_object_or_404(found, uid=uid)


def _visit(request: Request, uid: UUID) -> Visit:
    found = Visit.objects.visible_to(request.user).select_related("inspection__lead", "unit", "checklist", "minutes")
    return get_object_or_404(found, uid=uid)


def _topics(request: Request, codes: list[str]) -> list[Topic]:
    known = {topic.code: topic for topic in Topic.objects.visible_to(request.user)}
    if unknown := [code for code in codes if code not in known]:
        raise BadInput(
            f"Không có nội dung «{unknown[0]}». Hãy chọn trong: {', '.join(known)}.",
            en=f"There is no topic {unknown[0]!r}. Choose from: {', '.join(known)}.",
            errors=[{"field": "topics", "vi": "Không có nội dung này.", "en": "Unknown topic."}],
        )
    return [known[code] for code in codes]


def _plan(request: Request, uid: UUID | None) -> InspectionPlan | None:
    return get_object_or_404(InspectionPlan.objects.visible_to(request.user), uid=uid) if uid else None


def _told(request: Request, found: list[Inspection]) -> list[dict[str, Any]]:
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


TOLD = {"uid", "form", "title", "state", "decision_number", "decision_on", "opened_on"}
"""Columns of an inspection that are told as they are."""
SHEET = ("quota", "present", "absent_excused", "absent_unexcused", "late")


def _whole(request: Request, uid: UUID) -> dict[str, Any]:
    found = _visit(request, uid)
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
