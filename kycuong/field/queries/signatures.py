"""A signature given on a phone: what was read back, whether its photos are here, whether its hash still comes out."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from kycuong.field.models import FieldMedia, FieldSignature
from kycuong.inspections.models import Visit, VisitFile

from .log import body_of


def signature_of(visit: Visit) -> dict[str, Any] | None:
    """As the pack tells it; None when nobody signed on a phone."""
    found = FieldSignature.objects.filter(visit=visit).select_related("op").first()
    if found is None:
        return None
    waiting = 0 if found.minutes_id else len(awaited(visit, body_of(found.op)["value"]))
    return {"sha256": found.sha256, "at": found.op.wall, "waiting_media": waiting, "done": found.minutes_id is not None}


def awaited(visit: Visit, value: Any) -> list[str]:
    """Ids of the photos that were signed and are not here yet, or are being looked at; those declared lost are waited for no longer."""
    named = value["snapshot"].get("media") or {}
    here = FieldMedia.objects.filter(visit=visit, uid__in=list(named))
    done = {str(one.uid): one.sha256 for one in here if one.checked_at or one.lost_at}
    done |= {str(one.attachment.uid): one.attachment.sha256 for one in _ever_kept(visit)}
    return sorted(uid for uid, sha in named.items() if done.get(uid) != sha)


def _ever_kept(visit: Visit) -> QuerySet[VisitFile]:
    """Added at the desk, too; and taken out again: its bytes are kept, and it comes back when what was signed names it."""
    return VisitFile.objects.filter(visit=visit, reply=None).select_related("attachment")
