"""Photos and files at a visit: added and taken away while it is a draft, looked into with a reason."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.problems import Stale
from kycuong.files import store
from kycuong.files.models import AttachmentOrigin
from kycuong.files.store import Examined
from kycuong.inspections import authority, rules
from kycuong.inspections.models import Visit, VisitFile
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person

from ._kept import Given, drop_file, keep_file, put_file_back
from ._steps import criterion_at, ensure_open_draft

RECORD = "visit.record"


@act
def add_file(
    visit: Visit,
    *,
    by: Person,
    examined: Examined,
    criterion_code: str = "",
    caption: str = "",
    uid: UUID | None = None,
) -> VisitFile:
    """Add a photo or document to a draft. Repeating the call with the same uid returns the first one.

    The version of the visit stays: whoever has its form open has not been overtaken. Signing asks what was read back.
    """
    authority.authorize(by, RECORD, at=visit)
    if uid and (already := VisitFile.objects.filter(attachment__uid=uid, visit=visit).first()):
        return already
    ensure_open_draft(visit)
    criterion = criterion_at(visit, criterion_code)
    may, code = partial(authority.authorize, by, RECORD, at=visit), criterion.code if criterion else ""
    return keep_file(visit, Given(examined, code, caption, uid), by=by, may=may)


@act
def describe_file(file: VisitFile, *, by: Person, criterion_code: str, caption: str) -> VisitFile:
    """Say anew what a photo or document of a draft shows."""
    authority.authorize(by, RECORD, at=file.visit)
    ensure_open_draft(file.visit)
    criterion = criterion_at(file.visit, criterion_code)
    file.criterion_code, file.caption = criterion.code if criterion else "", caption.strip()
    ensure_clean(file)
    said = {"criterion_code": file.criterion_code, "caption": file.caption}
    if not VisitFile.objects.filter(pk=file.pk, removed_at=None).update(**said):
        raise Stale("Ảnh, tệp này vừa được bỏ.", en="This photo or file has just been removed.")
    record("file.describe", file, by=by)
    return file


@act
def remove_file(file: VisitFile, *, by: Person) -> VisitFile:
    """Take a photo or document out of a draft. It is no longer shown; the bytes stay, for the log."""
    authority.authorize(by, RECORD, at=file.visit)
    ensure_open_draft(file.visit)  # what hangs on an answer is taken away by the unit: its visit is no draft any more
    return drop_file(file, by=by)


@act
def restore_file(file: VisitFile, *, by: Person, criterion_code: str = "", caption: str = "") -> VisitFile:
    """Put back what was taken out of a draft: the same bytes, with what is said of them now. There must be room for it."""
    authority.authorize(by, RECORD, at=file.visit)
    ensure_open_draft(file.visit)
    criterion = criterion_at(file.visit, criterion_code)
    return put_file_back(file, by=by, code=criterion.code if criterion else "", caption=caption)


@act
def look_into_file(file: VisitFile, *, by: Person, reason: str) -> tuple[AttachmentOrigin | None, bytes]:
    """Hour, place and camera of a photo, and the file as it was sent: with a reason, on record."""
    authorize(by, "evidence.custody", at=file.visit.inspection.lead)
    rules.ensure_reason(reason)
    original = store.contents(file.attachment.sha256)
    record("file.look", file, by=by, op="read", reason=reason.strip())
    return AttachmentOrigin.objects.filter(attachment_id=file.attachment_id).first(), original
