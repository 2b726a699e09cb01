"""Start, pull, send, compare: what a phone asks and says."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.middleware.csrf import get_token
from ninja import Router

from kycuong.audit.proofs import grown
from kycuong.audit.queries import last_checkpoint
from kycuong.core.clock import now, today
from kycuong.core.http import Request
from kycuong.core.problems import RuleBroken
from kycuong.field import actions, queries
from kycuong.field.api.reading import (
    MOST_BYTES,
    MOST_OPS,
    PROTOCOL,
    TooLarge,
    Unreadable,
    beat_of,
    body_within,
    ensure_protocol,
    json_of,
    phone,
)
from kycuong.field.models import FieldPolicy
from kycuong.field.queries import manifest as told_manifest

router = Router(tags=["field"])
Told = dict[str, Any]
TOLD = ("offline_hours", "autolock_minutes", "purge_days")
"""What of the policy a phone keeps to itself; the rest is for the desk."""


def clock() -> int:
    return int(now().timestamp() * 1000)


def _checkpoint() -> Told:
    """The last checkpoint for the phone to witness. Where no key can be read nothing is said of it: what phones send matters more."""
    with suppress(RuleBroken):
        return {"checkpoint": last_checkpoint()}
    return {}


@router.get("/start", operation_id="field_start", response=dict)
def start(request: Request) -> Told:
    """Who is signed in, the token for what changes something, the hour, and how long a phone may keep what."""
    person, held = request.user, FieldPolicy.on(today())
    return {
        "user": {"uid": str(person.uid), "name": str(person)},
        "csrf": get_token(request),
        "server_time": clock(),
        "protocol": int(PROTOCOL),
        **_checkpoint(),
        "policy": {name: getattr(held, name) for name in TOLD},
    }


@router.get("/pull", operation_id="field_pull", response=dict)
def pull(request: Request, device: str = "", cursor: str = "") -> Told:
    """Visits that changed since the cursor, whole, with their checklists. Of a sealed draft each pack is a look on record."""
    ensure_protocol(request)
    mine = phone(request, device)
    visits = actions.mirror(mine, by=request.user)
    found = queries.pulled(visits, request.user, cursor)
    actions.note_looks(mine, found.sealed, by=request.user)
    return {
        "cursor": found.stand,
        "revoked": False,
        "visits": found.packs,
        "checklists": found.checklists,
        **_checkpoint(),
        "server_time": clock(),
    }


@router.post("/ops", operation_id="field_ops", response=dict)
def ops(request: Request) -> Told:
    """Up to a hundred ops of one phone. Whatever can be read is stored; each gets its answer; sent again it gets the same."""
    ensure_protocol(request)
    sent = json_of(body_within(request, MOST_BYTES))
    mine = phone(request, sent.get("device"))
    given, beat = sent.get("ops"), beat_of(sent)
    if not isinstance(given, list):
        raise Unreadable("Gói gửi không có danh sách thay đổi.", en="The envelope has no list «ops».")
    if len(given) > MOST_OPS:
        raise TooLarge(f"Gửi một lần nhiều nhất {MOST_OPS} thay đổi.", en=f"At most {MOST_OPS} ops at once.")
    results = actions.receive(mine, given, by=request.user, beat=beat)
    mine.refresh_from_db()
    return {**told(results), "missing_seq": queries.missing_seq(mine), **_checkpoint()}


@router.get("/witness/{old}/{new}", operation_id="field_witness", response=dict)
def witness(request: Request, old: int, new: int) -> Told:
    """That the log of the later of two checkpoints begins with that of the earlier: hashes in base64, none when it does not."""
    ensure_protocol(request)
    return {"path": [b64encode(one).decode() for one in grown(old, new)]}


@router.get("/visits/{uid}/manifest", operation_id="field_manifest", response=dict)
def manifest(request: Request, uid: UUID, device: str = "") -> Told:
    """What of this phone is here, of one visit."""
    return {**told_manifest(phone(request, device), uid)}


def told(results: Sequence[actions.Result]) -> Told:
    """What became of each op."""
    return {
        "results": [
            {
                "op_id": one.op_id,
                "status": one.status,
                "heads": [*one.heads],
                **({"problem": {"vi": one.vi, "en": one.en}} if one.vi else {}),
            }
            for one in results
        ],
        "server_time": clock(),
    }
