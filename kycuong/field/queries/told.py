"""An op that holds, as a phone is told of it: names of people only to those who may know them, or who wrote them."""

from __future__ import annotations

from typing import Any

from kycuong.field.models import FieldOp
from kycuong.field.rules.ops import kind_of
from kycuong.inspections.rules.concerned import MASK
from kycuong.orgs.models import Person

from .log import body_of


def told_head(op: FieldOp, person: Person, sees_names: bool) -> dict[str, Any]:
    """Id, value, who, from where, when by the phone's clock and by ours."""
    value = body_of(op)["value"]
    kind = kind_of(op.field)
    if kind == "v" and isinstance(value, dict) and value.get("name") and not (sees_names or op.author_id == person.pk):
        value = {**value, "name": MASK}
    if kind == "s" and isinstance(value, dict):  # strokes and snapshot stay with who signed, and with the record
        value = {name: value[name] for name in ("sha256", "unit_signature", "ended_at") if name in value}
    return {
        "op_id": str(op.uid),
        "value": value,
        "deleted": op.deleted,
        "author_name": str(op.author) if op.author else "",
        "device": str(op.device.uid) if op.device else None,
        "wall": op.wall,
        "received": int(op.received_at.timestamp() * 1000),
        "status": op.status,
        "problem": {"vi": op.problem_vi, "en": op.problem_en} if op.problem_vi else None,
    }
