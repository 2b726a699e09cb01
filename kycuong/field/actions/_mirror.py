"""What was written at the desk enters the log as ops of its own: a difference is a conflict for a person, never an overwrite."""

from __future__ import annotations

from typing import Any

from kycuong.audit.history import entries_for
from kycuong.audit.log import record_many
from kycuong.core.clock import now
from kycuong.core.ids import uuid7
from kycuong.core.sealing import keyring
from kycuong.field.models import FieldOp, FieldVisit
from kycuong.field.queries import fields_of, form_sha
from kycuong.field.queries.log import said_of
from kycuong.field.queries.record import Record, fingerprints
from kycuong.field.rules import Status, sha256_of, spelled
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person

from ._intake import put_in


def mirror_desk(record: Record, state: FieldVisit, *, by: Person) -> None:
    """Ops for what the record holds otherwise than the log last left it, seen by nobody but the desk: their base is what the
    record was last brought to."""
    visit, values = record.visit, record.values()
    prints = fingerprints(values)
    changed = sorted(one for one in prints.keys() | state.seen.keys() if prints.get(one) != state.seen.get(one))
    if not changed:
        return
    heads = fields_of(visit, changed)
    author = _at_the_desk(visit)
    for field in changed:
        there = heads.get(field, [])
        if len(there) == 1 and _same(there[0], values.get(field)):
            state.applied[field] = [str(there[0].uid)]
            continue
        op = say_at_desk(visit, field, values.get(field), base=state.applied.get(field, []), author=author, by=by)
        state.applied[field] = [str(op.uid)]
    state.seen = prints


def say_at_desk(
    visit: Visit, field: str, value: Any, *, base: list[str], author: Person | None, by: Person, gone: bool = False
) -> FieldOp:
    """An op without a phone."""
    op = FieldOp(uid=uuid7(), visit=visit, field=field, author=author, deleted=gone or value is None)
    op.wall, op.form, op.status = int(now().timestamp() * 1000), form_sha(visit), Status.APPLIED
    op.sent_by = by
    body = {"op_id": str(op.uid), "visit": str(visit.uid), "field": field, "value": value, "base": base}
    body |= {"form": op.form, "wall": op.wall, "author": str(author.uid) if author else "", "boot": "desk"}
    body |= {"deleted": True} if op.deleted else {}
    op.sha, op.sealed_body = sha256_of(body), keyring().seal(spelled(body), about=op.place_of_body)
    op.save(force_insert=True)
    record_many("field.say", [op], by=author)
    put_in([(op, said_of(op).base)])
    return op


def _same(op: FieldOp, value: Any) -> bool:
    """Whether the log says the same already; nothing and a null are the same nothing."""
    said = said_of(op)
    return bool(_bare(None if said.deleted else said.value) == _bare(value))


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: part for name, part in value.items() if part not in (None, "")}
    return value


def _at_the_desk(visit: Visit) -> Person | None:
    """Who wrote to the visit last."""
    acts = entries_for(visit)
    who = next((one.who for one in acts if one.who and one.op == "save"), None)
    return who if isinstance(who, Person) else None
