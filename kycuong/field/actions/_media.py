"""Photos are announced by their ops, before their bytes come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings

from kycuong.audit.log import record_many
from kycuong.field.models import FieldDevice, FieldMedia
from kycuong.field.rules import Op
from kycuong.field.rules.ops import SHA256, key_of, kind_of
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person


def announce(ops: Sequence[Op], visits: Mapping[UUID, Visit], device: FieldDevice | None, by: Person) -> None:
    """From here on the server knows which photos are still on the phone. An op that was set aside announces, too: its photo
    must not be lost either."""
    rows = [
        FieldMedia(uid=UUID(key_of(op.field)), visit=visits[op.visit], device=device, **size_and_sha(op.value))
        for op in ops
        if kind_of(op.field) == "m" and not op.deleted and op.visit in visits and size_and_sha(op.value)
    ]
    there = set(FieldMedia.objects.filter(uid__in=[row.uid for row in rows]).values_list("uid", flat=True))
    FieldMedia.objects.bulk_create([row for row in rows if row.uid not in there], ignore_conflicts=True)
    new = FieldMedia.objects.filter(uid__in={row.uid for row in rows} - there)
    record_many("field.announce", new.order_by("pk"), by=by)


def size_and_sha(value: Any) -> dict[str, Any]:
    """What is needed to take the bytes; nothing when the op does not tell it."""
    if not isinstance(value, dict):
        return {}
    size, sha = value.get("size"), value.get("sha256")
    sound = isinstance(size, int) and not isinstance(size, bool) and 0 < size <= settings.FILE_BYTES
    return {"size": size, "sha256": sha} if sound and isinstance(sha, str) and SHA256.fullmatch(sha) else {}
