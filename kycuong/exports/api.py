"""GET /api/v1/lists and /api/v1/exports: every list of a page as a file, at once or in the background, under the caller's rights."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status
from pydantic import ConfigDict

from kycuong.core.clock import today
from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request, sent, streamed
from kycuong.core.problems import RuleBroken
from kycuong.exports import actions, store
from kycuong.exports.documents import file_name, workbook
from kycuong.exports.models import ExportRule, ListExport
from kycuong.exports.queries import filters_of, names, open_list
from kycuong.exports.rules import LONGEST_QUERY, TYPES
from kycuong.orgs.api import Problem
from kycuong.sheets.listing import csv_pieces

router = Router(tags=["lists"])
REFUSED = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
MOST = 100


class Names(Schema):
    """The lists that may be had as files."""

    items: list[str]


class Asked(Schema):
    """The type of the file; every other parameter narrows the list as the page's address does."""

    format: Annotated[
        Literal["csv", "xlsx"], Field(description="csv: phát dần, dài bao nhiêu cũng được; xlsx: có tiêu đề.")
    ] = "csv"


class ExportIn(Schema):
    """A file to be made in the background."""

    model_config = ConfigDict(extra="forbid")

    list: Annotated[str, Field(max_length=40)]
    format: Literal["csv", "xlsx"] = "xlsx"
    query: Annotated[str, Field(max_length=LONGEST_QUERY, description="Như trong địa chỉ của trang: year=2026&q=…")] = (
        ""
    )


class ExportOut(Schema):
    """How far it is; `file` once it is ready."""

    uid: UUID
    list: str
    format: str
    title: str
    state: Annotated[str, Field(description="waiting, running, ready, failed, gone")]
    rows: int
    done: int
    size: int
    asked_at: IsoMoment
    kept_until: IsoDay | None
    fault: str
    file: str | None


class Exports(Schema):
    """One's own files, the newest first, at most a hundred."""

    items: list[ExportOut]


@router.get("/lists", response={200: Names, **REFUSED}, summary="Which lists there are")
def get_lists(request: Request) -> dict[str, object]:
    """Whether the caller may open one is answered there."""
    return {"items": names()}


@router.get("/lists/{name}", response=REFUSED, summary="A list as a file", operation_id="list_file")
def get_list(request: Request, name: str, asked: Query[Asked]) -> HttpResponseBase:
    """Just what the page lists under the same filters. A long workbook is asked for at /exports."""
    listed = open_list(name, request.user, filters_of(request.META.get("QUERY_STRING", "")))
    most = ExportRule.on(today()).at_once
    if asked.format == "xlsx" and not listed.at_once and len(listed.keys) > most:
        raise RuleBroken(
            f"Danh sách có {len(listed.keys)} dòng, dài hơn {most}. Hãy gửi POST /api/v1/exports, hoặc dùng format=csv.",
            en=f"{len(listed.keys)} rows, more than {most}. POST to /api/v1/exports, or use format=csv.",
        )
    called = file_name(name, asked.format)
    if asked.format == "csv":
        return streamed(csv_pieces(listed), TYPES["csv"], called)
    return sent(workbook(listed, request.user), TYPES["xlsx"], called)


@router.get("/exports", response={200: Exports, **REFUSED}, summary="One's own files")
def get_exports(request: Request) -> dict[str, object]:
    return {"items": [shown(one) for one in ListExport.objects.visible_to(request.user)[:MOST]]}


@router.post("/exports", response={202: ExportOut, **REFUSED}, summary="Ask for a file in the background")
def post_export(request: Request, wish: ExportIn) -> Status[dict[str, object]]:
    """It is made under the caller's rights; `GET /exports/{uid}` tells how far it is."""
    made = actions.ask_for_file(wish.list, by=request.user, form=wish.format, asked=filters_of(wish.query))
    return Status(202, shown(made))


@router.get("/exports/{uid}", response={200: ExportOut, **REFUSED}, summary="How far a file is")
def get_export(request: Request, uid: UUID) -> dict[str, object]:
    return shown(own(request, uid))


@router.get("/exports/{uid}/file", response=REFUSED, summary="A file that is ready", operation_id="export_file")
def get_export_file(request: Request, uid: UUID) -> FileResponse:
    """403 when the caller may no longer see all that stands in it. That it was fetched is on record."""
    found = own(request, uid)
    path = actions.fetch(found, by=request.user)
    return sent(path.open("rb"), TYPES[found.form], file_name(found.name, found.form))


def own(request: Request, uid: UUID) -> ListExport:
    found = get_object_or_404(ListExport.objects.visible_to(request.user).select_related("person"), uid=uid)
    lost = store.is_lost(found.state, found.uid, found.form)
    return actions.note_lost(found, by=request.user) if lost else found


def shown(one: ListExport) -> dict[str, object]:
    return {
        "uid": one.uid, "list": one.name, "format": one.form, "title": one.title, "state": one.state, "rows": one.total,
        "done": one.done, "size": one.size, "asked_at": one.asked_at, "kept_until": one.kept_until, "fault": one.fault_vi,
        "file": f"/api/v1/exports/{one.uid}/file" if one.state == "ready" else None,
    }  # fmt: skip
