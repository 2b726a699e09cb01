"""The history of one record: when, who, what, and which columns changed. Whoever asks must be allowed to see the record."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from kycuong.ui.formats import vn_datetime

from .canonical import key_of
from .models import AuditEntry


@dataclass(frozen=True, slots=True)
class Act:
    """One line of a history. `who` is None for the system, and for somebody whose account is gone."""

    seq: int
    when: datetime
    who: Model | None
    verb: str
    op: str
    changed: tuple[str, ...]
    details: Mapping[str, Any]
    instead: tuple[Model, ...] = ()
    """In whose stead it was done."""


def entries_for(instance: Model, using: str = DEFAULT_DB_ALIAS) -> list[Act]:
    """Every act on the row of `instance`, the newest first. An erased body tells no columns and no details."""
    entries = AuditEntry.objects.using(using).filter(model=instance._meta.label, key=key_of(instance))
    lines = [(json.loads(bytes(entry.meta)), _body(entry)) for entry in entries.order_by("seq").select_related("body")]
    known = [uid for meta, body in lines for uid in (meta["actor"], *instead_in(body))]
    people = _people(known, using)
    acts: list[Act] = []
    before: Mapping[str, Any] = {}
    for meta, body in lines:
        row = body.get("row", {})
        acts.append(
            Act(
                seq=meta["seq"],
                when=datetime.fromisoformat(meta["ts"]),
                who=people.get(meta["actor"]),
                verb=meta["verb"],
                op=meta["op"],
                changed=_changed(instance, before, row),
                details=body.get("details", {}),
                instead=tuple(people[uid] for uid in instead_in(body) if uid in people),
            )
        )
        before = row
    return acts[::-1]


def last_written(instance: Model) -> str:
    """Who wrote last, and when, for a sentence that begins with it; "" when nobody knows."""
    acts = entries_for(instance)
    return f"{acts[0].who} ({vn_datetime(acts[0].when)})" if acts and acts[0].who else ""


def _body(entry: AuditEntry) -> dict[str, Any]:
    return json.loads(bytes(entry.body.body)) if entry.body.body is not None else {}


def instead_in(body: Mapping[str, Any]) -> list[str]:
    """Whose role the act needed, by uid: empty where the actor held one."""
    return list((body.get("details") or {}).get("for") or ())


def _people(uids: Iterable[str | None], using: str) -> dict[str | None, Model]:
    known = {uid for uid in uids if uid}
    if not known:
        return {}
    return {key_of(person): person for person in get_user_model()._default_manager.using(using).filter(uid__in=known)}


def _changed(instance: Model, before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the fields that differ from the image before, in the order of the model; none where an image is erased."""
    if not before or not after:
        return ()
    fields = instance._meta.concrete_fields
    return tuple(field.name for field in fields if before.get(str(field.column)) != after.get(str(field.column)))
