"""Self-checks: the same acts as the pages, the same refusals, the same eyes."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from ninja import Router

from kycuong.core.clock import today
from kycuong.core.http import Request
from kycuong.inspections.api.schemas import REFUSED
from kycuong.selfchecks import actions
from kycuong.selfchecks.models import SelfCheck
from kycuong.selfchecks.queries import UnitGap, gaps_of, readable_by

from .schemas import SelfCheckAnswersIn, SelfCheckList, SelfCheckWhole, StateName, SubmissionIn

router = Router(tags=["self-checks"])
PER_PAGE = 100


@router.get("/self-checks", response={200: SelfCheckList, **REFUSED}, operation_id="self_checks")
def self_checks(request: Request, campaign: UUID | None = None, state: StateName | None = None, page: int = 1) -> Any:
    """Self-checks that the caller answers, or whose campaign it may see, the newest first, a hundred to a page."""
    found = SelfCheck.objects.visible_to(request.user).select_related("campaign__authority", "unit").order_by("-pk")
    if campaign:
        found = found.filter(campaign__uid=campaign)
    if state:
        found = found.filter(state=state)
    shown = Paginator(found, PER_PAGE).get_page(page)
    lines = [_told(one) for one in shown.object_list]
    return {"total": shown.paginator.count, "page": shown.number, "self_checks": lines}


@router.get("/self-checks/{uid}", response={200: SelfCheckWhole, **REFUSED}, operation_id="self_check")
def self_check(request: Request, uid: UUID) -> Any:
    """One self-check; its answers, and what a visit found later, for whoever may read them."""
    return _whole(request, _found(request, uid))


@router.post("/self-checks/{uid}/answers", response={200: SelfCheckWhole, **REFUSED}, operation_id="record_self_check")
def record(request: Request, uid: UUID, body: SelfCheckAnswersIn) -> Any:
    """Write the answers given so far."""
    actions.record_self_check(_found(request, uid), by=request.user, **body.dict())
    return _whole(request, _found(request, uid))


@router.post(
    "/self-checks/{uid}/submission", response={200: SelfCheckWhole, **REFUSED}, operation_id="submit_self_check"
)
def submit(request: Request, uid: UUID, body: SubmissionIn) -> Any:
    """Hand it in."""
    actions.submit_self_check(_found(request, uid), by=request.user, version=body.version)
    return _whole(request, _found(request, uid))


def _told(one: SelfCheck) -> dict[str, Any]:
    campaign: dict[str, UUID | str | date | None] = {
        "campaign": one.campaign.uid,
        "title": one.campaign.title,
        "authority": one.campaign.authority.slug,
        "due_on": one.campaign.due_on,
    }
    plain = {name: getattr(one, name) for name in ("uid", "state", "submitted_at", "version")}
    return {**plain, **campaign, "unit": one.unit.slug}


def _whole(request: Request, one: SelfCheck) -> dict[str, Any]:
    names = ("answers", "shortfalls", "notes")
    if one.pk not in readable_by(request.user, [one], today=today()):
        return {**_told(one), **dict.fromkeys(names), "gap": None}
    [gap] = gaps_of([one])
    return {**_told(one), **{name: getattr(one, name) for name in names}, "gap": _gap_told(gap)}


def _gap_told(gap: UnitGap) -> dict[str, Any] | None:
    if gap.visit is None:
        return None
    names = ("code", "declared", "found", "withdrawn", "gap")
    criteria = [{name: getattr(one, name) for name in names} for one in gap.criteria]
    honest = {"honest": gap.honest["numerator"], "compared": gap.honest["denominator"]}
    days = {"visited_on": gap.visit.visited_on, "declared_on": gap.declared_on}
    return {"visit": gap.visit.uid, **days, **honest, "criteria": criteria}


def _found(request: Request, uid: UUID) -> SelfCheck:
    found = SelfCheck.objects.visible_to(request.user).prefetch_related("reopenings")
    return get_object_or_404(found.select_related("campaign__authority", "campaign__checklist", "unit"), uid=uid)
