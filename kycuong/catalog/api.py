"""GET /api/v1/checklists: the versions that the caller may see, and what one of them asks."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from kycuong.core.days import IsoDay
from kycuong.core.http import Request
from kycuong.orgs.api import Problem

from .models import Checklist, Criterion

router = Router(tags=["checklists"])
REFUSED = {401: Problem, 404: Problem, 422: Problem}


class VersionOut(Schema):
    """One version of a checklist."""

    uid: UUID
    version: str
    title: str
    published_on: Annotated[IsoDay | None, Field(description="Để trống: dự thảo.")]
    valid_from: Annotated[IsoDay | None, Field(description="Các lượt từ ngày này dùng phiên bản này.")]
    based_on: str | None
    authority: Annotated[str | None, Field(description="Nội dung bổ sung của cơ quan này; để trống: toàn tỉnh.")]


class CriterionOut(Schema):
    """One criterion, and when it is asked."""

    code: str
    group: str
    text: str
    answer_type: str
    evidence: str
    severity: int
    severity_to: int
    setting: str
    in_short_form: bool
    counted: bool
    only_with_procedures: bool
    for_kinds: Annotated[list[str], Field(description="Không có loại nào: hỏi ở mọi đơn vị.")]
    asked_after: Annotated[str, Field(description="Chỉ hỏi theo kết quả của tiêu chí này.")]
    asked_on_outcomes: Annotated[list[str], Field(description="Và chỉ khi kết quả đó là một trong các mức này.")]
    pass_from: int
    partial_from: int
    legal_bases: list[str]


class ChecklistOut(VersionOut):
    """A version with its criteria, in the order in which they are asked."""

    criteria: list[CriterionOut]


COLUMNS = [name for name in CriterionOut.model_fields if name not in ("group", "asked_on_outcomes", "legal_bases")]


@router.get("/checklists", response={200: list[VersionOut], **REFUSED}, operation_id="checklists")
def checklists(request: Request) -> Any:
    """Every version that the caller may see, the newest first."""
    seen = Checklist.objects.visible_to(request.user).select_related("based_on", "authority").order_by("-pk")
    return [_version(one) for one in seen]


@router.get("/checklists/{version}", response={200: ChecklistOut, **REFUSED}, operation_id="checklist")
def checklist(request: Request, version: str) -> Any:
    """What one version asks."""
    seen = Checklist.objects.visible_to(request.user).select_related("based_on", "authority")
    found = get_object_or_404(seen, version=version)
    criteria = found.criteria.select_related("group").prefetch_related("legal_bases")
    return {**_version(found), "criteria": [_criterion(one) for one in criteria]}


def _version(found: Checklist) -> dict[str, Any]:
    told = {name: getattr(found, name) for name in ("uid", "version", "title", "published_on", "valid_from")}
    based_on = found.based_on.version if found.based_on else None
    return {**told, "based_on": based_on, "authority": found.authority.slug if found.authority else None}


def _criterion(one: Criterion) -> dict[str, Any]:
    return {
        **{name: getattr(one, name) for name in COLUMNS},
        "group": one.group.code,
        "asked_on_outcomes": one.asked_on_outcomes.split(),
        "legal_bases": [basis.number for basis in one.legal_bases.all()],
    }
