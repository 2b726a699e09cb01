"""GET /api/v1/units: the organisation on any day, and the history of one unit."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import QuerySet
from ninja import Field, Query, Router, Schema

from kycuong.core.clock import today
from kycuong.core.days import IsoDay
from kycuong.core.http import Request
from kycuong.orgs.models import Succession
from kycuong.orgs.queries import children_on, parents_on, resolve_unit
from kycuong.orgs.queries.listing import keys_on, lines_of, named_on
from kycuong.orgs.rules import FOREVER

router = Router(tags=["units"])
KindName = Literal[
    "nation", "province", "provincial_department", "district_pc", "commune_pc", "division", "public_service_unit"
]  # fmt: skip


class Problem(Schema):
    """A refusal (RFC 9457), in Vietnamese and in English."""

    type: str
    title: str
    status: int
    detail: str
    detail_en: str
    errors: list[dict[str, Any]]
    request_id: str = ""


REFUSED = {401: Problem, 422: Problem}


class Asked(Schema):
    """Which units."""

    on: Annotated[IsoDay | None, Field(description="Ngày; không ghi thì là hôm nay.")] = None
    kind: Annotated[KindName | None, Field(description="Chỉ loại này.")] = None
    under: Annotated[str, Field(max_length=200, description="Chỉ các đơn vị dưới đơn vị này, ở mọi cấp.")] = ""
    q: Annotated[str, Field(max_length=200, description="Tìm theo tên, không cần dấu; chữ viết tắt cũng được.")] = ""
    limit: Annotated[int, Field(ge=1, le=1000)] = 100
    offset: Annotated[int, Field(ge=0, le=10_000_000)] = 0


class Named(Schema):
    """A unit as it is called on the day."""

    slug: str
    uid: UUID
    name: str
    kind: str


class Line(Named):
    """A unit in a list."""

    parent: Annotated[str | None, Field(description="Địa chỉ của đơn vị quản lý trực tiếp.")]
    code: str


class UnitList(Schema):
    """A page of the units of a day."""

    on: IsoDay
    total: int
    limit: int
    offset: int
    units: list[Line]


class Version(Schema):
    """A name and a kind during [valid_from, valid_to); without an end while it goes on."""

    name: str
    formal_name: str
    kind: str
    valid_from: IsoDay
    valid_to: IsoDay | None


class Code(Schema):
    """A code during [valid_from, valid_to)."""

    scheme: str
    value: str
    valid_from: IsoDay
    valid_to: IsoDay | None


class Kin(Named):
    """A predecessor or a successor, and the change by which it is one."""

    on: IsoDay
    change: str
    whole: bool
    document: str


class UnitOut(Named):
    """A unit with its history."""

    on: IsoDay
    exists: bool
    parent: Named | None
    children: list[Named]
    versions: list[Version]
    past_names: list[str]
    codes: list[Code]
    predecessors: list[Kin]
    successors: list[Kin]


@router.get("/units", response={200: UnitList, **REFUSED}, operation_id="units")
def units(request: Request, asked: Query[Asked]) -> dict[str, Any]:
    """Các đơn vị của một ngày, theo loại rồi theo tên; khi tìm thì gần nhất trước."""
    day = asked.on or today()
    under = resolve_unit(asked.under, person=request.user) if asked.under else None
    keys = keys_on(day, person=request.user, kind=asked.kind or "", under=under, text=asked.q)
    shown = keys[asked.offset : asked.offset + asked.limit]
    return {
        "on": day,
        "total": len(keys),
        "limit": asked.limit,
        "offset": asked.offset,
        "units": lines_of(shown, day),
    }


@router.get("/units/{unit}", response={200: UnitOut, **REFUSED}, operation_id="unit")
def unit(request: Request, unit: str, on: IsoDay | None = None) -> dict[str, Any]:
    """Một đơn vị theo địa chỉ, uid hoặc mã@ngày: các tên, mã, tiền thân, kế thừa; trực thuộc vào một ngày."""
    found = resolve_unit(unit, person=request.user)
    day = on or today()
    parent = parents_on([found.pk], day).get(found.pk)
    versions = list(found.versions.order_by("valid_from"))
    now = found.version_on(day)
    return {
        **named_on([found.pk], day)[0],
        "on": day,
        "exists": any(row.valid_from <= day < row.valid_to for row in versions),
        "parent": named_on([parent], day)[0] if parent else None,
        "children": named_on([child.pk for child in children_on(found, day)], day),
        "versions": [{**_during(row), "formal_name": row.formal_name} for row in versions],
        "past_names": list(dict.fromkeys(row.name for row in versions if now and row.name != now.name)),
        "codes": [_during(row) for row in found.codes.order_by("valid_from", "scheme")],
        "predecessors": _kin(found.successions_back.exclude(predecessor=found), "predecessor"),
        "successors": _kin(found.successions_forward.exclude(successor=found), "successor"),
    }


def _during(row: Any) -> dict[str, Any]:
    """The fields of a row, its end told only when it has one."""
    told = {
        name: getattr(row, name) for name in ("name", "kind", "scheme", "value", "valid_from") if hasattr(row, name)
    }
    return {**told, "valid_to": None if row.valid_to == FOREVER else row.valid_to}


def _kin(rows: QuerySet[Succession], side: str) -> list[dict[str, Any]]:
    """Units on the other side of the successions, named as they were on the day."""
    kin = rows.exclude(**{f"{side}__isnull": True}).select_related("reorganisation")
    return [
        {
            **named_on([getattr(row, f"{side}_id")], row.reorganisation.effective_on)[0],
            "on": row.reorganisation.effective_on,
            "change": row.reorganisation.kind,
            "whole": row.whole,
            "document": row.reorganisation.document_number,
        }
        for row in kin.order_by("reorganisation__effective_on", "pk")
    ]
