"""A rescue bundle, handed in by whoever has the file: the same intake, any number of times."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router

from kycuong.core.http import Request
from kycuong.core.problems import BadInput, Missing
from kycuong.field import actions, queries, store
from kycuong.field.api.reading import body_within, json_of
from kycuong.field.api.sync import told
from kycuong.field.models import FieldDevice, FieldMedia

router = Router(tags=["field"])
MOST_BYTES = 128 * 1024 * 1024
NOT_ANNOUNCED = (
    "Máy chủ chưa biết ảnh này thuộc lượt nào nên chưa nhận. Hãy giữ gói dự phòng và báo trưởng đoàn.",
    "The server does not know to which visit this photo belongs, and did not take it. Keep the bundle; tell the head of the team.",
)
PARTS_ONLY = (
    "Gói chưa có đủ ảnh này hoặc ảnh bị hỏng. Hãy giữ máy và gói dự phòng, gửi lại từ máy khi có mạng.",
    "The bundle does not hold the whole of this photo, or it is damaged. Keep phone and bundle; send it from the phone.",
)


@router.post("/rescue", operation_id="field_rescue", response=dict)
def rescue(request: Request) -> Any:
    """Ops and photos of somebody's phone. Whoever sees one of its visits may hand it in, and who answers for the owner."""
    sent = json_of(body_within(request, MOST_BYTES))
    device = queries.phone_of_bundle(sent.get("device"))
    if device is None:
        raise Missing(
            "Gói này của một máy chưa ghi danh ở đây nên không mở được. Hãy giữ tệp và báo quản trị hệ thống.",
            en="This bundle is of a phone that is not enrolled here. Keep the file and tell the administrator.",
        )
    bundle = actions.open_bundle(device, sent)
    results = actions.rescue(device, bundle.ops, by=request.user, visits=bundle.visits)
    photos = [_photo(request, device, bundle, uid) for uid in bundle.chunks]
    return {**told(results), "media": photos}


def _photo(request: Request, device: FieldDevice, bundle: actions.Bundle, uid: UUID) -> dict[str, Any]:
    """What became of one photo. Who may hand the bundle in has been asked; here it does not matter who sees the visit."""
    media = queries.announced_by(device, uid) or queries.announced(uid, request.user)
    problem = NOT_ANNOUNCED if media is None else None
    if media is not None and media.complete_at is None:
        problem = _put(request, media, device, bundle.photo(uid, media.size))
    done = media is not None and problem is None
    return {"id": str(uid), "complete": done, "problem": problem and {"vi": problem[0], "en": problem[1]}}


def _put(request: Request, media: FieldMedia, device: FieldDevice, data: bytes) -> tuple[str, str] | None:
    """Bytes from the bundle win over parts that are here, if they are the photo; else those that follow on are put at the end.
    What still stands in the way, if anything."""
    try:
        if not store.put_whole(media.uid, media.sha256, data):
            there = store.offset_of(media.uid)
            if max(there, store.append(media.uid, there, data[there:]) if data[there:] else 0) < media.size:
                return PARTS_ONLY
            store.finish(media.uid, media.sha256)
    except (BadInput, store.WrongOffset, FileNotFoundError):
        media.refresh_from_db()
        return None if media.complete_at else PARTS_ONLY
    actions.look_at(actions.keep_photo(media, device, by=request.user, handed_in=True))
    return None
