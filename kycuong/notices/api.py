"""The API of notices: one's own, and that they were read; and of announcements."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from kycuong.core.clock import today
from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request
from kycuong.orgs.api import Problem
from kycuong.orgs.queries import resolve_unit

from . import actions, queries
from . import inbox as own
from .models import Announcement, Notice
from .queries import inbox
from .rules import LONGEST_TEXT

router = Router(tags=["notices"])
PER_PAGE = 100
REFUSED = {401: Problem, 404: Problem, 422: Problem}
WRITTEN = {**REFUSED, 403: Problem}


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


class AnnouncementIn(Schema):
    """For a unit and all below it, from a day (today, if none is given) to the end of another."""

    model_config = ConfigDict(extra="forbid")

    unit: Annotated[str, Field(description="Địa chỉ, mã định danh hoặc mã@ngày của đơn vị.")]
    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    first_on: IsoDay | None = None
    last_on: IsoDay


class AnnouncementOut(Schema):
    """An announcement, and by which role it was written; the person is in the log."""

    uid: UUID
    unit: str
    text: str
    first_on: IsoDay
    last_on: IsoDay
    written_at: IsoMoment
    writer: Annotated[str, Field(description="Vai trò và đơn vị của người viết, hoặc họ tên.")]
    ended_at: IsoMoment | None
    running: Annotated[bool, Field(description="Hôm nay đang hiện.")]

    @staticmethod
    def resolve_unit(row: Announcement) -> str:
        return row.unit.slug

    @staticmethod
    def resolve_writer(row: Announcement) -> str:
        unit = getattr(row, "writer_unit", None)
        return f"{row.writer_title}, {unit}" if unit else row.writer_title

    @staticmethod
    def resolve_running(row: Announcement) -> bool:
        return row.ended_at is None and row.first_on <= today() <= row.last_on


class AnnouncementList(Schema):
    """A page of announcements."""

    total: int
    page: int
    announcements: list[AnnouncementOut]


@router.get("/announcements", response={200: AnnouncementList, **REFUSED}, operation_id="announcements")
def announcements(request: Request, page: int = 1) -> Any:
    """Those for the caller's units, and those that the caller may write; what has not ended comes first."""
    shown = Paginator(queries.announcements(request.user), PER_PAGE).get_page(page)
    return {"total": shown.paginator.count, "page": shown.number, "announcements": list(shown.object_list)}


@router.post("/announcements", response={201: AnnouncementOut, **WRITTEN}, operation_id="write_announcement")
def write(request: Request, body: AnnouncementIn) -> Any:
    """Tell everybody of a unit and below something, on top of their pages."""
    unit = resolve_unit(body.unit, person=request.user)
    given = body.dict(exclude={"unit"})
    made = actions.write_announcement(by=request.user, unit=unit, **given)
    return Status(201, queries.announcements(request.user).get(pk=made.pk))


@router.post("/announcements/{uid}/ending", response={200: AnnouncementOut, **WRITTEN}, operation_id="end_announcement")
def end(request: Request, uid: UUID) -> Any:
    """Show it no more."""
    found = get_object_or_404(Announcement.objects.visible_to(request.user), uid=uid)
    actions.end_announcement(found, by=request.user)
    return queries.announcements(request.user).get(pk=found.pk)
