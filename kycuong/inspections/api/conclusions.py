"""The API of conclusions: drafted, shown to the unit, approved by another, issued, numbered; the acts of the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request
from kycuong.core.problems import BadInput
from kycuong.inspections import actions
from kycuong.inspections.models import Conclusion, ConclusionQuerySet, Visit

from .schemas import REFUSED, In, Version

router = Router(tags=["conclusions"])
PER_PAGE = 100
StateName = Literal["draft", "shared", "approved", "issued"]


class TextIn(In):
    """A draft rewritten whole."""

    version: Version
    strengths: Annotated[str, Field(max_length=5000)] = ""
    shortcomings: Annotated[str, Field(max_length=10_000)] = ""
    causes: Annotated[str, Field(max_length=5000)] = ""
    requests: Annotated[str, Field(max_length=5000)] = ""


class ConclusionStepIn(In):
    """What a step takes: `share` working days (those of the rule, or more), `reply` the unit's word, `return` a reason, `issue` a day, `number` the number."""

    version: Version | None = None
    days: Annotated[int, Field(strict=True, ge=1, le=60)] | None = None
    reply: Annotated[str, Field(max_length=5000)] = ""
    reason: Annotated[str, Field(max_length=500)] = ""
    issued_on: IsoDay | None = None
    number: Annotated[str, Field(max_length=80)] = ""


class ConclusionOut(Schema):
    """A conclusion on one visit."""

    uid: UUID
    visit: UUID
    unit: str
    state: StateName
    version: int
    strengths: str
    shortcomings: str
    causes: str
    requests: str
    reply_until: IsoDay | None
    decide_until: IsoDay | None
    reply: str
    replied_at: IsoMoment | None
    return_reason: str
    approved_at: IsoMoment | None
    issued_on: IsoDay | None
    number: str


class ConclusionList(Schema):
    """A page of conclusions."""

    total: int
    page: int
    conclusions: list[ConclusionOut]


@router.get("/conclusions", response={200: ConclusionList, **REFUSED}, operation_id="conclusions")
def conclusions(request: Request, state: StateName | None = None, page: int = 1) -> Any:
    """Conclusions that the caller may see, the newest first, a hundred to a page."""
    found = _seen(request)
    shown = Paginator(found.filter(state=state) if state else found, PER_PAGE).get_page(page)
    lines = [told(one) for one in shown.object_list]
    return {"total": shown.paginator.count, "page": shown.number, "conclusions": lines}


@router.get("/conclusions/{uid}", response={200: ConclusionOut, **REFUSED}, operation_id="conclusion")
def conclusion(request: Request, uid: UUID) -> Any:
    """One conclusion."""
    return told(_conclusion(request, uid))


@router.post("/visits/{uid}/conclusion", response={201: ConclusionOut, **REFUSED}, operation_id="draft_conclusion")
def draft_conclusion(request: Request, uid: UUID) -> Any:
    """Begin the conclusion on a signed visit with what its minutes say."""
    visit = get_object_or_404(Visit.objects.visible_to(request.user).select_related("inspection__lead"), uid=uid)
    return Status(201, told(actions.draft_conclusion(visit, by=request.user)))


@router.post("/conclusions/{uid}/text", response={200: ConclusionOut, **REFUSED}, operation_id="change_conclusion")
def change_conclusion(request: Request, uid: UUID, body: TextIn) -> Any:
    """Rewrite a draft."""
    return told(actions.change_conclusion(_conclusion(request, uid), by=request.user, **body.dict()))


@router.post(
    "/conclusions/{uid}/steps/{step}", response={200: ConclusionOut, **REFUSED}, operation_id="take_conclusion_step"
)
def take_step(
    request: Request,
    uid: UUID,
    step: Literal["share", "reply", "return", "approve", "issue", "number"],
    body: ConclusionStepIn,
) -> Any:
    """Take a step, in the states in which it may be taken (docs/reference/states.md)."""
    found, by, version = _conclusion(request, uid), request.user, body.version
    if step == "share":
        return told(actions.share_conclusion(found, by=by, days=body.days, version=version))
    if step == "reply":
        return told(actions.reply_to_conclusion(found, by=by, reply=body.reply, version=version))
    if step == "return":
        return told(actions.return_conclusion(found, by=by, reason=body.reason, version=version))
    if step == "approve":
        return told(actions.approve_conclusion(found, by=by, version=version))
    if step == "issue":
        day = body.issued_on or _missing("issued_on")
        return told(actions.issue_conclusion(found, by=by, issued_on=day, number=body.number, version=version))
    return told(actions.number_conclusion(found, by=by, number=body.number, version=version))


def told(one: Conclusion) -> dict[str, Any]:
    """A conclusion, as ConclusionOut."""
    columns = [name for name in ConclusionOut.model_fields if name not in ("visit", "unit")]
    return {"visit": one.visit.uid, "unit": one.visit.unit.slug, **{name: getattr(one, name) for name in columns}}


def _seen(request: Request) -> ConclusionQuerySet:
    return Conclusion.objects.visible_to(request.user).select_related("visit__inspection__lead", "visit__unit", "rule")


def _conclusion(request: Request, uid: UUID) -> Conclusion:
    return get_object_or_404(_seen(request), uid=uid)


def _missing(name: str) -> date:
    raise BadInput(
        f"Hãy ghi ngày ({name}).",
        en=f"Give the day ({name}).",
        errors=[{"field": name, "vi": "Còn thiếu ngày.", "en": "The day is missing."}],
    )
