"""Periodic reports: the same acts as the pages, the same refusals, the same eyes."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db import transaction
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from kycuong.core.clock import today
from kycuong.core.http import Request, streamed
from kycuong.inspections.api.schemas import REFUSED
from kycuong.orgs.authority import authorize
from kycuong.orgs.queries import resolve_unit
from kycuong.reports.api.figures import ensure_known
from kycuong.reports.api.scoring import ParAsked
from kycuong.reports.rules.summary import to_json
from kycuong.rounds import actions
from kycuong.rounds.documents import pack_name, packed, signed_file
from kycuong.rounds.models import AgencyReport, ReportingRound, SignedReport
from kycuong.rounds.queries import (
    Ahead,
    adjustments_read,
    ahead_of_signature,
    ahead_of_submission,
    evidence_for,
    number_of,
    progress_of,
    signing_mark,
    since_signature,
    submission_mark,
    submission_read,
    summary_read,
    whole,
)
from kycuong.rounds.rules import OWED, RoundState, ensure_report, ensure_round, with_words

from .schemas import (
    AgencyReportWhole,
    ReturnedIn,
    RoundList,
    RoundStateName,
    RoundWhole,
    SignedIn,
    SignedOut,
    SubmittedIn,
    ToSign,
    ToSubmit,
    VersionIn,
)

router = Router(tags=["rounds"])
PER_PAGE = 100


@router.get("/rounds", response={200: RoundList, **REFUSED}, operation_id="rounds")
def rounds(request: Request, state: RoundStateName | None = None, page: int = 1) -> Any:
    """Rounds that the caller may see, the newest first, a hundred to a page."""
    found = ReportingRound.objects.visible_to(request.user).select_related("authority").order_by("-pk")
    shown = Paginator(found.filter(state=state) if state else found, PER_PAGE).get_page(page)
    lines = [_round(one) for one in shown.object_list]
    return {"total": shown.paginator.count, "page": shown.number, "rounds": lines}


@router.get("/rounds/{uid}", response={200: RoundWhole, **REFUSED}, operation_id="round")
def one_round(request: Request, uid: UUID) -> Any:
    """One round: who has reported and who is late, as far as the caller may see it."""
    return _round_whole(request, uid)


@router.get("/rounds/{uid}/signature", response={200: ToSign, **REFUSED}, operation_id="to_sign")
def to_sign(request: Request, uid: UUID) -> Any:
    """What would be frozen now. Its `seen` binds a signature to it."""
    found = get_object_or_404(ReportingRound.objects.visible_to(request.user).select_related("authority"), uid=uid)
    authorize(request.user, "round.sign", at=found.authority)
    ensure_round(found.state, RoundState.OPEN)
    counted = ahead_of_signature(found)
    adjusted = adjustments_read(counted.adjusted, found.authority, request.user)
    return {
        "version": found.version,
        "seen": signing_mark(found, counted.compiled, counted.adjusted, request.user),
        "content": to_json(summary_read(counted.compiled, found.authority, request.user)),
        "reports": [_told(one.report, one.times) for one in progress_of(found, request.user, today=today()).lines],
        "adjusted": [{"title": title, "changes": [change.words for change in told]} for title, told in adjusted],
    }


@router.post("/rounds/{uid}/signature", response={200: SignedOut, **REFUSED}, operation_id="sign_round")
def sign(request: Request, uid: UUID, body: SignedIn) -> Any:
    """Freeze the report of the round."""
    found = get_object_or_404(ReportingRound.objects.visible_to(request.user).select_related("authority"), uid=uid)
    authorize(request.user, "round.sign", at=found.authority)
    signed = actions.sign_round(found, by=request.user, **body.dict(), ahead=ahead_of_signature(found))
    return _signed(request, signed)


@router.get("/agency-reports/{uid}", response={200: AgencyReportWhole, **REFUSED}, operation_id="agency_report")
def agency_report(request: Request, uid: UUID) -> Any:
    """One agency's report with what it submitted."""
    return _report_whole(request, _report(request, uid))


@router.get(
    "/agency-reports/{uid}/submission", response={200: ToSubmit, **REFUSED}, operation_id="to_submit_agency_report"
)
def to_submit(request: Request, uid: UUID) -> Any:
    """What would be frozen now, with the words as they are kept. Its `seen` binds a submission to it."""
    report = _report(request, uid)
    authorize(request.user, "round.answer", at=report.agency)
    ensure_report(report.state, *OWED)
    compiled = whole(report.agency, report.round.period)
    shown = with_words(summary_read(compiled, report.agency, request.user), report.difficulties, report.proposals)
    seen = submission_mark(report, compiled, request.user)
    return {"version": report.version, "seen": seen, "content": to_json(shown)}


@router.post(
    "/agency-reports/{uid}/submission",
    response={200: AgencyReportWhole, **REFUSED},
    operation_id="submit_agency_report",
)
def submit(request: Request, uid: UUID, body: SubmittedIn) -> Any:
    """Hand it in, with the agency's own words."""
    report, version = _report(request, uid), body.version
    authorize(request.user, "round.answer", at=report.agency)
    ahead = ahead_of_submission(report)
    with transaction.atomic():  # the words and the submission, or neither
        _submit(request, report, version, body, ahead)
    return _report_whole(request, _report(request, uid))


def _submit(request: Request, report: AgencyReport, version: int | None, body: SubmittedIn, ahead: Ahead) -> None:
    if body.difficulties is not None or body.proposals is not None:
        words = {"difficulties": report.difficulties, "proposals": report.proposals}
        words |= {name: text for name in words if (text := getattr(body, name)) is not None}
        version = actions.write_report(report, by=request.user, version=version, **words).version
    actions.submit_agency_report(report, by=request.user, version=version, seen=body.seen, ahead=ahead)


@router.post(
    "/agency-reports/{uid}/acceptance",
    response={200: AgencyReportWhole, **REFUSED},
    operation_id="accept_agency_report",
)
def accept(request: Request, uid: UUID, body: VersionIn) -> Any:
    """Take it as good."""
    actions.accept_report(_report(request, uid), by=request.user, version=body.version)
    return _report_whole(request, _report(request, uid))


@router.post(
    "/agency-reports/{uid}/return", response={200: AgencyReportWhole, **REFUSED}, operation_id="return_agency_report"
)
def give_back(request: Request, uid: UUID, body: ReturnedIn) -> Any:
    """Give it back with the reason."""
    actions.return_report(_report(request, uid), by=request.user, **body.dict())
    return _report_whole(request, _report(request, uid))


@router.get("/figures/par/evidence", response=REFUSED, operation_id="par_evidence")
def evidence(request: Request, asked: Query[ParAsked]) -> StreamingHttpResponse:
    """Gói minh chứng Chỉ số CCHC thành một tệp zip: tử số, mẫu số, mọi lượt được tính, văn bản và mã SHA-256 từng tệp."""
    ensure_known(request, asked)
    scope = resolve_unit(asked.scope, person=request.user)
    authorize(request.user, "figures.see", at=scope)
    found = evidence_for(scope, asked.year, request.user, today=today())
    return streamed(packed(found, request.user), "application/zip", pack_name(found.sheet))


@router.get("/signed-reports/{uid}", response={200: SignedOut, **REFUSED}, operation_id="signed_report")
def signed_report(request: Request, uid: UUID) -> Any:
    """What was frozen, and what has changed since."""
    found = SignedReport.objects.visible_to(request.user).select_related("round", "authority")
    return _signed(request, get_object_or_404(found, uid=uid))


def _report(request: Request, uid: UUID) -> AgencyReport:
    found = AgencyReport.objects.visible_to(request.user)
    return get_object_or_404(found.select_related("round__authority", "agency"), uid=uid)


def _round(one: ReportingRound) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("uid", "title", "first", "last", "state", "due_on", "version")}
    return {**plain, "authority": one.authority.slug}


def _round_whole(request: Request, uid: UUID) -> dict[str, Any]:
    found = get_object_or_404(ReportingRound.objects.visible_to(request.user).select_related("authority"), uid=uid)
    lines = progress_of(found, request.user, today=today()).lines
    signed = SignedReport.objects.visible_to(request.user).filter(round=found).values_list("uid", flat=True).first()
    return {**_round(found), "reports": [_told(line.report, line.times) for line in lines], "signed": signed}


def _told(one: AgencyReport, times: int) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in ("uid", "state", "first_submitted_on", "days_late", "version")}
    named = {"round": one.round.uid, "agency": one.agency.slug, "due_on": one.round.due_on}
    return {**plain, **named, "submissions": times}


def _report_whole(request: Request, one: AgencyReport) -> dict[str, Any]:
    rows = list(one.submissions.select_related("report__agency").prefetch_related("reviews").order_by("-number"))
    names = ("uid", "number", "submitted_at", "sha256", "code_version")
    handed_in = [{**{name: getattr(row, name) for name in names}, "reviews": list(row.reviews.all())} for row in rows]
    content = to_json(submission_read(rows[0], request.user)) if rows else None
    return {**_told(one, len(rows)), "handed_in": handed_in, "content": content}


def _signed(request: Request, one: SignedReport) -> dict[str, Any]:
    authorize(request.user, "figures.see", at=one.authority)
    number = number_of(one)
    plain = {name: getattr(one, name) for name in ("uid", "title", "signed_at", "sha256", "code_version")}
    return {
        **plain,
        "round": one.round.uid,
        "number": number.number if number else "",
        "dated_on": number.dated_on if number else None,
        "content": json.loads(signed_file(one, "json", request.user).data),
        "changed_since": [behind.change.words for behind in since_signature(one, request.user)],
    }
