"""Photos are looked at when the phone has its answer: by a thread of the server, or at once where there is none.

What the thread does not come to, because its process ended, the tick finds (kycuong.field.tasks).
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Collection
from uuid import UUID

from django.db import connections

from kycuong.core.problems import BadInput
from kycuong.field import store
from kycuong.field.models import FieldMedia
from kycuong.field.queries.late import late_photos
from kycuong.files.store import Examined, examine
from kycuong.inspections.models import Visit

from .photos import check_photo, examined

_waiting: queue.SimpleQueue[int] | None = None


def start() -> threading.Thread:
    """In each process of the server; from here on no request waits for a photo to be decoded."""
    global _waiting
    _waiting = queue.SimpleQueue()
    thread = threading.Thread(target=_forever, args=(_waiting,), name="photos", daemon=True)
    thread.start()
    return thread


def look_at(media: FieldMedia) -> None:
    """As soon as the answer is out, or now."""
    if _waiting is None:
        check(media.pk)
    else:
        _waiting.put(media.pk)


def check(pk: int) -> bool:
    """Look at one, by the word of the owner of the phone that took it. Whether there was anything to look at."""
    waiting = FieldMedia.objects.all().unchecked().filter(pk=pk, device__isnull=False)
    media = waiting.select_related("visit", "device__person").first()
    if media is None or media.device is None:
        return False
    check_photo(media, media.device, by=media.device.person, found=examined(media))
    return True


def check_or_tell(pk: int) -> bool:
    """The same; what goes wrong with one is told in the server's log and keeps no other waiting."""
    try:
        return check(pk)
    except Exception:
        logging.getLogger(__name__).exception("a photo could not be looked at")
        return False


def examined_late(visit: Visit, media: Collection[UUID]) -> dict[UUID, Examined]:
    """They are looked at before the act begins; one that is no photo can be in no addendum."""
    return {one.media.uid: _examined(one.media) for one in late_photos(visit, only=media)}


def _examined(media: FieldMedia) -> Examined:
    try:
        return examine(store.contents(media.uid), f"{media.uid}.jpg")
    except BadInput as problem:
        raise BadInput(
            f"Ảnh mã {media.sha256[:12]}… không đưa vào biên bản bổ sung được: {problem.vi} Hãy bỏ chọn, hoặc ghi là không thuộc biên bản.",
            en=f"The photo {media.sha256[:12]}… cannot be added: {problem.en}",
        ) from problem


def _forever(waiting: queue.SimpleQueue[int]) -> None:
    while True:
        check_or_tell(waiting.get())
        if waiting.empty():
            connections.close_all()
