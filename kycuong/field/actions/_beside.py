"""Findings, people concerned and photos: each brought to the record by the desk's own acts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from kycuong.core.problems import BadInput
from kycuong.field import store
from kycuong.field.models import FieldMedia
from kycuong.field.queries.record import described, is_short
from kycuong.field.rules.ops import is_uid
from kycuong.field.rules.values import bad, finding_of_value, text_of
from kycuong.files.store import Examined, examine
from kycuong.files.store import contents as kept_bytes
from kycuong.inspections import actions as desk
from kycuong.inspections.models import ConcernedPerson, Finding, Visit, VisitFile
from kycuong.inspections.queries import name_of
from kycuong.inspections.rules.concerned import MASK
from kycuong.orgs.models import Person

from ._trying import Waits

Photos = Mapping[UUID, Examined | BadInput]
"""Photos that were looked at before the act began."""


def put_finding(visit: Visit, uid: UUID, value: Any, *, by: Person) -> None:
    """The finding says what the log says; None takes it away."""
    there = Finding.objects.filter(visit=visit, uid=uid).select_related("visit__inspection__lead").first()
    if value is None:
        if there:
            desk.remove_finding(there, by=by)
        return
    said = finding_of_value(value)
    if there and there.criterion_code == said["criterion_code"]:
        kept = {name: said[name] or getattr(there, name) for name in ("severity", "due_on")}
        desk.change_finding(there, by=by, description=said["description"], **kept)
        return
    if there:
        desk.remove_finding(there, by=by)
    desk.add_finding(visit, by=by, uid=uid, **said)


def put_person(visit: Visit, uid: UUID, value: Any, *, by: Person) -> None:
    """Whom a finding concerns, as the log says it. A masked name is one that the writer could not see: the old one stays."""
    there = ConcernedPerson.objects.filter(finding__visit=visit, uid=uid).select_related("finding__visit").first()
    if value is None:
        if there:
            desk.remove_concerned(there, by=by)
        return
    name = text_of(value, "name", 200)
    if name == MASK:
        name = name_of(there) if there else ""
    said = {"category": text_of(value, "category", 40), "position": text_of(value, "position", 200), "name": name}
    finding = _finding(visit, text_of(value, "finding", 40))
    if there and (there.finding, there.category, there.position, name_of(there)) == (finding, *said.values()):
        return
    if there:
        desk.remove_concerned(there, by=by)
    desk.add_concerned(finding, by=by, uid=uid, **said)


def _finding(visit: Visit, key: str) -> Finding:
    findings = list(Finding.objects.filter(visit=visit).select_related("visit__inspection__lead").order_by("pk"))
    by_uid = {str(one.uid): one for one in findings}
    coded = [one for one in reversed(findings) if is_short(visit, one.criterion_code)]
    by_code = {one.criterion_code: one for one in coded} | described(visit, findings)
    found = by_uid.get(key) if is_uid(key) else by_code.get(key)
    if found is None:
        raise Waits(
            "Tồn tại mà người này liên quan chưa có trong hồ sơ.",
            en="The finding that concerns this person is not there yet.",
        )
    return found


def put_photo(visit: Visit, uid: UUID, value: Any, *, by: Person, photos: Photos) -> None:
    """The photo stands with the visit once its bytes are here; None takes it away."""
    there = VisitFile.objects.standing().filter(visit=visit, attachment__uid=uid, reply=None).first()
    if value is None:
        if there:
            desk.remove_file(there, by=by)
        return
    said = {"criterion_code": text_of(value, "criterion_code", 10), "caption": text_of(value, "caption", 300)}
    if there:
        if (there.criterion_code, there.caption) != tuple(said.values()):
            desk.describe_file(there, by=by, **said)
        return
    if gone := _taken_out(visit, uid, value.get("sha256")):
        desk.restore_file(gone, by=by, **said)
        return
    media = FieldMedia.objects.filter(uid=uid, visit=visit).first()
    if media is None or media.sha256 != value.get("sha256"):
        raise bad("Thông báo về ảnh này không khớp với ảnh đã báo.", "This photo was announced otherwise before.")
    if media.complete_at is None:
        raise Waits("Ảnh còn trên máy.", en="The photo is still on the phone.")
    if media.checked_at is None:
        raise Waits("Ảnh đã nhận, đang kiểm tra.", en="The photo has come and is being looked at.")
    file = desk.add_file(visit, by=by, examined=_looked_at(media, photos), uid=uid, **said)
    FieldMedia.objects.filter(pk=media.pk).update(file=file)
    transaction.on_commit(lambda: store.forget(uid))


def _taken_out(visit: Visit, uid: UUID, sha: Any) -> VisitFile | None:
    """The photo that stood with the visit before, with the same bytes: it comes back as it was, from where files are kept."""
    found = VisitFile.objects.filter(visit=visit, attachment__uid=uid, reply=None, removed_at__isnull=False)
    gone = found.select_related("attachment", "visit__inspection__lead").first()
    return gone if gone and gone.attachment.sha256 == sha else None


def _looked_at(media: FieldMedia, photos: Photos) -> Examined:
    found = photos.get(media.uid) or (bad(media.fault_vi, media.fault_en) if media.fault_vi else None)
    if isinstance(found, BadInput):
        raise found
    if found:
        return found
    data = store.contents(media.uid) if store.is_whole(media.uid) else kept_bytes(media.sha256)
    return examine(data, f"{media.uid}.jpg")
