"""Phones are enrolled and taken out of use; the key of one's own phone is given back when somebody else approves."""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken, Stale
from kycuong.core.sealing import KEY_SIZE, keyring
from kycuong.field.authority import authorize
from kycuong.field.models import FieldAside, FieldDevice, KeyRequest
from kycuong.inspections.rules import ensure_reason
from kycuong.orgs.models import Person


@act
def enrol(*, by: Person, uid: UUID, name: str, key: str) -> FieldDevice:
    """Enrol a browser for the person, and keep its data key sealed. The same again answers with the first one."""
    authorize(by, FieldDevice(person=by))
    there = FieldDevice.objects.filter(uid=uid).first()
    if there is not None:
        _ensure_same(there, by, key)
        return there
    _ensure_key(key)
    device = FieldDevice(uid=uid, person=by, name=" ".join(name.split())[:80])
    device.sealed_key = keyring().seal(key, about=device.place_of_key)
    ensure_clean(device)
    device.save(force_insert=True)
    record("device.enrol", device, by=by)
    return device


@act
def ask_key(device: FieldDevice, *, by: Person, reason: str) -> KeyRequest:
    """Ask for the key of one's own phone: the passphrase was forgotten. Asked again while nobody has answered, or before the
    key was read, it is one request."""
    authorize(by, device)
    ensure_reason(reason)
    waiting = device.key_requests.filter(approved_at=None).first()
    if there := waiting or device.key_requests.good().first():
        return there
    request = KeyRequest(device=device, reason=reason.strip(), asked_by=by)
    ensure_clean(request)
    request.save(force_insert=True)
    record("device.ask_key", request, by=by)
    return request


@act
def approve_key(device: FieldDevice, *, by: Person) -> KeyRequest:
    """Let the owner have the key of the phone again. Nobody approves the own request."""
    authorize(by, device, answering=True)
    waiting = device.key_requests.filter(approved_at=None).first()
    if waiting is None:
        raise RuleBroken(
            "Không có yêu cầu nào chờ duyệt cho máy này.", en="No request for the key of this phone waits for approval."
        )
    waiting.approved_at, waiting.approved_by = now(), by
    ensure_clean(waiting)
    open_ones = KeyRequest.objects.filter(pk=waiting.pk, approved_at=None)
    if not open_ones.update(approved_at=waiting.approved_at, approved_by=by):
        raise Stale("Yêu cầu này vừa được duyệt.", en="This request has just been approved.")
    record("device.approve_key", waiting, by=by)
    return waiting


@act
def read_key(device: FieldDevice, *, by: Person) -> str:
    """The key of one's own phone, once for each approval, within a day of it. Each reading is on record."""
    authorize(by, device)
    approved = device.key_requests.good().first()
    if approved is None or not device.key_requests.good().filter(pk=approved.pk).update(read_at=now()):
        raise NotAllowed(
            "Chưa có lượt duyệt nào còn dùng được cho máy này; mỗi lượt duyệt mở khóa một lần, trong 24 giờ. "
            "Hãy gửi yêu cầu rồi nhờ trưởng đoàn hoặc quản trị hệ thống duyệt ở trang «Máy đi thực địa».",
            en="No approval is good for this phone's key: each opens it once, within 24 hours. "
            "Ask again, and have the head of the team or the administrator approve.",
        )
    approved.refresh_from_db()
    record("device.read_key", approved, by=by)
    return keyring().unseal(device.sealed_key, about=device.place_of_key)


@act
def read_unplaced(device: FieldDevice, *, by: Person) -> list[FieldAside]:
    """What the phone sent that belongs to no visit here: the owner reads it, and who answers for the owner. On record."""
    authorize(by, device, answering=True, owner=True)
    record("device.read_unplaced", device, by=by, op="read")
    return list(device.aside.filter(visit=None).select_related("sent_by"))


@act
def revoke(device: FieldDevice, *, by: Person) -> FieldDevice:
    """Take a phone out of use: lost, stolen, replaced. What it sent stays; what it still holds comes by a rescue bundle."""
    authorize(by, device, answering=True, owner=True)
    device.revoked_at, device.revoked_by = now(), by
    if not FieldDevice.objects.filter(pk=device.pk, revoked_at=None).update(
        revoked_at=device.revoked_at, revoked_by=by
    ):
        raise Stale("Máy này đã được thu hồi rồi.", en="This phone has been revoked already.")
    record("device.revoke", device, by=by)
    return device


def _ensure_same(there: FieldDevice, by: Person, key: str) -> None:
    if there.person_id != by.pk or keyring().unseal(there.sealed_key, about=there.place_of_key) != key:
        raise Stale(
            "Máy này đã ghi danh cho người khác hoặc với khóa khác. Hãy ghi danh lại với mã máy mới.",
            en="This phone is enrolled for somebody else, or with another key. Enrol it with a new uid.",
        )


def _ensure_key(key: str) -> None:
    try:
        raw = base64.b64decode(key, validate=True)
    except (ValueError, binascii.Error):
        raw = b""
    if len(raw) != KEY_SIZE:
        raise BadInput(
            "Khóa của máy phải là 32 byte viết bằng base64.",
            en="The key of the phone is 32 bytes in base64.",
            errors=[{"field": "key", "vi": "Khóa chưa đúng.", "en": "Not a key."}],
        )
