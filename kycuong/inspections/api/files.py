"""The API of photos and files: announced, sent in parts of 48 KiB in any order, resumed where the line broke, finished."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from kycuong.core.http import Request
from kycuong.core.problems import BadInput, Stale
from kycuong.files import store
from kycuong.files.store import Examined, Upload
from kycuong.inspections import actions, rules
from kycuong.inspections.authority import authorize
from kycuong.inspections.models import Finding, Visit, VisitFile
from kycuong.orgs.authority import authorize as authorize_at_unit

from .answers import FileOut
from .schemas import REFUSED, In
from .told import told_file

router = Router(tags=["files"])


class UploadIn(In):
    """A photo or document that will be sent. `uid` is the sender's own, so that announcing twice is announcing once."""

    uid: UUID
    name: Annotated[str, Field(max_length=300)]
    size: Annotated[int, Field(strict=True, ge=0, le=10**12)]
    sha256: Annotated[str, Field(max_length=64, description="Của cả tệp, chữ thường.")]
    criterion_code: Annotated[str, Field(max_length=10)] = ""
    caption: Annotated[str, Field(max_length=300)] = ""


class UploadOut(Schema):
    """How far an upload is: the numbers of the parts that are safe on the server."""

    uid: UUID
    chunk_bytes: int
    chunks: int
    received: list[int]
    finished: bool


@router.post("/visits/{uid}/uploads", response={201: UploadOut, **REFUSED}, operation_id="begin_upload")
def begin(request: Request, uid: UUID, body: UploadIn) -> Any:
    """Announce a file for a draft; again, to learn which parts have arrived."""
    visit = _visit(request, uid)
    authorize(request.user, "visit.record", at=visit)
    if there := _kept(request, body.uid):
        return Status(201, _done(body.uid, mine=there.visit_id == visit.pk and there.reply is None))
    rules.ensure_draft(visit)
    about = {"visit": str(visit.uid), "criterion_code": body.criterion_code, "caption": body.caption}
    upload = store.begin(
        body.uid, owner=request.user.pk, size=body.size, sha256=body.sha256, name=body.name, about=about
    )
    return Status(201, _told(upload))


@router.post("/findings/{uid}/uploads", response={201: UploadOut, **REFUSED}, operation_id="begin_reply_upload")
def begin_for_reply(request: Request, uid: UUID, body: UploadIn) -> Any:
    """Announce a file for the unit's answer to a finding; again, to learn which parts have arrived."""
    finding = _finding(request, uid)
    authorize_at_unit(request.user, "conclusion.reply", at=finding.visit.unit)
    if there := _kept(request, body.uid):
        return Status(201, _done(body.uid, mine=there.reply is not None and there.reply.finding_id == finding.pk))
    about = {"finding": str(finding.uid), "caption": body.caption}
    upload = store.begin(
        body.uid, owner=request.user.pk, size=body.size, sha256=body.sha256, name=body.name, about=about
    )
    return Status(201, _told(upload))


@router.get("/uploads/{uid}", response={200: UploadOut, **REFUSED}, operation_id="upload")
def upload(request: Request, uid: UUID) -> Any:
    """How far an upload of one's own is."""
    return _told(store.find_upload(uid, owner=request.user.pk))


@router.put("/uploads/{uid}/chunks/{place}", response={204: None, **REFUSED}, operation_id="put_chunk")
def put_chunk(request: Request, uid: UUID, place: int) -> Any:
    """One part, as plain bytes: all of `chunk_bytes`, but for the last. The same again changes nothing."""
    store.put_chunk(store.find_upload(uid, owner=request.user.pk), place, request.body)
    return Status(204, None)


@router.post("/uploads/{uid}/finish", response={201: FileOut, **REFUSED}, operation_id="finish_upload")
def finish(request: Request, uid: UUID) -> Any:
    """Put the parts together, look at the file, and add it to its visit. Repeating it answers with the first one."""
    if file := _kept(request, uid):
        return _kept_told(request, file)
    found = store.find_upload(uid, owner=request.user.pk)
    file = _added_to_reply(request, found) if "finding" in found.about else _added_to_visit(request, found)
    store.forget(found)
    return _kept_told(request, file)


def _added_to_visit(request: Request, found: Upload) -> VisitFile:
    visit = _visit(request, UUID(found.about["visit"]))
    authorize(request.user, "visit.record", at=visit)
    return actions.add_file(
        visit,
        by=request.user,
        examined=_examined(found),
        criterion_code=found.about["criterion_code"],
        caption=found.about["caption"],
        uid=found.uid,
    )


def _added_to_reply(request: Request, found: Upload) -> VisitFile:
    finding = _finding(request, UUID(found.about["finding"]))
    authorize_at_unit(request.user, "conclusion.reply", at=finding.visit.unit)
    examined, caption = _examined(found), found.about["caption"]
    return actions.add_reply_file(finding, by=request.user, examined=examined, caption=caption, uid=found.uid)


def _done(uid: UUID, *, mine: bool) -> dict[str, Any]:
    """The upload has arrived already, at what it is announced for."""
    if not mine:
        raise Stale(
            "Mã của lần gửi này đã dùng cho ảnh, tệp của một lượt khác. Hãy chọn tệp và gửi lại.",
            en="This upload's uid was used for a file of another visit. Choose the file and send it again.",
        )
    return {"uid": uid, "chunk_bytes": store.CHUNK, "chunks": 0, "received": [], "finished": True}


def _finding(request: Request, uid: UUID) -> Finding:
    seen = Finding.objects.visible_to(request.user).select_related("visit__inspection__lead", "visit__unit")
    return get_object_or_404(seen, uid=uid)


def _kept_told(request: Request, file: VisitFile) -> Any:
    if file.visit.is_sealed_draft:
        actions.note_look(file.visit, by=request.user)
    return Status(201, told_file(file))


def _examined(found: Upload) -> Examined:
    data = store.whole(found)
    try:
        return store.examine(data, found.name)
    except BadInput:
        store.forget(found)  # sending it again would change nothing
        raise


def _told(found: Upload) -> dict[str, Any]:
    done = found.received
    return {"uid": found.uid, "chunk_bytes": store.CHUNK, "chunks": found.chunks, "received": done, "finished": False}


def _kept(request: Request, uid: UUID) -> VisitFile | None:
    return VisitFile.objects.visible_to(request.user).select_related("reply").filter(attachment__uid=uid).first()


def _visit(request: Request, uid: UUID) -> Visit:
    return get_object_or_404(Visit.objects.visible_to(request.user).select_related("inspection__lead"), uid=uid)
