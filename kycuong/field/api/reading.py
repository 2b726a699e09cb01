"""What a phone sends is read here, by hand: an op that cannot be read must not take the others with it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from kycuong.core.problems import Missing, Problem
from kycuong.field import actions, queries
from kycuong.field.authority import authorize
from kycuong.field.models import FieldDevice
from kycuong.field.rules.ops import LARGEST, LARGEST_SEQ, is_uid
from kycuong.orgs.models import Person

MOST_OPS = 100
MOST_BYTES = 512 * 1024
PROTOCOL = "1"


class Unreadable(Problem):
    """The envelope is none: the phone keeps everything, and sends smaller parts to find the culprit."""

    code = "unreadable"
    status = 400
    title = "Không đọc được"


class TooLarge(Problem):
    """More than is taken at once: the phone halves it."""

    code = "too_large"
    status = 413
    title = "Quá lớn"


class OutOfPlace(Problem):
    """The bytes do not follow on those that are here."""

    code = "out_of_place"
    status = 409
    title = "Sai chỗ"


class Upgrade(Problem):
    """The phone speaks another protocol; a rescue bundle is always taken."""

    code = "upgrade"
    status = 426
    title = "Cần bản mới"


def body_within(request: HttpRequest, most: int) -> bytes:
    """The body, unless it is longer than that."""
    length = request.headers.get("Content-Length", "")
    if not length.isdigit():
        raise Unreadable("Yêu cầu không ghi độ dài.", en="The request has no Content-Length.")
    if int(length) > most:
        raise TooLarge(
            f"Gửi một lần nhiều nhất {most // 1024} kB. Hãy chia nhỏ.",
            en=f"At most {most // 1024} kB at once. Split it.",
        )
    return request.read(int(length))


def json_of(body: bytes) -> dict[str, Any]:
    """The envelope, whatever stands inside."""
    try:
        found = json.loads(body.decode(), parse_constant=_no_number)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unreadable("Máy chủ không đọc được gói gửi.", en="The envelope is no JSON object in UTF-8.")
    return found


def ensure_protocol(request: HttpRequest) -> None:
    """A phone that says which protocol it speaks must speak ours; one that does not say is taken at its word."""
    if request.headers.get("KT-Protocol", PROTOCOL) != PROTOCOL:
        raise Upgrade(
            "Ứng dụng trên máy dùng giao thức khác. Hãy tải lại ứng dụng, hoặc xuất gói dự phòng.",
            en="The app on the phone speaks another protocol. Reload it, or export the rescue bundle.",
        )


def phone(request: HttpRequest, uid: Any) -> FieldDevice:
    """The phone that sends: one's own, in use."""
    person: Person = request.user  # type: ignore[assignment]
    device = queries.phone_seen_by(person, uid)
    if device is None:
        raise Missing(
            "Máy này chưa ghi danh cho tài khoản của bạn. Hãy ghi danh máy rồi gửi lại.",
            en="This phone is not enrolled for your account. Enrol it, then send again.",
        )
    authorize(person, device)
    return device


def beat_of(sent: dict[str, Any]) -> actions.Heartbeat:
    """What the phone says of itself, or Unreadable."""
    queued = sent.get("queued")
    queued = queued if isinstance(queued, dict) else {}
    oldest = queued.get("oldest_wall")
    numbers = [sent.get("sent_wall"), sent.get("seq_head"), queued.get("ops", 0), queued.get("media", 0), oldest or 0]
    if not all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one <= LARGEST for one in numbers):
        raise Unreadable("Phần đầu gói gửi chưa đúng.", en="sent_wall, seq_head and queued are whole numbers.")
    wall, head, ops, media = (int(one or 0) for one in numbers[:4])
    return actions.Heartbeat(wall, min(head, LARGEST_SEQ), min(ops, LARGEST_SEQ), min(media, LARGEST_SEQ), oldest)


def uid_of(text: str) -> UUID:
    if not is_uid(text):
        raise Unreadable("Mã chưa đúng.", en="Not a UUID.")
    return UUID(text)


def _no_number(text: str) -> float:
    raise ValueError(text)
