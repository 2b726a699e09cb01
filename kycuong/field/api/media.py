"""Photos: how far one is, the next bytes of it; whole, it is kept with its visit."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from ninja import Router

from kycuong.core.http import Request, problem_response
from kycuong.core.problems import BadInput, Missing
from kycuong.field import actions, queries, store
from kycuong.field.api.reading import OutOfPlace, TooLarge, Unreadable, body_within, phone
from kycuong.field.models import FieldDevice, FieldMedia

router = Router(tags=["field"])
MOST_CHUNK = 1024 * 1024


@router.api_operation(["HEAD"], "/media/{uid}", operation_id="field_media")
def head(request: Request, uid: UUID) -> HttpResponse:
    """How many bytes are safe on the disk."""
    media = _announced(request, uid)
    there = media.size if _done(media) else store.offset_of(media.uid)
    mine = media.device if media.device and media.device.person_id == request.user.pk else None
    if mine and there == media.size and not _done(media):  # the last part came, and then the server fell over
        return _finish(request, media, phone(request, str(mine.uid)), there)
    return _told(media, there)


@router.patch("/media/{uid}", operation_id="field_put_media")
def put(request: Request, uid: UUID) -> HttpResponse:
    """The bytes from an offset on. The last ones make the whole, which must have the hash that was announced."""
    device = phone(request, request.headers.get("KT-Device"))
    media = _announced(request, uid)
    offset, length = _number(request, "Upload-Offset"), _number(request, "Upload-Length")
    if length > settings.FILE_BYTES:
        raise TooLarge("Ảnh quá lớn. Hãy giảm độ phân giải.", en="The photo is too large. Lower its resolution.")
    data = body_within(request, MOST_CHUNK)
    _ensure_sound(request, media, offset, length, data)
    if _done(media):
        return _told(media, media.size)
    try:
        there = store.append(media.uid, offset, data)
    except store.WrongOffset as wrong:
        return _wrong_offset(request, media, wrong.offset)
    return _finish(request, media, device, there)


def _finish(request: Request, media: FieldMedia, device: FieldDevice, there: int) -> HttpResponse:
    if there < media.size:
        return _told(media, there)
    try:
        store.finish(media.uid, media.sha256)
    except (BadInput, FileNotFoundError) as problem:
        return _finished_meanwhile(request, media, problem)
    media = actions.keep_photo(media, device, by=request.user)
    actions.look_at(media)
    return _told(media, media.size)


def _finished_meanwhile(request: Request, media: FieldMedia, problem: Exception) -> HttpResponse:
    """Its last part came twice, and the other request was first: the photo is kept, and its bytes are here no more."""
    media.refresh_from_db()
    if _done(media):
        return _told(media, media.size)
    if isinstance(problem, BadInput):
        return _with_offset(problem_response(request, problem), media, 0)
    return _wrong_offset(request, media, store.offset_of(media.uid))


def _ensure_sound(request: Request, media: FieldMedia, offset: int, length: int, data: bytes) -> None:
    if length != media.size or offset + len(data) > media.size or not (data or offset == media.size):
        raise BadInput(
            "Độ dài ảnh không khớp với thông báo của máy. Hãy gửi lại từ đầu.",
            en="The length does not match what was announced. Send it again.",
        )
    if hashlib.sha256(data).hexdigest() != request.headers.get("Chunk-Sha256", "").lower():
        raise BadInput(
            "Phần vừa gửi bị hỏng trên đường. Hãy gửi lại phần ấy.", en="The part was damaged. Send it again."
        )


def _wrong_offset(request: Request, media: FieldMedia, offset: int) -> HttpResponse:
    problem = OutOfPlace(
        f"Máy chủ đang có {offset} byte. Hãy gửi tiếp từ đó.", en=f"The server has {offset} bytes. Go on from there."
    )
    return _with_offset(problem_response(request, problem), media, offset)


def _announced(request: Request, uid: UUID) -> FieldMedia:
    media = queries.announced(uid, request.user)
    if media is None:
        raise Missing("Chưa có thông báo về ảnh này.", en="No op has announced this photo yet.")
    return media


def _done(media: FieldMedia) -> bool:
    return media.complete_at is not None


def _number(request: Request, name: str) -> int:
    text = request.headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise Unreadable(f"Thiếu {name}.", en=f"The header {name} is a whole number.")
    return int(text)


def _told(media: FieldMedia, offset: int) -> HttpResponse:
    return _with_offset(HttpResponse(status=204), media, offset)


def _with_offset(response: HttpResponse, media: FieldMedia, offset: int) -> HttpResponse:
    response["Upload-Offset"] = str(offset)
    response["Upload-Length"] = str(media.size)
    response["Upload-Complete"] = "?1" if _done(media) else "?0"
    return response
