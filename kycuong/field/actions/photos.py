"""A photo whose bytes are all here is acknowledged; then it is looked at, and kept with the files of its visit."""

from __future__ import annotations

from kycuong.audit.log import act, record
from kycuong.core.clock import now
from kycuong.core.problems import BadInput
from kycuong.field import store
from kycuong.field.authority import authorize
from kycuong.field.models import FieldDevice, FieldMedia
from kycuong.files.store import Examined, examine
from kycuong.orgs.models import Person

from ._record import bring_up
from .receiving import make_durable, visits_of

SENTENCE = 500


@act
def keep_photo(media: FieldMedia, device: FieldDevice, *, by: Person, handed_in: bool = False) -> FieldMedia:
    """Note that the bytes are whole and on the disk: the phone may forget them. They are looked at when it has its answer."""
    authorize(by, device, handing_in=[media.visit.uid] if handed_in else None)
    make_durable()
    if FieldMedia.objects.filter(pk=media.pk, complete_at=None).update(complete_at=now()):
        record("field.photo", media, by=by)
    media.refresh_from_db()
    return media


@act
def check_photo(media: FieldMedia, device: FieldDevice, *, by: Person, found: Examined | BadInput) -> FieldMedia:
    """Note what was found in it, and let the record follow. What is no photo stays whole on the disk; its op is set aside."""
    authorize(by, device, handing_in=[media.visit.uid])
    vi, en = (found.vi, found.en) if isinstance(found, BadInput) else ("", "")
    noted = {"checked_at": now(), "fault_vi": vi[:SENTENCE], "fault_en": en[:SENTENCE]}
    FieldMedia.objects.filter(pk=media.pk, checked_at=None).update(**noted)
    media.refresh_from_db()
    (visit,) = visits_of({media.visit_id})
    bring_up(visit, by=by, photos={media.uid: found})
    return media


def examined(media: FieldMedia) -> Examined | BadInput:
    """What is in it, before the act begins: decoding takes its time, and others wait for the act."""
    try:
        return examine(store.contents(media.uid), f"{media.uid}.jpg")
    except BadInput as problem:
        return problem
