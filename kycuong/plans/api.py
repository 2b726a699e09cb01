"""The API of plans: the same steps as the pages, the same refusals, the same eyes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from kycuong.catalog.queries import topics_coded
from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request
from kycuong.core.problems import BadInput
from kycuong.orgs.api import Problem
from kycuong.orgs.queries import resolve_unit
from kycuong.plans import actions
from kycuong.plans.actions import Item
from kycuong.plans.models import InspectionPlan, PlanStep
from kycuong.plans.queries import standing_items

router = Router(tags=["plans"])
PER_PAGE = 100
REFUSED = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
StateName = Literal["draft", "submitted", "approved", "issued", "amended", "closed"]
Slug = Annotated[str, Field(max_length=200, description="Địa chỉ (so-noi-vu), uid, hoặc mã@ngày.")]
Version = Annotated[
    int, Field(strict=True, ge=1, le=10**9, description="Phiên bản đã đọc; cũ hơn bản hiện có thì 409.")
]
Count = Annotated[int, Field(strict=True, ge=1, le=10_000)]
Note = Annotated[str, Field(max_length=500)]
Number = Annotated[str, Field(max_length=80)]


class In(Schema):
    """What is sent; a name that is not known is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class Content(In):
    """What a draft says. Target: a number of units or a share in percent, not both; no window: throughout the year."""

    title: Annotated[str, Field(max_length=300)] = ""
    window_from: IsoDay | None = None
    window_to: IsoDay | None = None
    target_units: Annotated[int, Field(strict=True, ge=0, le=100_000)] | None = None
    target_percent: Annotated[int, Field(strict=True, ge=0, le=100)] | None = None


class PlanIn(Content):
    """A plan to draft."""

    agency: Slug
    year: Annotated[int, Field(strict=True, ge=2000, le=2100)]
    uid: UUID | None = None


class ChangeIn(Content):
    """A draft rewritten whole."""

    version: Version


class ItemIn(In):
    """One thing that the plan foresees: a unit, or a number of units that are chosen later."""

    form: Literal["planned", "surprise", "combined", "cross_check", "recheck", "remote", "self_check"] = "planned"
    unit: Slug | None = None
    units_count: Count | None = None
    month: Annotated[int, Field(strict=True, ge=1, le=12)] | None = None
    topics: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=20)] = []
    note: Annotated[str, Field(max_length=300)] = ""


class PlanStepIn(In):
    """A step; `issue` takes a day and may take the number, `number` takes the number, `return` takes the reason."""

    version: Version
    note: Note = ""
    issued_on: IsoDay | None = None
    number: Number = ""


class ItemOut(Schema):
    """An item that stands."""

    uid: UUID
    form: str
    unit: str | None
    units_count: int | None
    month: int | None
    topics: list[str]
    note: str


class StepOut(Schema):
    """A step that was taken."""

    kind: str
    taken_at: IsoMoment
    note: str
    document_number: str
    document_on: IsoDay | None


class PlanLine(Schema):
    """A plan in a list."""

    uid: UUID
    agency: str
    year: int
    title: str
    state: StateName
    number: str
    issued_on: IsoDay | None
    window_from: IsoDay | None
    window_to: IsoDay | None
    target_units: int | None
    target_percent: int | None
    version: int


class PlanOut(PlanLine):
    """A plan with its items and steps."""

    items: list[ItemOut]
    steps: list[StepOut]


class PlanList(Schema):
    """A page of plans."""

    total: int
    page: int
    plans: list[PlanLine]


@router.get("/plans", response={200: PlanList, **REFUSED}, operation_id="plans")
def plans(
    request: Request, year: int | None = None, agency: str = "", state: StateName | None = None, page: int = 1
) -> Any:
    """Plans that the caller may see, the newest year first, a hundred to a page."""
    found = InspectionPlan.objects.visible_to(request.user).select_related("agency")
    if year is not None:
        found = found.filter(year=year)
    if agency:
        found = found.filter(agency=resolve_unit(agency, person=request.user))
    if state:
        found = found.filter(state=state)
    shown = Paginator(found, PER_PAGE).get_page(page)
    return {"total": shown.paginator.count, "page": shown.number, "plans": [line(plan) for plan in shown.object_list]}


@router.get("/plans/{uid}", response={200: PlanOut, **REFUSED}, operation_id="plan")
def plan(request: Request, uid: UUID) -> Any:
    """One plan, with the items that stand and the steps that were taken."""
    return whole(request, _plan(request, uid))


@router.post("/plans", response={201: PlanOut, **REFUSED}, operation_id="draft_plan")
def draft_plan(request: Request, body: PlanIn) -> Any:
    """Draft the plan of an agency for a year. The same uid again answers with the first one."""
    agency = resolve_unit(body.agency, person=request.user)
    given = body.dict(exclude={"agency"})
    return Status(201, whole(request, actions.draft_plan(by=request.user, agency=agency, **given)))


@router.post("/plans/{uid}/text", response={200: PlanOut, **REFUSED}, operation_id="change_plan")
def change_plan(request: Request, uid: UUID, body: ChangeIn) -> Any:
    """Rewrite a draft."""
    return whole(request, actions.change_plan(_plan(request, uid), by=request.user, **body.dict()))


@router.post("/plans/{uid}/items", response={201: PlanOut, **REFUSED}, operation_id="add_plan_item")
def add_item(request: Request, uid: UUID, body: ItemIn) -> Any:
    """Add an item to a draft; what is issued changes by an amendment, on the pages."""
    found = _plan(request, uid)
    unit = resolve_unit(body.unit, person=request.user) if body.unit else None
    said = Item(unit=unit, topics=topics_coded(request.user, body.topics), **body.dict(exclude={"unit", "topics"}))
    actions.add_item(found, by=request.user, said=said)
    return Status(201, whole(request, found))


@router.post("/plans/{uid}/steps/{step}", response={200: PlanOut, **REFUSED}, operation_id="take_plan_step")
def take_step(
    request: Request,
    uid: UUID,
    step: Literal["submit", "withdraw", "return", "approve", "issue", "number", "close"],
    body: PlanStepIn,
) -> Any:
    """Take a step, in the states in which it may be taken (docs/reference/states.md)."""
    found = _plan(request, uid)
    given: dict[str, Any] = {"version": body.version, "note": body.note}
    if step in ("issue", "number"):
        given = {"version": body.version, "number": body.number}
    if step == "issue":
        given["issued_on"] = body.issued_on or _missing_day()
    return whole(request, getattr(actions, f"{step}_plan")(found, by=request.user, **given))


def line(plan: InspectionPlan) -> dict[str, Any]:
    """A plan, as PlanLine."""
    columns = [name for name in PlanLine.model_fields if name != "agency"]
    return {"agency": plan.agency.slug, **{name: getattr(plan, name) for name in columns}}


def whole(request: Request, plan: InspectionPlan) -> dict[str, Any]:
    """A plan, as PlanOut."""
    told = [
        {
            **{name: getattr(one, name) for name in ("uid", "form", "units_count", "month", "note")},
            "unit": one.unit.slug if one.unit else None,
            "topics": [topic.code for topic in one.topics.all()],
        }
        for one in standing_items(request.user, plan)
    ]
    return {**line(plan), "items": told, "steps": list(PlanStep.objects.visible_to(request.user).filter(plan=plan))}


def _plan(request: Request, uid: UUID) -> InspectionPlan:
    return get_object_or_404(InspectionPlan.objects.visible_to(request.user).select_related("agency"), uid=uid)


def _missing_day() -> date:
    raise BadInput(
        "Hãy ghi ngày ban hành (issued_on).",
        en="Give the day of issue (issued_on).",
        errors=[{"field": "issued_on", "vi": "Còn thiếu ngày ban hành.", "en": "The day of issue is missing."}],
    )
