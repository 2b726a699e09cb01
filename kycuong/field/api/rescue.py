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
    for uid in bundle.chunks:
        media = queries.announced(uid, request.user)
        if media is not None and media.complete_at is None:
            _put(request, media, device, bundle, uid)
    return told(results)


def _put(request: Request, media: FieldMedia, device: FieldDevice, bundle: actions.Bundle, uid: UUID) -> None:
    data, there = bundle.photo(uid, media.size), store.offset_of(media.uid)
    if len(data) > there:
        there = store.append(media.uid, there, data[there:])
    if there < media.size:
        return
    try:
        store.finish(media.uid, media.sha256)
    except BadInput:
        return  # it is sent anew by the phone, or stays among what is missing
    actions.keep_photo(media, device, by=request.user, examined=actions.examined(media), handed_in=True)
