"""The API of notices: one's own, and that they were read."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from kycuong.core.days import IsoMoment
from kycuong.core.http import Request
from kycuong.orgs.api import Problem

from . import inbox as own
from .models import Notice
from .queries import inbox

router = Router(tags=["notices"])
PER_PAGE = 100
REFUSED = {401: Problem, 404: Problem, 422: Problem}


class NoticeOut(Schema):
    """One sentence, and the page where to go."""

    uid: UUID
    subject: str
    text: str
    url: Annotated[str, Field(description="Đường dẫn trong hệ thống.")]
    due: Annotated[bool, Field(description="Về việc đến hạn hoặc quá hạn.")]
    told_at: IsoMoment
    read_at: IsoMoment | None


class NoticeList(Schema):
    """A page of notices."""

    total: int
    page: int
    notices: list[NoticeOut]


@router.get("/notices", response={200: NoticeList, **REFUSED}, operation_id="notices")
def notices(request: Request, unread: bool = False, page: int = 1) -> Any:
    """The caller's own notices, unread ones first, a hundred to a page. Nobody sees those of others."""
    shown = Paginator(inbox(request.user, "unread" if unread else "all"), PER_PAGE).get_page(page)
    return {"total": shown.paginator.count, "page": shown.number, "notices": list(shown.object_list)}


@router.post("/notices/{uid}/reading", response={200: NoticeOut, **REFUSED}, operation_id="read_notice")
def read(request: Request, uid: UUID) -> Any:
    """Mark one of the caller's notices as read; the first time stays."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), uid=uid)
    own.mark_read(notice, request.user)
    notice.refresh_from_db()
    return notice
