"""What of a phone is here: the phone compares, and says «đã gửi đủ» only when it is the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from uuid import UUID

from kycuong.field.models import FieldAside, FieldDevice, FieldMedia, FieldOp


def manifest(device: FieldDevice, visit: UUID) -> dict[str, int | str]:
    """Ops (in the log or set aside) and complete photos of one phone at one visit."""
    ops: set[UUID | None] = set(FieldOp.objects.filter(device=device, visit__uid=visit).values_list("uid", flat=True))
    ops |= set(FieldAside.objects.filter(device=device, visit_uid=visit, op__isnull=False).values_list("op", flat=True))
    whole = FieldMedia.objects.filter(device=device, visit__uid=visit, complete_at__isnull=False)
    media = set(whole.values_list("uid", flat=True))
    return {"ops": len(ops), "ops_sha": _sha(ops), "media": len(media), "media_sha": _sha(media)}


def _sha(uids: Iterable[UUID | None]) -> str:
    return hashlib.sha256("\n".join(sorted(map(str, uids))).encode()).hexdigest()
