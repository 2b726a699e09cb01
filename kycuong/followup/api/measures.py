"""Measures through the API: those the caller may see, proposing, deciding, declining. Never a name."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from kycuong.core.clock import today
from kycuong.core.days import IsoDay
from kycuong.core.http import Request
from kycuong.core.problems import BadInput
from kycuong.followup import actions
from kycuong.followup.models import AccountabilityMeasure, MeasureKind
from kycuong.followup.queries.measures import issued_advice, limit_for, measures_wanted
from kycuong.followup.rules.accountability import Subject
from kycuong.inspections.api.schemas import REFUSED, In
from kycuong.inspections.models import Finding, Visit
from kycuong.orgs.models import Person
from kycuong.orgs.queries import resolve_unit

router = Router(tags=["measures"])
PER_PAGE = 100


class MeasureIn(In):
    """A proposal; or, with `number` and `decided_on`, a decision. `kind` is a code, `authority` a unit."""

    about: Literal["collective", "person"]
    category: Annotated[str, Field(max_length=20)] = ""
    rank: Annotated[str, Field(max_length=20)] = ""
    position: Annotated[str, Field(max_length=200)] = ""
    name: Annotated[str, Field(max_length=100)] = ""
    kind: Annotated[str, Field(max_length=40)]
    authority: Annotated[str, Field(max_length=200)]
    findings: list[UUID] = []
    recommendations: list[UUID] = []
    is_complex: bool = False
    grounds: Annotated[str, Field(max_length=1000)] = ""
    number: Annotated[str, Field(max_length=80)] = ""
    decided_on: IsoDay | None = None


class OutcomeIn(In):
    """`decide` takes number, day, and a kind if it is another one; `decline` a reason."""

    number: Annotated[str, Field(max_length=80)] = ""
    decided_on: IsoDay | None = None
    kind: Annotated[str, Field(max_length=40)] = ""
    reason: Annotated[str, Field(max_length=1000)] = ""


class MeasureOut(Schema):
    """A measure, without position, name, and what was written in free words."""

    uid: UUID
    visit: UUID
    unit: str
    authority: str
    about: str
    category: str
    rank: str
    kind: str
    disciplinary: bool
    state: Literal["proposed", "decided", "declined"]
    proposed_on: IsoDay | None
    number: str
    decided_on: IsoDay | None
    last_day: IsoDay | None
    findings: list[UUID]
    recommendations: list[UUID]
    version: int


class MeasureList(Schema):
    """A page of measures."""

    total: int
    page: int
    measures: list[MeasureOut]


class Made(Schema):
    """What was written. Whoever proposed may not see it later."""

    uid: UUID


@router.get("/measures", response={200: MeasureList, **REFUSED}, operation_id="measures")
def measures(
    request: Request,
    state: Literal["proposed", "decided", "declined"] | None = None,
    unit: str = "",
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None,
    page: int = 1,
) -> Any:
    """Measures that the caller may see, those that wait first, a hundred to a page."""
    place = resolve_unit(unit) if unit else None
    found = measures_wanted(request.user, {"state": state or "", "unit": place, "year": year})
    shown = Paginator(found.prefetch_related("findings", "recommendations"), PER_PAGE).get_page(page)
    lines = [told(one) for one in shown.object_list]
    return {"total": shown.paginator.count, "page": shown.number, "measures": lines}


@router.get("/measures/{uid}", response={200: MeasureOut, **REFUSED}, operation_id="measure")
def measure(request: Request, uid: UUID) -> Any:
    """One measure."""
    return told(_found(request, uid))


@router.post("/visits/{uid}/measures", response={201: Made, **REFUSED}, operation_id="add_measure")
def add(request: Request, uid: UUID, body: MeasureIn) -> Any:
    """Propose a measure on a concluded visit; with a number and a day, record what the authority decided."""
    seen = Visit.objects.visible_to(request.user).select_related("inspection__lead", "unit")
    visit = get_object_or_404(seen, uid=uid)
    given: dict[str, Any] = {
        "subject": Subject(body.about, body.category, body.rank, body.position, body.name),
        "kind": _kind(body.kind, request.user),
        "authority": resolve_unit(body.authority),
        "is_complex": body.is_complex,
        "findings": _named(list(Finding.objects.visible_to(request.user).filter(visit=visit)), body.findings),
        "recommendations": _named(issued_advice(visit), body.recommendations),
    }
    if body.number or body.decided_on:
        given |= {"number": body.number, "decided_on": body.decided_on}
        made = actions.record_measure(visit, by=request.user, **given)
    else:
        made = actions.propose_measure(visit, by=request.user, **given, grounds=body.grounds)
    return Status(201, {"uid": made.uid})


@router.post("/measures/{uid}/steps/{step}", response={200: MeasureOut, **REFUSED}, operation_id="take_measure_step")
def take_step(request: Request, uid: UUID, step: Literal["decide", "decline"], body: OutcomeIn) -> Any:
    """Record the decision on a proposal, or that no measure is taken."""
    found, by = _found(request, uid), request.user
    if step == "decline":
        return told(actions.decline_measure(found, by=by, reason=body.reason))
    kind = _kind(body.kind, by) if body.kind else None
    return told(actions.decide_measure(found, by=by, number=body.number, decided_on=body.decided_on, kind=kind))


def told(one: AccountabilityMeasure) -> dict[str, Any]:
    """A measure, as MeasureOut."""
    limit = limit_for(one, on=today())
    names = ("uid", "about", "category", "rank", "state", "proposed_on", "number", "decided_on", "version")
    return {name: getattr(one, name) for name in names} | {
        "visit": one.visit.uid,
        "unit": one.unit.slug,
        "authority": one.authority.slug,
        "kind": one.kind.code,
        "disciplinary": one.kind.disciplinary,
        "last_day": limit.last_day if limit else None,
        "findings": [finding.uid for finding in one.findings.all()],
        "recommendations": [advice.uid for advice in one.recommendations.all()],
    }


def _kind(code: str, by: Person) -> MeasureKind:
    found = MeasureKind.objects.visible_to(by).filter(code=code).first()
    if found is None:
        raise BadInput(
            f"Không có hình thức xử lý «{code}». Hãy xem danh sách hình thức.",
            en=f"There is no measure “{code}”.",
            errors=[{"field": "kind", "vi": "Không có hình thức này.", "en": "No such measure."}],
        )
    return found


def _named(known: list[Any], wanted: list[UUID]) -> list[Any]:
    by_uid = {one.uid: one for one in known}
    if set(wanted) - by_uid.keys():
        raise BadInput(
            "Không tìm thấy tồn tại hoặc kiến nghị đã nêu ở lượt kiểm tra này.",
            en="A finding or recommendation that was named is not there, or is not issued.",
        )
    return [by_uid[uid] for uid in wanted]


def _found(request: Request, uid: UUID) -> AccountabilityMeasure:
    seen = AccountabilityMeasure.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("kind", "unit", "authority", "visit__inspection__lead"), uid=uid)
