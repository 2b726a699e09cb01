"""A photo whose bytes are all here is kept with the files of its visit."""

from __future__ import annotations

from kycuong.audit.log import act, record
from kycuong.core.clock import now
from kycuong.core.problems import BadInput
from kycuong.field import store
from kycuong.field.authority import authorize
from kycuong.field.models import FieldDevice, FieldMedia
from kycuong.files.store import Examined, examine
from kycuong.orgs.models import Person

from ._beside import Photos
from ._record import bring_up
from .receiving import make_durable, visits_of


@act
def keep_photo(
    media: FieldMedia,
    device: FieldDevice,
    *,
    by: Person,
    examined: Examined | BadInput | None = None,
    handed_in: bool = False,
) -> FieldMedia:
    """Note that the bytes are whole, and let the record follow. What the record refuses stays on the disk, whole."""
    authorize(by, device, handing_in=[media.visit.uid] if handed_in else None)
    make_durable()
    if FieldMedia.objects.filter(pk=media.pk, complete_at=None).update(complete_at=now()):
        record("field.photo", media, by=by)
    media.refresh_from_db()
    (visit,) = visits_of({media.visit_id})
    photos: Photos = {media.uid: examined} if examined is not None else {}
    bring_up(visit, by=by, photos=photos)
    return media


def examined(media: FieldMedia) -> Examined | BadInput:
    """The photo, looked at before the act begins: decoding takes its time, and others wait for the act."""
    try:
        return examine(store.contents(media.uid), f"{media.uid}.jpg")
    except BadInput as problem:
        return problem
