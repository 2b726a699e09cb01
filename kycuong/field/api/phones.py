"""A phone is enrolled; its key is asked for and given back."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Router, Schema, Status
from pydantic import ConfigDict

from kycuong.core.http import Request
from kycuong.field import actions
from kycuong.field.api.reading import phone
from kycuong.field.models import FieldDevice

router = Router(tags=["field"])


class In(Schema):
    """What is sent; a name that is not known is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")


class DeviceIn(In):
    """A browser with its own id and data key."""

    uid: UUID
    name: Annotated[str, Field(min_length=1, max_length=80)]
    key: Annotated[str, Field(max_length=64, description="32 byte, base64.")]


class KeyIn(In):
    """Why the key is asked for."""

    reason: Annotated[str, Field(max_length=300)]


@router.post("/devices", response={201: dict}, operation_id="field_enrol")
def enrol(request: Request, body: DeviceIn) -> Any:
    """Enrol this browser. Again with the same key, it is the same."""
    return Status(201, _told(actions.enrol(by=request.user, **body.dict())))


@router.post("/devices/{uid}/key-request", response={201: dict}, operation_id="field_ask_key")
def ask_key(request: Request, uid: UUID, body: KeyIn) -> Any:
    """The passphrase was forgotten: ask for the key of one's own phone."""
    asked = actions.ask_key(phone(request, str(uid)), by=request.user, reason=body.reason)
    return Status(201, {"asked_at": int(asked.asked_at.timestamp() * 1000), "approved": asked.approved_at is not None})


@router.get("/devices/{uid}/key", response=dict, operation_id="field_key")
def key(request: Request, uid: UUID) -> Any:
    """The key, once somebody else approved. Each reading is on record."""
    return {"key": actions.read_key(phone(request, str(uid)), by=request.user)}


def _told(device: FieldDevice) -> dict[str, Any]:
    return {"uid": str(device.uid), "name": device.name, "enrolled_at": int(device.enrolled_at.timestamp() * 1000)}
