"""A photo or document is put beside a visit or an answer, and taken away again: the part that both share."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from kycuong.audit.log import record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now
from kycuong.core.problems import Stale
from kycuong.files.actions import keep_attachment
from kycuong.files.store import Examined
from kycuong.inspections import rules
from kycuong.inspections.models import FindingReply, Visit, VisitFile
from kycuong.inspections.queries import bytes_used
from kycuong.orgs.models import Person


class Given(NamedTuple):
    """What is put there: the file as it was looked at, what it is about, and the sender's own mark of it."""

    examined: Examined
    criterion_code: str = ""
    caption: str = ""
    uid: UUID | None = None


def keep_file(
    visit: Visit, given: Given, *, by: Person, may: Callable[[], None], reply: FindingReply | None = None
) -> VisitFile:
    """Keep it, if there is room: a visit has its own, and so has each answer."""
    there = VisitFile.objects.standing().filter(visit=visit, reply=reply).count()
    used = bytes_used(visit, reply)
    rules.ensure_room(files=there, used=used, more=len(given.examined.data), most=settings.VISIT_FILES_BYTES)
    attachment = keep_attachment(given.examined, by=by, authorize=may, uid=given.uid)
    file = VisitFile(visit=visit, reply=reply, attachment=attachment, caption=given.caption.strip(), added_by=by)
    file.criterion_code = given.criterion_code
    ensure_clean(file)
    file.save(force_insert=True)
    record("file.add", file, by=by, sha256=attachment.sha256)
    return file


def drop_file(file: VisitFile, *, by: Person) -> VisitFile:
    """It is no longer shown; the bytes stay, for the log."""
    file.removed_at, file.removed_by = now(), by
    ensure_clean(file)
    standing = VisitFile.objects.filter(pk=file.pk, removed_at=None)
    if not standing.update(removed_at=file.removed_at, removed_by=by):
        raise Stale("Ảnh, tệp này vừa được bỏ.", en="This photo or file has just been removed.")
    record("file.remove", file, by=by)
    return file


def put_file_back(file: VisitFile, *, by: Person, code: str, caption: str) -> VisitFile:
    """It is shown again, if there is room."""
    there = VisitFile.objects.standing().filter(visit=file.visit, reply=file.reply).count()
    used, more = bytes_used(file.visit, file.reply), file.attachment.size
    rules.ensure_room(files=there, used=used, more=more, most=settings.VISIT_FILES_BYTES)
    file.removed_at, file.removed_by, file.criterion_code, file.caption = None, None, code, caption.strip()
    ensure_clean(file)
    said = {"removed_at": None, "removed_by": None, "criterion_code": code, "caption": file.caption}
    if not VisitFile.objects.filter(pk=file.pk, removed_at__isnull=False).update(**said):
        raise Stale("Ảnh, tệp này vừa được đưa trở lại.", en="This photo or file has just been put back.")
    record("file.restore", file, by=by)
    return file
