"""The API of reports of citizens: for who handles them, signed in; no key of a program opens it."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request
from kycuong.openness import actions
from kycuong.openness.models import CitizenReport
from kycuong.openness.queries.reports import is_tied, reports_seen, words_of
from kycuong.orgs.api import Problem
from kycuong.orgs.authority import authorize_somewhere

router = Router(tags=["citizen reports"])
PER_PAGE = 100
HANDLE = "citizen_report.handle"
REFUSED = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


class CitizenReportOut(Schema):
    """A report as the list shows it: about which unit, since when, where it stands; not what it says."""

    uid: UUID
    unit: str
    about: str
    received_on: IsoDay
    progress: Annotated[str, Field(description="received, reading, answered, not_ours: điều người gửi đọc được.")]
    outcome: Annotated[str, Field(description="Trống: chưa có kết quả.")]
    sent_again: Annotated[bool, Field(description="Nội dung giống một phản ánh gửi trước.")]
    taken_at: IsoMoment | None

    @staticmethod
    def resolve_unit(row: CitizenReport) -> str:
        return row.unit.slug

    @staticmethod
    def resolve_sent_again(row: CitizenReport) -> bool:
        return row.same_as_id is not None


class CitizenReportWhole(CitizenReportOut):
    """The same with what it says; the contact until it is erased."""

    text: str
    contact: str
    reason: str
    answer: str
    settled_at: IsoMoment | None

    @staticmethod
    def resolve_text(row: CitizenReport) -> str:
        return words_of(row)[0]

    @staticmethod
    def resolve_contact(row: CitizenReport) -> str:
        return words_of(row)[1]


class CitizenReportList(Schema):
    """A page of reports."""

    total: int
    page: int
    citizen_reports: list[CitizenReportOut]


class SettlementIn(Schema):
    """What became of it: why, for the office; and an answer for the sender."""

    model_config = ConfigDict(extra="forbid")

    outcome: Literal["valid", "unfounded", "not_ours", "spam"]
    reason: Annotated[str, Field(min_length=1, max_length=300)]
    answer: Annotated[str, Field(max_length=1000)] = ""


@router.get("/citizen-reports", response={200: CitizenReportList, **REFUSED}, operation_id="citizen_reports")
def citizen_reports(request: Request, waiting: bool = False, page: int = 1) -> Any:
    """Reports that the caller may handle, those that wait first, a hundred to a page; with `waiting` only these."""
    authorize_somewhere(request.user, HANDLE)
    found = reports_seen(request.user)
    shown = Paginator(found.filter(outcome="") if waiting else found, PER_PAGE).get_page(page)
    return {"total": shown.paginator.count, "page": shown.number, "citizen_reports": list(shown.object_list)}


@router.get("/citizen-reports/{uid}", response={200: CitizenReportWhole, **REFUSED}, operation_id="citizen_report")
def citizen_report(request: Request, uid: UUID) -> Any:
    """One of them, with what it says."""
    return seen(request, uid)


@router.post(
    "/citizen-reports/{uid}/taking", response={200: CitizenReportWhole, **REFUSED}, operation_id="take_citizen_report"
)
def take(request: Request, uid: UUID) -> Any:
    """Begin to look at it; its sender reads that somebody does."""
    return actions.take_report(seen(request, uid), by=request.user)


@router.post(
    "/citizen-reports/{uid}/settlement",
    response={200: CitizenReportWhole, **REFUSED},
    operation_id="settle_citizen_report",
)
def settle(request: Request, uid: UUID, body: SettlementIn) -> Any:
    """Say what became of it, once."""
    return actions.settle_report(seen(request, uid), by=request.user, **body.dict())


def seen(request: Request, uid: UUID) -> CitizenReport:
    """The report, for who may handle it and is not tied to its unit."""
    found = get_object_or_404(CitizenReport.objects.visible_to(request.user).select_related("unit"), uid=uid)
    if is_tied(request.user, found.unit):
        raise Http404
    return found
