"""The API of features: how they stand at a unit, and switching one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from kycuong.core.days import IsoMoment
from kycuong.core.http import Request
from kycuong.orgs.api import Problem
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import resolve_unit

from .actions import switch_feature
from .queries import Standing, standings
from .rules import LONGEST_REASON

router = Router(tags=["features"])
REFUSED = {401: Problem, 404: Problem, 422: Problem}
WRITTEN = {**REFUSED, 403: Problem, 409: Problem}


class FeatureApart(Schema):
    """A unit below that decides for itself."""

    unit: str
    on: bool


class FeatureOut(Schema):
    """One optional part at the unit, and which switch holds there. Without one it is on."""

    feature: str
    title: str
    on: bool
    setting: Annotated[str, Field(description="Đơn vị tự đặt: on, off, above (theo đơn vị cấp trên).")]
    decided_by: Annotated[
        str | None, Field(description="Đơn vị có công tắc đang quyết định; trống: bật theo mặc định.")
    ]
    since: IsoMoment | None
    reason: str
    apart: list[FeatureApart]


class FeatureList(Schema):
    """All of them, in a fixed order."""

    unit: str
    features: list[FeatureOut]


class FeatureSwitchIn(Schema):
    """From now on: on, off, or as the unit above; and why."""

    model_config = ConfigDict(extra="forbid")

    setting: Literal["on", "off", "above"]
    reason: Annotated[str, Field(max_length=LONGEST_REASON)]


@router.get("/features", response={200: FeatureList, **REFUSED}, operation_id="features")
def features(request: Request, unit: str) -> Any:
    """How the optional parts stand at a unit: on or off, by which unit's decision, since when and why."""
    return told(resolve_unit(unit, person=request.user))


@router.post("/features/{unit}/{feature}", response={201: FeatureList, **WRITTEN}, operation_id="switch_feature")
def switch(request: Request, unit: str, feature: str, body: FeatureSwitchIn) -> Any:
    """Switch one on or off for a unit and all below it that decide nothing else. What is open can be finished."""
    found = resolve_unit(unit, person=request.user)
    switch_feature(feature, by=request.user, unit=found, **body.dict())
    return Status(201, told(found))


def told(unit: Unit) -> dict[str, Any]:
    return {"unit": unit.slug, "features": [line_of(line) for line in standings(unit)]}


def line_of(line: Standing) -> dict[str, Any]:
    switch = line.decides
    return {
        "feature": line.name,
        "title": line.feature.titled,
        "on": line.is_on,
        "setting": line.own.setting if line.own else "above",
        "decided_by": switch.unit.slug if switch else None,
        "since": switch.set_at if switch else None,
        "reason": switch.reason if switch else "",
        "apart": [{"unit": slug, "on": on} for slug, _name, on in line.apart],
    }
