"""The API of the setting: how long phones may keep what."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from kycuong.core.clock import today
from kycuong.core.days import IsoDay
from kycuong.core.http import Request
from kycuong.field import actions
from kycuong.field.models import FieldPolicy
from kycuong.field.rules import Policy

router = Router(tags=["field"])
Number = Annotated[int, Field(strict=True)]


class FieldPolicyIn(Schema):
    """What holds from a day on."""

    model_config = ConfigDict(extra="forbid")

    valid_from: IsoDay
    offline_hours: Number
    autolock_minutes: Number
    purge_days: Number
    tell_hours: Number
    basis: Annotated[str, Field(max_length=300)] = ""


class FieldPolicyOut(Schema):
    """What holds; without a basis it is a proposal that no practitioner has reviewed."""

    valid_from: IsoDay
    offline_hours: int
    autolock_minutes: int
    purge_days: int
    tell_hours: int
    basis: str


@router.get("/policy", response=FieldPolicyOut, operation_id="field_policy")
def policy(request: Request) -> Any:
    """The policy in force today."""
    return FieldPolicy.on(today())


@router.post("/policy", response={201: FieldPolicyOut}, operation_id="set_field_policy")
def set_policy(request: Request, body: FieldPolicyIn) -> Any:
    """Set the policy from a day on. What was set before stays on record."""
    said = body.dict()
    valid_from, basis = said.pop("valid_from"), said.pop("basis")
    return Status(201, actions.set_policy(by=request.user, valid_from=valid_from, basis=basis, policy=Policy(**said)))
