"""What stands in the log of a visit, opened; and which numbers of a phone have not arrived."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from kycuong.core.sealing import keyring
from kycuong.field.models import FieldAside, FieldDevice, FieldOp
from kycuong.field.rules import Said, missing_numbers
from kycuong.field.rules.ops import is_uid, key_of
from kycuong.inspections.models import Visit
from kycuong.ui.formats import vn_datetime

Fields = dict[str, list[FieldOp]]


def body_of(op: FieldOp) -> dict[str, Any]:
    """The op as it was sent."""
    opened: dict[str, Any] = json.loads(keyring().unseal(op.sealed_body, about=op.place_of_body))
    return opened


def raw_of(aside: FieldAside) -> Any:
    """What was set aside, as it was sent; None when it is deeper than anything that we read."""
    try:
        return json.loads(text_of(aside))
    except RecursionError:
        return None


def text_of(aside: FieldAside) -> str:
    """The same, as text."""
    return keyring().unseal(aside.sealed_raw, about=aside.place_of_raw)


def in_plain_text(asides: Iterable[FieldAside]) -> str:
    """What was set aside, for a person to read: when it came, why it was set aside, and all of it as it was sent."""
    parts = [
        f"{vn_datetime(one.received_at)}. {one.get_why_display()}. {one.sent_by}\n{_legible(one)}" for one in asides
    ]
    return "\n\n".join(parts) + "\n"


def _legible(aside: FieldAside) -> str:
    try:
        return json.dumps(json.loads(text_of(aside)), ensure_ascii=False, indent=2)
    except RecursionError:
        return text_of(aside)


def said_of(op: FieldOp) -> Said:
    """What an op says."""
    body = body_of(op)
    base = tuple(UUID(one) for one in body["base"])
    return Said(op.uid, body["value"], op.deleted, op.author_id or 0, op.device_id, op.wall, base)


def fields_of(visit: Visit, only: Iterable[str] | None = None) -> Fields:
    """The ops that hold, by field, in the order of their ids: the same whatever order they arrived in."""
    found: Fields = {}
    held = FieldOp.objects.filter(head__visit=visit).select_related("author", "device")
    for op in (held if only is None else held.filter(field__in=list(only))).order_by("uid"):
        found.setdefault(op.field, []).append(op)
    return found


def heads_of(visit: Visit) -> dict[str, list[str]]:
    """Ids of the ops that hold, by field."""
    return {field: [str(op.uid) for op in ops] for field, ops in fields_of(visit).items()}


def findings_apart(visit: Visit) -> set[UUID]:
    """Findings that the log holds for themselves: no answer rewrites them or takes them away."""
    held = FieldOp.objects.filter(head__visit=visit, field__startswith="f/", deleted=False)
    keys = [key_of(field) for field in held.values_list("field", flat=True)]
    return {UUID(key) for key in keys if is_uid(key)}


def missing_seq(device: FieldDevice) -> list[int]:
    """Numbers that the phone has given away and that never came: each is something said that we do not have."""
    seen = set(device.ops.values_list("seq", flat=True)) | set(device.aside.values_list("seq", flat=True))
    return missing_numbers({number for number in seen if number}, device.seq_head)
