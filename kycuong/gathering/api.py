"""The API of gathering: periods, files with everything wrong in them, declared beside computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request
from kycuong.gathering.documents import plain
from kycuong.gathering.models import Gathering
from kycuong.gathering.queries import Comparison, columns_told, compare, hidden_letters, holding_files, standing_of
from kycuong.gathering.rules import FormColumn
from kycuong.orgs.api import Problem

router = Router(tags=["declared"])
REFUSED = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


class GatheringOut(Schema):
    """One period of one scope: how many files, confirmed agencies, agencies that are to send."""

    uid: UUID
    scope: str
    first: IsoDay
    last: IsoDay
    period: str
    files: int
    unread: int
    confirmed: int
    expected: int


class IssueOut(Schema):
    """What is wrong in one cell of one file."""

    level: str
    cell: str
    column: str
    found: str
    vi: str
    en: str


class SentFileOut(Schema):
    """A file as it came and what was read of it."""

    uid: UUID
    filename: str
    sha256: str
    state: str
    agency: str | None
    sent_at: IsoMoment
    problem: str | None
    issues: list[IssueOut]
    unread: list[str]


class MissingOut(Schema):
    """An agency without a confirmed file; `sent` when one waits."""

    slug: str
    name: str
    sent: bool


class PairOut(Schema):
    """One column of one agency. The declared number is never part of a computed one."""

    column: str
    number: int
    declared: float | None
    computed: float | None
    difference: float | None
    cell: str
    reason: str


class ComparisonOut(Schema):
    """One agency with the file that holds."""

    agency: str
    name: str
    file: UUID
    sha256: str
    confirmed_at: IsoMoment | None
    columns: list[PairOut]


class GatheringWhole(GatheringOut):
    """With its files and who has not sent."""

    sent: list[SentFileOut]
    missing: list[MissingOut]


class ComparisonList(Schema):
    """Some agencies of a period, in order of their names."""

    total: int
    page: int
    agencies: list[ComparisonOut]


PER_PAGE = 25


@router.get("/declared", response={200: list[GatheringOut], **REFUSED}, operation_id="gatherings")
def gatherings(request: Request) -> Any:
    """Every period for which agencies sent their tables, as far as the caller sees the figures of its scope."""
    return [_told(one) for one in Gathering.objects.visible_to(request.user).select_related("scope")]


@router.get("/declared/{uid}", response={200: GatheringWhole, **REFUSED}, operation_id="gathering")
def gathering(request: Request, uid: UUID) -> Any:
    """One period: each file with its faults by cell and what was not read; who has not sent."""
    found = _found(request, uid)
    files = found.files.select_related("agency", "guessed")
    columns = columns_told(found, request.user)
    return {**_told(found), "sent": [_file(one, columns) for one in files], "missing": standing_of(found).missing}


@router.get("/declared/{uid}/comparison", response={200: ComparisonList, **REFUSED}, operation_id="declared_comparison")
def comparison(request: Request, uid: UUID, page: int = 1) -> Any:
    """What each agency declares beside what is counted, 25 agencies to a page."""
    found = _found(request, uid)
    files = holding_files(found)
    number = min(max(page, 1), max(1, -(-len(files) // PER_PAGE)))
    part = files[(number - 1) * PER_PAGE : number * PER_PAGE]
    return {
        "total": len(files),
        "page": number,
        "agencies": [_compared(one) for one in compare(found, part, request.user)],
    }


def _found(request: Request, uid: UUID) -> Gathering:
    return get_object_or_404(Gathering.objects.visible_to(request.user).select_related("scope"), uid=uid)


def _told(found: Gathering) -> dict[str, Any]:
    standing = standing_of(found)
    numbers = {name: getattr(standing, name) for name in ("files", "unread", "confirmed", "expected")}
    plain_fields = {name: getattr(found, name) for name in ("uid", "first", "last")}
    return {**plain_fields, "scope": found.scope.slug, "period": found.period.label, **numbers}


def _file(file: Any, columns: Sequence[FormColumn]) -> dict[str, Any]:
    told = file.reading or {}
    hidden = hidden_letters(told, columns)
    unit = file.agency or file.guessed
    names = ("uid", "filename", "sha256", "state", "sent_at")
    issues = [
        {"level": level, "cell": f"{letter}{row}", "column": title, "found": found, "vi": vi, "en": en}
        for level, row, letter, title, found, vi, en in told.get("issues", [])
        if letter not in hidden
    ]
    return {
        **{name: getattr(file, name) for name in names},
        "agency": unit.slug if unit else None,
        "problem": told["problem"][0] if told.get("problem") else None,
        "issues": issues,
        "unread": [vi for vi, _en in told.get("unread", [])],
    }


def _compared(one: Comparison) -> dict[str, Any]:
    columns = [
        {
            "column": pair.column.key,
            "number": pair.column.number,
            "declared": plain(pair.declared),
            "computed": plain(pair.computed),
            "difference": plain(pair.difference),
            "cell": pair.cell,
            "reason": pair.reason.text if pair.reason else "",
        }
        for pair in one.pairs
    ]
    file = one.file
    held = {"file": file.uid, "sha256": file.sha256, "confirmed_at": file.decided_at}
    return {"agency": one.agency.slug, "name": one.name, **held, "columns": columns}
