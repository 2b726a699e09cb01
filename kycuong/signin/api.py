"""The API of account security: what an administrator does for who lost a phone. Keys are made on the page, never by a program."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from kycuong.core.http import Request
from kycuong.orgs.api import Problem
from kycuong.orgs.authority import people_visible_to
from kycuong.orgs.views.people import ensure_administers

from .actions.resetting import reset_factors

router = Router(tags=["accounts"])
REFUSED = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


class ResetIn(Schema):
    """Why."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(max_length=500, description="Lý do, người ấy đọc được.")]


class ResetOut(Schema):
    """How many factors and codes went."""

    person: UUID
    removed: int


@router.post("/people/{uid}/factors", response={200: ResetOut, **REFUSED}, operation_id="reset_factors")
def reset(request: Request, uid: UUID, body: ResetIn) -> Any:
    """Đặt lại lớp bảo vệ thứ hai của một người trong phạm vi mình quản lý: mất điện thoại; mọi phiên của người ấy kết thúc."""
    ensure_administers(request.user, "person.change")
    person = get_object_or_404(people_visible_to(request.user).distinct(), uid=uid)
    return {"person": person.uid, "removed": reset_factors(person, by=request.user, reason=body.reason)}
