"""A phone as tests have one: says things in order, sends what it likes, and talks to the API as the app does."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from kycuong.core.ids import uuid7
from kycuong.field.queries import form_sha
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person

API = "/api/v1/field/"
WALL = 1_760_000_000_000


class Phone:
    """One enrolled browser of one person."""

    def __init__(self, person: Person, *, enrolled: bool = True) -> None:
        self.person, self.uid, self.key = person, uuid7(), secrets.token_bytes(32)
        self.client, self.said = Client(), list[dict[str, Any]]()
        self.client.force_login(person)
        if enrolled:
            assert self.enrol().status_code == 201

    def enrol(self) -> Any:
        key = base64.b64encode(self.key).decode()
        return self.post("devices", {"uid": str(self.uid), "name": "Máy thử", "key": key})

    def say(
        self,
        visit: Visit,
        field: str,
        value: Any,
        *,
        base: list[str] | None = None,
        form: str | None = None,
        **more: Any,
    ) -> dict[str, Any]:
        """An op, kept on the phone until it is sent. Without `base`: what this phone said last of the field."""
        mine = [one["op_id"] for one in self.said if one["field"] == field and one["visit"] == str(visit.uid)]
        op = {
            "op_id": str(uuid7()),
            "seq": len(self.said) + 1,
            "visit": str(visit.uid),
            "field": field,
            "value": value,
            "base": mine[-1:] if base is None else base,
            "form": form_sha(visit) if form is None else form,
            "wall": WALL + len(self.said),
            "mono": 5,
            "boot": "b",
            "author": str(self.person.uid),
            **more,
        }
        self.said.append(op)
        return op

    def envelope(self, ops: list[Any], **more: Any) -> dict[str, Any]:
        queued = {"ops": 0, "media": 0, "oldest_wall": None}
        beat = {"device": str(self.uid), "sent_wall": WALL, "seq_head": len(self.said), "queued": queued}
        return {**beat, "ops": ops, **more}

    def send(self, ops: list[Any] | None = None, **more: Any) -> Any:
        return self.post("ops", self.envelope(self.said if ops is None else ops, **more))

    def sent(self, ops: list[Any] | None = None) -> list[dict[str, Any]]:
        """Send, and see that it was taken."""
        reply = self.send(ops)
        assert reply.status_code == 200, reply.content
        found: list[dict[str, Any]] = reply.json()["results"]
        return found

    def post(self, path: str, body: Any) -> Any:
        text = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(API + path, text, content_type="application/json")

    def get(self, path: str) -> Any:
        return self.client.get(API + path)

    def pull(self, cursor: str = "") -> Any:
        return self.get(f"pull?device={self.uid}&cursor={cursor}")

    def pack(self, visit: Visit) -> dict[str, Any]:
        """The pack of one visit."""
        found: dict[str, Any] = next(one for one in self.pull().json()["visits"] if one["uid"] == str(visit.uid))
        return found

    def announce(self, visit: Visit, data: bytes, **more: Any) -> UUID:
        """Say that there is a photo; it is sent with the next ops."""
        uid = uuid4()
        sha = hashlib.sha256(data).hexdigest()
        about = {"mime": "image/jpeg", "w": 4, "h": 3, "orig_sha256": sha, "taken_wall": WALL, "gps": None}
        self.say(
            visit, f"m/{uid}", {"sha256": sha, "size": len(data), "criterion_code": "", "caption": "", **about, **more}
        )
        return uid

    def put(self, media: UUID, data: bytes, *, offset: int = 0, length: int, chunk_sha: str | None = None) -> Any:
        headers = {
            "Upload-Offset": str(offset),
            "Upload-Length": str(length),
            "Chunk-Sha256": hashlib.sha256(data).hexdigest() if chunk_sha is None else chunk_sha,
            "KT-Device": str(self.uid),
        }
        return self.client.patch(
            f"{API}media/{media}", data, content_type="application/offset+octet-stream", headers=headers
        )

    def upload(self, media: UUID, data: bytes, step: int = 700) -> Any:
        """All of it, part by part; the last answer."""
        reply: Any = None
        for at in range(0, len(data), step):
            reply = self.put(media, data[at : at + step], offset=at, length=len(data))
        return reply
