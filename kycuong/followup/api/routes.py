"""Recommendations: drafted with the conclusion, answered by the unit, decided on; the acts of the pages."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Field, File, Router, Schema, Status
from ninja.files import UploadedFile

from kycuong.catalog.models import LegalBasis
from kycuong.core.clock import today
from kycuong.core.http import Request
from kycuong.core.problems import BadInput
from kycuong.files import store
from kycuong.followup import actions
from kycuong.followup.models import Recommendation, RecommendationQuerySet, RemedyReport
from kycuong.followup.queries import recommendations_wanted, standings_of, trail_of
from kycuong.inspections.api.schemas import REFUSED
from kycuong.inspections.models import Conclusion
from kycuong.orgs.models import Person
from kycuong.orgs.queries import resolve_unit

from .schemas import (
    RecommendationChange,
    RecommendationIn,
    RecommendationList,
    RecommendationOut,
    RecommendationStepIn,
    RecommendationWhole,
    StandingName,
    told,
    told_answer,
)

router = Router(tags=["recommendations"])
PER_PAGE = 100
StepName = Literal["acknowledge", "report", "extend", "accept", "return", "recheck", "grant", "refuse", "close"]


class ProofOut(Schema):
    """A proof that was kept."""

    uid: UUID
    sha256: str
    size: int


@router.get("/recommendations", response={200: RecommendationList, **REFUSED}, operation_id="recommendations")
def recommendations(
    request: Request,
    standing: StandingName | None = None,
    unit: str = "",
    year: Annotated[int, Field(ge=2000, le=2100)] | None = None,
    page: int = 1,
) -> Any:
    """Recommendations that the caller may see, what is due first at the top, a hundred to a page."""
    place = resolve_unit(unit) if unit else None
    wanted = {"standing": standing or "", "unit": place, "year": year}
    found = recommendations_wanted(request.user, wanted, today=today())  # type: ignore[arg-type]
    shown = Paginator(found.select_related("visit", "unit", "legal_basis"), PER_PAGE).get_page(page)
    rows = list(shown.object_list)
    standings = standings_of(rows, today=today())
    lines = [told(one, standings[one.pk]) for one in rows]
    return {"total": shown.paginator.count, "page": shown.number, "recommendations": lines}


@router.get("/recommendations/{uid}", response={200: RecommendationWhole, **REFUSED}, operation_id="recommendation")
def recommendation(request: Request, uid: UUID) -> Any:
    """One recommendation, with its findings, terms and answers."""
    return whole(_found(request, uid))


@router.post(
    "/conclusions/{uid}/recommendations", response={201: RecommendationOut, **REFUSED}, operation_id="recommend"
)
def recommend(request: Request, uid: UUID, body: RecommendationIn) -> Any:
    """Write a recommendation into a draft conclusion."""
    seen = Conclusion.objects.visible_to(request.user).select_related("visit__inspection__lead", "visit__unit")
    visit = get_object_or_404(seen, uid=uid).visit
    made = actions.draft_recommendation(visit, by=request.user, **_given(body, visit.findings.all(), request.user))
    return Status(201, told(made, standings_of([made], today=today())[made.pk]))


@router.post(
    "/recommendations/{uid}/text", response={200: RecommendationWhole, **REFUSED}, operation_id="change_recommendation"
)
def change(request: Request, uid: UUID, body: RecommendationChange) -> Any:
    """Rewrite a draft."""
    found = _found(request, uid)
    given = _given(body, found.visit.findings.all(), request.user)
    return whole(actions.change_recommendation(found, by=request.user, version=body.version, **given))


@router.post(
    "/recommendations/{uid}/steps/{step}",
    response={200: RecommendationWhole, **REFUSED},
    operation_id="take_recommendation_step",
)
def take_step(request: Request, uid: UUID, step: StepName, body: RecommendationStepIn) -> Any:
    """Take a step, in the states in which it may be taken (docs/reference/states.md)."""
    found, by = _found(request, uid), request.user
    if step == "acknowledge":
        actions.acknowledge(found, by=by)
    elif step == "report":
        actions.report_remedy(found, by=by, text=body.text, extent=body.extent, number=body.number)
    elif step == "extend":
        actions.ask_extension(found, by=by, until=_day(body), reason=body.reason)
    elif step == "close":
        actions.close_recommendation(found, by=by, reason=body.reason)
    elif step in ("grant", "refuse"):
        asked = _waiting(found.extensions.waiting().first())
        actions.answer_extension(asked, by=by, grant=step == "grant", until=body.day, reason=body.reason)
    else:
        _decide(_waiting(found.reports.waiting().first()), step, by, body)
    found.refresh_from_db()
    return whole(found)


@router.post("/recommendations/{uid}/proof", response={201: list[ProofOut], **REFUSED}, operation_id="add_remedy_files")
def add_files(
    request: Request, uid: UUID, files: File[list[UploadedFile]], criterion: str = "", caption: str = ""
) -> Any:
    """Add photos or documents (multipart, `files`) to the report that waits."""
    report, kept = _waiting(_found(request, uid).reports.waiting().first()), []
    for one in files:
        examined = store.examine(one.read(settings.FILE_BYTES + 1), one.name or "")
        about = {"criterion_code": criterion[:10], "caption": caption[:300]}
        kept.append(actions.add_remedy_file(report, by=request.user, examined=examined, **about))
    return Status(201, [{"uid": one.uid, "sha256": one.attachment.sha256, "size": one.attachment.size} for one in kept])


def whole(one: Recommendation) -> dict[str, Any]:
    """A recommendation, as RecommendationWhole."""
    return {
        **told(one, standings_of([one], today=today())[one.pk]),
        "findings": list(one.findings.order_by("pk").values_list("uid", flat=True)),
        "terms": list(one.terms.values("kind", "set_on", "start", "days", "due_on", "words", "reason")),
        "trail": [told_answer(answer) for answer in trail_of(one)],
    }


def _decide(report: RemedyReport, step: str, by: Any, body: RecommendationStepIn) -> None:
    if step == "accept":
        actions.accept_remedy(report, by=by, note=body.reason, whole=body.whole)
    elif step == "return":
        actions.return_remedy(report, by=by, reason=body.reason)
    else:
        actions.order_recheck(report, by=by, visited_on=_day(body))


def _given(body: RecommendationIn, findings: Any, by: Person) -> dict[str, Any]:
    """What `draft_recommendation` takes."""
    basis = LegalBasis.objects.visible_to(by).filter(number=body.legal_basis).first() if body.legal_basis else None
    known = {one.uid: one for one in findings}
    if (body.legal_basis and basis is None) or set(body.findings) - known.keys():
        raise BadInput(
            "Không tìm thấy căn cứ hoặc tồn tại đã nêu ở lượt kiểm tra này.",
            en="The legal basis or a finding that was named is not there.",
        )
    chosen = [known[uid] for uid in body.findings]
    place = resolve_unit(body.unit) if body.unit else None
    plain = {"text": body.text, "days": body.days, "expected_proof": body.expected_proof}
    return {**plain, "findings": chosen, "legal_basis": basis, "unit": place}


def _day(body: RecommendationStepIn) -> date:
    if body.day is None:
        raise BadInput(
            "Hãy ghi ngày (day).",
            en="Give the day (day).",
            errors=[{"field": "day", "vi": "Còn thiếu ngày.", "en": "The day is missing."}],
        )
    return body.day


def _waiting(found: Any) -> Any:
    if found is None:
        raise BadInput("Không có báo cáo hay đề nghị nào đang chờ.", en="No report or request waits for an answer.")
    return found


def _seen(request: Request) -> RecommendationQuerySet:
    return Recommendation.objects.visible_to(request.user).select_related(
        "visit__inspection__lead", "visit__unit", "unit", "legal_basis"
    )


def _found(request: Request, uid: UUID) -> Recommendation:
    return get_object_or_404(_seen(request), uid=uid)
