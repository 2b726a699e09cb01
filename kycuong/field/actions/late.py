"""What is done with photos that came after the signing: an addendum takes them in, or somebody notes why they are no part of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from kycuong.audit.log import act, record_many
from kycuong.core.clock import now
from kycuong.core.problems import BadInput, Stale
from kycuong.field import store
from kycuong.field.queries.late import LatePhoto, late_photos
from kycuong.files.actions import keep_attachment
from kycuong.files.store import Examined
from kycuong.inspections import actions as desk
from kycuong.inspections.authority import authorize
from kycuong.inspections.models import Addendum, Visit
from kycuong.inspections.rules import ensure_reason
from kycuong.orgs.models import Person

from .receiving import visits_of

MOST_TEXT = 5000


@act
def join_late(
    visit: Visit, *, by: Person, media: Collection[UUID], examined: dict[UUID, Examined], text: str, **signed: Any
) -> Addendum:
    """An addendum to the signed minutes that names each photo by its hash; the photos are kept with it."""
    authorize(by, "visit.sign", at=visit)
    (visit,) = visits_of({visit.pk})
    chosen = _open(visit, media)
    addendum = desk.add_addendum(visit, by=by, text=_with_photos(text, chosen), **signed)
    for one in chosen:
        row = one.media
        row.attachment = keep_attachment(
            examined[row.uid], by=by, uid=row.uid, authorize=lambda: authorize(by, "visit.sign", at=visit)
        )
        row.addendum = addendum
        row.save(update_fields=["attachment", "addendum"])
        transaction.on_commit(lambda uid=row.uid: store.forget(uid))  # type: ignore[misc]
    record_many("field.join", [one.media for one in chosen], by=by)
    return addendum


@act
def put_beside(visit: Visit, *, by: Person, media: Collection[UUID], reason: str) -> int:
    """These photos are no part of the minutes. They are kept, with who said so and why."""
    authorize(by, "visit.sign", at=visit)
    ensure_reason(reason)
    (visit,) = visits_of({visit.pk})
    rows = [one.media for one in _open(visit, media)]
    for row in rows:
        row.beside_at, row.beside_by, row.beside_reason = now(), by, reason.strip()
        row.save(update_fields=["beside_at", "beside_by", "beside_reason"])
    record_many("field.put_beside", rows, by=by)
    return len(rows)


def _with_photos(text: str, photos: Sequence[LatePhoto]) -> str:
    """What is signed names each photo: its hash, and what was said of it on the phone."""
    lines = [f"{n}. {one.about}. Mã SHA-256: {one.media.sha256}" for n, one in enumerate(photos, 1)]
    whole = "\n".join([text.strip(), "", "Ảnh kèm theo:", *lines])
    if len(whole) > MOST_TEXT:
        raise BadInput(
            "Nội dung và danh sách ảnh dài quá một biên bản bổ sung. Hãy chọn ít ảnh hơn, hoặc viết ngắn lại.",
            en="Text and photos do not fit into one addendum. Choose fewer photos, or write less.",
        )
    return whole


def _open(visit: Visit, media: Collection[UUID]) -> list[LatePhoto]:
    found = late_photos(visit, only=media)
    undecided = [one for one in found if not one.is_decided]
    if not undecided or len(undecided) != len(set(media)):
        raise Stale(
            "Hãy chọn ảnh còn chờ xử lý: có ảnh vừa được đưa vào biên bản bổ sung hoặc đã ghi là không thuộc biên bản.",
            en="Choose photos that wait for a decision: some have just been joined or put beside.",
        )
    return undecided
