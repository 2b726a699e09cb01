"""/api/v1/stand-ins: who stands in for whom, named and taken back. No key of a program names anybody."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request
from kycuong.orgs import actions
from kycuong.orgs.authority import candidates_at, stand_ins_visible_to
from kycuong.orgs.queries import resolve_unit
from kycuong.orgs.queries.standing_in import Absence, absences_of, told
from kycuong.orgs.rules import day_after

from .units import Problem

router = Router(tags=["accounts"])
REFUSED = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


class StandInWish(Schema):
    """Who stands in for the caller, in which role, where, and until when."""

    model_config = ConfigDict(extra="forbid")

    role: Annotated[str, Field(max_length=40, description="Vai trò của người gọi (docs/reference/roles.md).")]
    unit: Annotated[str, Field(max_length=200, description="Đơn vị nơi giữ vai trò: địa chỉ, uid hoặc mã@ngày.")]
    person: Annotated[str, Field(max_length=80, description="Tên đăng nhập của người làm thay.")]
    first: Annotated[IsoDay | None, Field(description="Từ ngày; không ghi thì từ hôm nay; xa nhất một năm.")] = None
    last: Annotated[IsoDay, Field(description="Đến hết ngày này; dài nhất 60 ngày.")]
    reason: Annotated[str, Field(max_length=300, description="Lý do, người làm thay đọc được.")]


class StandInOut(Schema):
    """One stand-in, with how many acts were done by it."""

    uid: UUID
    principal: Annotated[str, Field(description="Tên đăng nhập của người vắng mặt.")]
    person: Annotated[str, Field(description="Tên đăng nhập của người làm thay.")]
    role: str
    unit: Annotated[str, Field(description="Địa chỉ của đơn vị.")]
    first: IsoDay
    last: IsoDay
    reason: str
    named_at: IsoMoment
    recalled_at: IsoMoment | None
    state: Annotated[
        Literal["in_force", "to_come", "recalled", "over", "resting"],
        Field(description="resting: trong thời gian nhưng không có hiệu lực (vai trò hay tài khoản một bên đã hết)."),
    ]
    acts: Annotated[int, Field(description="Số việc đã làm thay mà người gọi được biết.")]


class StandInList(Schema):
    """Those that the caller gave or was given, the newest first."""

    stand_ins: list[StandInOut]


@router.get("/stand-ins", response={200: StandInList, 401: Problem}, operation_id="stand_ins")
def stand_ins(request: Request) -> Any:
    """Ai làm thay người gọi, và người gọi làm thay ai."""
    return {"stand_ins": [_out(one) for one in absences_of(request.user)]}


@router.post("/stand-ins", response={200: StandInOut, **REFUSED}, operation_id="name_stand_in")
def name(request: Request, body: StandInWish) -> Any:
    """Giao một đồng nghiệp làm thay một vai trò của mình; từ trình duyệt đã đăng nhập, khóa API không giao được."""
    unit = resolve_unit(body.unit, person=request.user)
    # of who is no candidate nothing is told but what was typed, not even that there is such an account
    person = candidates_at(unit, by=request.user, own=True).filter(username=body.person.strip().lower()).first()
    named = actions.name_stand_in(
        request.user,
        by=request.user,
        role=body.role,
        unit=unit,
        person=person or body.person,
        valid_from=body.first,
        valid_to=day_after(body.last),
        reason=body.reason,
    )
    return _one(request, named.pk)


@router.post("/stand-ins/{uid}/end", response={200: StandInOut, **REFUSED}, operation_id="take_back_stand_in")
def end(request: Request, uid: UUID) -> Any:
    """Thu lại, hoặc trả lại, có hiệu lực ngay."""
    found = get_object_or_404(stand_ins_visible_to(request.user), uid=uid)
    actions.take_back(found, by=request.user)
    return _one(request, found.pk)


def _one(request: Request, pk: int) -> dict[str, Any]:
    return _out(told(stand_ins_visible_to(request.user).filter(pk=pk), by=request.user)[0])


def _out(one: Absence) -> dict[str, Any]:
    row = one.row
    return {
        "uid": row.uid,
        "principal": row.principal.username,
        "person": row.person.username,
        "role": row.role,
        "unit": row.unit.slug,
        "first": row.valid_from,
        "last": one.last,
        "reason": row.reason,
        "named_at": row.named_at,
        "recalled_at": row.recalled_at,
        "state": one.state,
        "acts": one.acts,
    }
