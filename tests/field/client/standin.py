"""A small server on loopback that speaks the phone's protocol, and lies, hangs, refuses or breaks off when a test asks.

It keeps everything in memory and decides nothing: what the real server does with an op is tested with the real one.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import RequestFactory

from kycuong.field.views import shell
from kycuong.field.views.shell import version
from tests.browser.served import HOUSE
from tests.field.client.window import VISIT

STATIC = {"field": HOUSE / "kycuong/field/static", "ui": HOUSE / "kycuong/ui/static"}
FROM_US = ("script", "style", "img", "connect", "worker", "manifest")
PAGES = {"/field/": shell.shell, "/field/sw.js": shell.worker, "/field/manifest.webmanifest": shell.manifest}
POLICY = "default-src 'none'; " + "; ".join(f"{name}-src 'self'" for name in FROM_US)
API = "/api/v1/field/"
PERSON = "0190aaaa-0000-7000-8000-000000000001"
OTHER = "0190bbbb-0000-7000-8000-000000000002"
Fault = Callable[["Handler"], bool]
"""Answers instead of the server and returns True; or does something on the way and returns False."""


@dataclass
class Office:
    """What the server holds, and what it is about to do wrong: (method and start of the path) → faults, used one by one."""

    url: str = ""
    person: str | None = PERSON
    ops: dict[str, dict[str, Any]] = field(default_factory=dict)
    media: dict[str, bytearray] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    rescued: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    packs: list[dict[str, Any]] = field(default_factory=list)
    checklists: dict[str, Any] = field(default_factory=dict)
    heartbeats: list[dict[str, Any]] = field(default_factory=list)
    missing_seq: list[int] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    dead: bool = False
    shell: bool = False
    release: str = "release-1"
    stale_page: str = ""
    gone: set[str] = field(default_factory=set)
    limited: set[str] = field(default_factory=set)
    """Pages that are not there; and those that the proxy in front gives nobody at the moment."""
    revoked: bool = False
    batch: int = 100
    checkpoint: dict[str, str] | None = None
    proof: Callable[[int, int], list[str]] = lambda _old, _new: []
    """What is signed of its log, and how it shows that one checkpoint grew out of another."""
    mute: bool = False
    """An older one, that says nothing of checkpoints."""
    die: Callable[[], None] = lambda: None
    """Nobody listens any more."""

    def next(self, what: str, *faults: Fault) -> None:
        """The next requests that begin so («POST ops») meet these faults."""
        self.faults.setdefault(what, []).extend(faults)

    def value(self, media_id: str) -> dict[str, Any] | None:
        return next((op["value"] for op in self.ops.values() if op["field"] == f"m/{media_id}"), None)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    office: Office
    body = b""

    def log_message(self, *_: Any) -> None: ...

    def go(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        if self.office.dead:
            broken(self)
            return None
        if not path.startswith(API):
            return self.page(path)
        self.office.asked.append(f"{self.command} {self.path.removeprefix(API)}")
        for start, faults in self.office.faults.items():
            if faults and self.office.asked[-1].startswith(start) and faults.pop(0)(self):
                return None
        if self.office.person is None:
            return self.say(401, {"detail": "Hãy đăng nhập."})
        answer: Callable[[str], None] = getattr(self, f"do_{path.removeprefix(API).split('/')[0]}")
        return answer(path.removeprefix(API))

    do_GET = do_POST = do_PATCH = do_HEAD = go  # noqa: N815 - the names are http.server's

    def say(self, status: int, data: Any = None, *, ours: bool = True, **headers: str) -> None:
        body = b"" if data is None else json.dumps(data).encode()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if data is not None:
            headers.setdefault("Content-Type", "application/json")
        self.send_response(status)
        for name, value in {**headers, **({"KT-Protocol": "1"} if ours else {})}.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def page(self, path: str) -> None:
        """The modules; the shell and its worker, of the release that is out now; else an empty page. All under our policy."""
        if path in self.office.gone:
            self.say(404, {"detail": "Không có."}, ours=False)
            return
        if path in self.office.limited:
            self.say(429, {"detail": "Too many."}, ours=False)
            return
        found = STATIC.get(path.split("/")[2]) if path.startswith("/static/") else None
        body = (found / path.removeprefix("/static/")).read_bytes() if found else b"<!doctype html><title>x</title>"
        if self.office.shell and path in PAGES:
            release = self.office.stale_page or self.office.release if path == "/field/" else self.office.release
            body = PAGES[path](RequestFactory().get(path)).content.replace(version().encode(), release.encode())
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(path)[0] or "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def do_start(self, _: str) -> None:
        policy = {"offline_hours": 72, "autolock_minutes": 5, "purge_days": 7}
        person = {"uid": self.office.person, "name": "Người thử"}
        self.say(
            200,
            {
                "user": person,
                "csrf": "token",
                "server_time": now(),
                "protocol": 1,
                "policy": policy,
                **({} if self.office.mute else {"checkpoint": self.office.checkpoint}),
            },
        )

    def do_witness(self, path: str) -> None:
        self.say(200, {"path": self.office.proof(*map(int, path.split("/")[1:]))})

    def do_devices(self, _: str) -> None:
        sent = json.loads(self.body)
        self.office.keys[sent["uid"]] = sent["key"]
        self.say(201, {"uid": sent["uid"]})

    def do_ops(self, _: str) -> None:
        sent = json.loads(self.body)
        self.office.heartbeats.append({name: sent[name] for name in ("device", "seq_head", "queued")})
        if self.office.revoked:
            return self.say(403, {"code": "revoked"})
        if len(sent["ops"]) > self.office.batch:
            return self.say(413, {"detail": "Nhiều quá."})
        if any(op["value"] == "poison" for op in sent["ops"]):
            return self.say(400, {"detail": "Không đọc được."})
        results = []
        for op in sent["ops"]:
            self.office.ops.setdefault(op["op_id"], op)
            refused = op["value"] == "refused"
            problem = {"problem": {"vi": "Không được.", "en": "No."}} if refused else {}
            results.append(
                {"op_id": op["op_id"], "status": "set_aside" if refused else "applied", "heads": [], **problem}
            )
        return self.say(200, {"results": results, "server_time": now(), "missing_seq": self.office.missing_seq})

    def do_pull(self, _: str) -> None:
        cursor = parse_qs(urlsplit(self.path).query, keep_blank_values=True)["cursor"][0]
        new = self.office.packs if cursor != str(len(self.office.packs)) else []
        told = {"cursor": str(len(self.office.packs)), "revoked": False, "visits": new, "server_time": now()}
        self.say(200, {**told, "checklists": self.office.checklists})

    def do_media(self, path: str) -> None:
        media_id = path.split("/")[1]
        value = self.office.value(media_id)
        if value is None:
            return self.say(404, {"detail": "Chưa biết ảnh này."})
        held = self.office.media.setdefault(media_id, bytearray())
        if self.command == "PATCH":
            if int(self.headers["Upload-Offset"]) != len(held):
                return self.reached(409, held, value)
            if hashlib.sha256(self.body).hexdigest() != self.headers["Chunk-Sha256"]:
                return self.reached(422, held, value)
            held += self.body
            if len(held) == value["size"] and hashlib.sha256(held).hexdigest() != value["sha256"]:
                held.clear()
                return self.reached(422, held, value)
        return self.reached(204, held, value)

    def reached(self, status: int, held: bytearray, value: dict[str, Any]) -> None:
        complete = "?1" if len(held) == value["size"] else "?0"
        headers = {"Upload_Offset": str(len(held)), "Upload_Length": str(value["size"]), "Upload_Complete": complete}
        self.say(status, None if status == 204 else {"detail": "…"}, **headers)

    def do_visits(self, path: str) -> None:
        visit = path.split("/")[1]
        ops = sorted(op["op_id"] for op in self.office.ops.values() if op["visit"] == visit)
        own = [
            op["field"][2:] for op in self.office.ops.values() if op["visit"] == visit and op["field"].startswith("m/")
        ]
        media = [one for one in own if len(self.office.media.get(one, b"")) == (self.office.value(one) or {})["size"]]
        told = {"ops": len(ops), "ops_sha": joined(ops), "media": len(media), "media_sha": joined(sorted(media))}
        self.say(200, told)

    def do_rescue(self, _: str) -> None:
        self.office.rescued.append(self.body.decode())
        items = json.loads(self.body)["sealed"]
        results = [{"op_id": one.get("id"), "status": "applied"} for one in items if one["k"] == "op"]
        photos = {one["id"] for one in items if one["k"] == "chunk"}
        self.say(200, {"results": results, "media": [{"id": one, "complete": True, "problem": None} for one in photos]})


def joined(ids: list[str]) -> str:
    return hashlib.sha256("\n".join(ids).encode()).hexdigest()


def now() -> int:
    return time.time_ns() // 1_000_000


def refuse(status: int, **headers: str) -> Fault:
    """Our server says no."""
    return lambda request: bool([request.say(status, {"detail": "Không."}, **headers)])


def stranger(status: int = 200, data: Any = None, **headers: str) -> Fault:
    """Somebody in between answers: a captive portal, a gateway."""
    return lambda request: bool(
        [request.say(status, data if data is not None else {"ok": True}, ours=False, **headers)]
    )


def lost(request: Handler) -> bool:
    """The server does its work, and the line breaks before the answer arrives."""
    answer = request.say
    request.say = lambda *_, **__: None  # type: ignore[method-assign]
    getattr(request, f"do_{urlsplit(request.path).path.removeprefix(API).split('/')[0]}")(
        urlsplit(request.path).path.removeprefix(API)
    )
    request.say = answer  # type: ignore[method-assign]
    return broken(request)


def broken(request: Handler) -> bool:
    """The line breaks."""
    request.close_connection = True
    request.connection.close()
    return True


def silent(until: threading.Event) -> Fault:
    """The server hangs until the event."""
    return lambda request: bool([until.wait(60), broken(request)])


@contextmanager
def office() -> Iterator[Office]:
    """A server of its own; it ends with the context."""
    one = Office()
    handler = type("Ours", (Handler,), {"office": one})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    one.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()

    def die() -> None:
        one.dead = True  # connections that are open answer no more
        server.shutdown()
        server.server_close()

    one.die = die
    try:
        yield one
    finally:
        die()


def pack(**changed: Any) -> dict[str, Any]:
    plain = {
        "uid": VISIT, "version": 1, "state": "draft", "sealed": False, "removed": False, "unit": {"name": "Xã thử"},
        "inspection": {"uid": OTHER, "lead_name": "Sở thử"}, "visited_on": "2026-11-20", "checklist_form": "short",
        "form": "", "excused": [], "heads": {}, "media": {}, "signature": None,
    }  # fmt: skip
    return plain | changed
