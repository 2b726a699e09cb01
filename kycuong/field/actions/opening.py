"""A rescue bundle is opened with the key that was kept when its phone was enrolled."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kycuong.core.problems import BadInput
from kycuong.core.sealing import keyring
from kycuong.field.models import FieldDevice
from kycuong.field.rules.ops import is_uid

KIND = "kycuong-rescue"
CHUNK = 48 * 1024


@dataclass(slots=True)
class Bundle:
    """What was inside: ops as they were said, photos in parts. What does not open is an op that cannot be read."""

    ops: list[Any] = field(default_factory=list)
    chunks: dict[UUID, dict[int, bytes]] = field(default_factory=dict)
    visits: set[UUID] = field(default_factory=set)

    def photo(self, media: UUID, size: int) -> bytes:
        """Its bytes as far as they follow on each other from the first."""
        parts, found = self.chunks[media], list[bytes]()
        while (part := parts.get(len(found))) is not None:
            found.append(part)
        return b"".join(found)[:size]


def open_bundle(device: FieldDevice, sent: Mapping[str, Any]) -> Bundle:
    """The bundle of this phone, opened."""
    items = sent.get("sealed")
    if sent.get("kind") != KIND or not isinstance(items, list):
        raise BadInput("Tệp này không phải gói dự phòng của Kỷ Cương.", en="This file is no rescue bundle.")
    key = base64.b64decode(keyring().unseal(device.sealed_key, about=device.place_of_key))
    bundle = Bundle()
    for item in items:
        _take(bundle, item, key)
    return bundle


def _take(bundle: Bundle, item: Any, key: bytes) -> None:
    plain = _opened(item, key)
    if plain is not None and item.get("k") == "chunk" and is_uid(item.get("id")) and isinstance(item.get("n"), int):
        bundle.chunks.setdefault(UUID(item["id"]), {})[item["n"]] = plain
        return
    if plain is None:
        bundle.ops.append({"op_id": item.get("id") if isinstance(item, dict) else None, "closed": item})
        return
    bundle.ops.append(op := _op(plain))
    if isinstance(op, dict) and is_uid(op.get("visit")):  # what is written on the outside proves nothing
        bundle.visits.add(UUID(op["visit"]))


def _op(plain: bytes) -> Any:
    try:
        return json.loads(plain)
    except (ValueError, RecursionError):
        return {"unread": base64.b64encode(plain).decode()}


def _opened(item: Any, key: bytes) -> bytes | None:
    try:
        iv, data = (base64.b64decode(item[name], validate=True) for name in ("iv", "data"))
        return AESGCM(key).decrypt(iv, data, None)
    except (InvalidTag, ValueError, TypeError, KeyError, binascii.Error):
        return None
