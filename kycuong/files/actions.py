"""Keeping a file. What it belongs to is known to those who call."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from uuid import UUID

from kycuong.audit.log import act, record_many
from kycuong.core.checks import ensure_clean
from kycuong.core.ids import uuid7
from kycuong.files import store
from kycuong.files.models import Attachment, AttachmentOrigin
from kycuong.files.store import Examined
from kycuong.orgs.models import Person


@act
def keep_attachment(
    examined: Examined, *, by: Person | None, authorize: Callable[[], None], uid: UUID | None = None
) -> Attachment:
    """Keep the file as it was sent, its copies to show, and apart from both what it tells of hour, place and camera.

    `authorize` refuses whoever may not: only those who call know what the file belongs to, and so who may add to it.
    The bytes are safe on the disk before the record is written.
    """
    authorize()
    copies = [store.keep(data) if data else "" for data in (examined.shown, examined.thumbnail)]
    attachment = Attachment(
        uid=uid or uuid7(),
        sha256=store.keep(examined.data),
        size=len(examined.data),
        kind=examined.kind,
        name=examined.name,
        width=examined.width,
        height=examined.height,
        shown_sha256=copies[0],
        thumbnail_sha256=copies[1],
        stored_by=by,
    )
    ensure_clean(attachment)
    attachment.save(force_insert=True)
    rows = [attachment, *_origin(attachment, examined)]
    record_many("file.keep", rows, by=by)
    return attachment


def _origin(attachment: Attachment, examined: Examined) -> list[AttachmentOrigin]:
    if not (examined.taken_at or examined.camera or examined.latitude):
        return []
    origin = AttachmentOrigin(attachment=attachment, taken_at=examined.taken_at, camera=examined.camera)
    if examined.latitude and examined.longitude:
        origin.latitude, origin.longitude = Decimal(examined.latitude), Decimal(examined.longitude)
    ensure_clean(origin)
    origin.save(force_insert=True)
    return [origin]
