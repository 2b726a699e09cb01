"""The API of account security: one's keys, and what an administrator does for who lost a phone. Keys are made on the page, never by a program."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request
from kycuong.orgs.api import Problem
from kycuong.orgs.authority import people_visible_to
from kycuong.orgs.views.people import ensure_administers

from .actions.keys import revoke_key
from .actions.resetting import reset_factors
from .models import AccessKey
from .queries import keys_of

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


class KeyOut(Schema):
    """A key of a program, without its text."""

    uid: UUID
    name: str
    scope: Annotated[
        str,
        Field(
            description="count: số liệu; read: đọc; write: đọc và ghi; sign: khóa cũ, nay như write. Không khóa nào ký."
        ),
    ]
    made_at: IsoMoment
    expires_on: Annotated[IsoDay, Field(description="Dùng được đến hết ngày này.")]
    last_used_at: IsoMoment | None
    revoked_at: IsoMoment | None


class KeyList(Schema):
    """The caller's keys."""

    keys: list[KeyOut]


@router.get("/keys", response={200: KeyList, 401: Problem}, operation_id="keys")
def keys(request: Request) -> Any:
    """Khóa API của chính mình, khóa đã thu hồi xếp sau. Không bao giờ có chính khóa: nó hiện một lần ở trang khi tạo."""
    return {"keys": list(keys_of(request.user))}


@router.post("/keys/{uid}/revocation", response={200: KeyOut, **REFUSED}, operation_id="revoke_key")
def revoke(request: Request, uid: UUID) -> Any:
    """Thu hồi một khóa của mình, từ trình duyệt đã đăng nhập; khóa không thu hồi khóa."""
    return revoke_key(get_object_or_404(AccessKey.objects.visible_to(request.user), uid=uid), by=request.user)


@router.post("/people/{uid}/factors", response={200: ResetOut, **REFUSED}, operation_id="reset_factors")
def reset(request: Request, uid: UUID, body: ResetIn) -> Any:
    """Đặt lại lớp bảo vệ thứ hai của một người trong phạm vi mình quản lý: mất điện thoại; mọi phiên của người ấy kết thúc."""
    ensure_administers(request.user, "person.change")
    person = get_object_or_404(people_visible_to(request.user).distinct(), uid=uid)
    return {"person": person.uid, "removed": reset_factors(person, by=request.user, reason=body.reason)}
