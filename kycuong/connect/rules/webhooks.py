"""Where what happens is told to, which things, in which form, and how often it is tried. No database, no HTTP.

Signed as Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature), so that receivers find a library for it.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from kycuong.core.problems import BadInput, Problem, RuleBroken

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS = {"https": 443, "http": 80}
PUBLIC_IPV6 = ip_network("2000::/3")
MOST_DESTINATIONS, LONGEST_ADDRESS = 20, 500
SECONDS = 10
"""So long is an answer waited for."""
KEPT_TRIALS = 10
"""So many trials of a destination are kept."""
AGAIN = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 360, 720, 1440))
"""After each failure; when all are used up, sending pauses."""
KEPT = timedelta(days=30)
"""So long a delivery stays: sent, to be looked at; waiting, to be sent."""
TRIAL = "test"
SECRET = "whsec_"  # noqa: S105 - how a secret begins
SECRET_BYTES = 32


class Kind(TextChoices):
    """What may be told."""

    VISIT_SIGNED = "visit.signed", _("Ký biên bản một lượt kiểm tra")
    VISIT_CORRECTED = "visit.corrected", _("Biên bản bổ sung")
    VISIT_ANNULLED = "visit.annulled", _("Hủy lượt đã ký")
    CONCLUSION_ISSUED = "conclusion.issued", _("Ban hành kết luận")
    RECOMMENDATION_ISSUED = "recommendation.issued", _("Ban hành kiến nghị")
    RECOMMENDATION_CHANGED = "recommendation.changed", _("Kiến nghị đổi hạn, trạng thái hoặc đơn vị thực hiện")
    RECOMMENDATION_SETTLED = "recommendation.settled", _("Kiến nghị đã khắc phục hoặc kết thúc")
    ROUND_SIGNED = "round.signed", _("Ký báo cáo định kỳ")


class State(TextChoices):
    """A destination is sent to, waits for a person, or is no more."""

    ACTIVE = "active", _("Đang gửi")
    PAUSED = "paused", _("Tạm dừng")
    REMOVED = "removed", _("Đã gỡ")


class Outcome(TextChoices):
    """What came of the last try."""

    NONE = "", _("chưa gửi")
    TAKEN = "taken", _("đã nhận")
    REFUSED = "refused", _("trả lời lỗi")
    REDIRECT = "redirect", _("đòi chuyển hướng")
    SLOW = "slow", _("không trả lời trong 10 giây")
    CERTIFICATE = "certificate", _("chứng thư không tin được")
    UNREACHABLE = "unreachable", _("không kết nối được")
    PRIVATE = "private", _("tên máy trỏ vào mạng nội bộ")


@dataclass(frozen=True, slots=True)
class Place:
    """What an address leads to."""

    scheme: str
    host: str
    port: int

    @property
    def origin(self) -> str:
        """Without the path, which may hold what only the receiver should know: for lists, logs and keys."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")


def place_of(address: str) -> Place:
    """Of an address that could be one; BadInput otherwise."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), PORTS.get(parts.scheme, 0) if parts.port is None else parts.port
    except ValueError:
        raise _unfit() from None
    plain = address.isascii() and address.isprintable() and " " not in address and len(address) <= LONGEST_ADDRESS
    if not plain or parts.scheme not in PORTS or not host or not port or set(address) & set("?#@"):
        raise _unfit()
    if parts.scheme == "http" and host not in LOOPBACK:
        raise BadInput(
            "Địa chỉ phải bắt đầu bằng https://; http chỉ dùng cho chính máy chủ này (127.0.0.1).",
            en="The address must begin with https://; http is for this very machine only (127.0.0.1).",
        )
    return Place(parts.scheme, host, port)


def allowed(place: Place, hosts: Collection[tuple[str, int | None]]) -> tuple[bool, bool]:
    """Whether the installation lists it, and whether with its port: then it may lie in a private network."""
    if (place.host, place.port) in hosts:
        return True, True
    return (place.host, None) in hosts and place.port == PORTS["https"] and place.scheme == "https", False


def listed(place: Place, hosts: Collection[tuple[str, int | None]]) -> bool:
    """Whether something may be sent there."""
    there, with_port = allowed(place, hosts)
    return there and (place.scheme != "http" or with_port)


def ensure_allowed(address: str, hosts: Collection[tuple[str, int | None]]) -> None:
    """BadInput or RuleBroken unless something may be sent there."""
    place = place_of(address)
    if not listed(place, hosts):
        raise RuleBroken(
            f"Hệ thống này chưa cho phép gửi tới {place.host}:{place.port}. Hãy nhờ quản trị máy chủ thêm vào "
            "KYCUONG_WEBHOOK_HOSTS.",
            en=f"This installation does not allow {place.host}:{place.port}; ask its administrator to add it to "
            "KYCUONG_WEBHOOK_HOSTS.",
        )


def ensure_kinds(kinds: Collection[str]) -> list[str]:
    """In the order of the list, at least one."""
    found = [one for one in Kind.values if one in kinds]
    if not found or set(kinds) - set(Kind.values):
        raise BadInput(
            f"Hãy chọn ít nhất một loại việc trong: {', '.join(Kind.values)}.",
            en=f"Choose at least one kind of: {', '.join(Kind.values)}.",
        )
    return found


def is_private(address: str) -> bool:
    """Whether an address of the network is no public one."""
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None:
            return is_private(str(inner))
        if (
            found not in PUBLIC_IPV6
        ):  # what the library calls global elsewhere are translations and old kinds of private addresses
            return True
    return not found.is_global or found.is_multicast


def new_secret() -> str:
    return SECRET + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def body_of(kind: str, happened_at: datetime, data: Mapping[str, str | None]) -> bytes:
    """What is sent: the same bytes each time."""
    told = {"type": kind, "timestamp": f"{happened_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", "data": data}
    return json.dumps(told, separators=(",", ":")).encode()


def headers_of(uid: UUID, moment: datetime, body: bytes, secret: str) -> dict[str, str]:
    """`webhook-id` is the same each time that a thing is sent; the moment is that of this try."""
    name, stamp = f"msg_{uid.hex}", str(int(moment.timestamp()))
    key = base64.b64decode(secret.removeprefix(SECRET))
    mark = base64.b64encode(hmac.digest(key, f"{name}.{stamp}.".encode() + body, "sha256")).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "KyCuong-Webhooks",
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{mark}",
    }


def wait_after(tries: int) -> timedelta | None:
    """How long after so many failures; None when it has been tried often enough."""
    return AGAIN[tries - 1] if tries <= len(AGAIN) else None


def _unfit() -> Problem:
    return BadInput(
        "Không phải địa chỉ dùng được; hãy viết như https://phan-mem.example/ky-cuong, không có tên đăng nhập, dấu ? và dấu #: mã bí mật không viết ở địa chỉ, bên nhận kiểm chữ ký.",
        en="This is no address that can be used; write one like https://program.example/ky-cuong, without a user name, ? or #: "
        "no secret stands in an address, the receiver checks the signature.",
    )
