"""Phones that send, and the raw writing that they are compared with."""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any

from django.conf import settings
from PIL import Image

from kycuong.field import actions
from kycuong.field.models import FieldDevice, FieldMedia, FieldOp
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import Visit
from tests.desk import YESTERDAY, made, passing
from tests.field.phone import API, Phone
from tests.postgres import free_port

from .progress import progress
from .raw import Copies, bare_address

ANSWERS, PHOTOS, BATCH = 40, 3, 100
Sent = list[dict[str, Any]]


class Field:
    """A small province, a team head with a phone, and as many draft visits as are asked for."""

    def __init__(self) -> None:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        self.desk = made()
        self.head = self.desk.people["team_head"]
        self.photo = jpeg()

    def visit(self) -> Visit:
        planned = Planned(self.desk.units["commune"], YESTERDAY, "full")
        return self.desk.open(visits=[planned]).visits.get()

    def said(self, phone: Phone, visit: Visit) -> Sent:
        """Forty answers of one visit."""
        given = list(passing(visit).items())[:ANSWERS]
        return [phone.say(visit, f"a/{code}", answer) for code, answer in given]


def jpeg() -> bytes:
    """Noise, about 300 kB."""
    size = (640, 480)
    noise = random.Random(5).randbytes(size[0] * size[1] * 3)
    out = io.BytesIO()
    Image.frombytes("RGB", size, noise).save(out, "JPEG", quality=80)
    return out.getvalue()


def one_by_one(field: Field, visits: int) -> Iterator[tuple[str, float, float]]:
    """(what, visits a second by the product, the same rows a second raw): each visit in a transaction, then in batches."""
    phone, copies = Phone(field.head), Copies()
    device = FieldDevice.objects.get(uid=phone.uid)
    lots = [field.said(phone, field.visit()) for _ in range(visits)]
    yield "visits of 40 answers", *beside(lambda ops: actions.receive(device, ops, by=field.head), lots, copies)
    more = [op for _ in range(visits) for op in field.said(phone, field.visit())]
    batches = [more[at : at + BATCH] for at in range(0, len(more), BATCH)]
    rates = beside(lambda ops: actions.receive(device, ops, by=field.head), batches, copies)
    yield "the same, 100 answers at a time", *(rate * BATCH / ANSWERS for rate in rates)


def beside(take: Callable[[Sent], object], lots: list[Sent], copies: Copies) -> tuple[float, float]:
    """A second: by the product, and the rows that it wrote, raw. In turns, so that both meet the same disk."""
    spent = [0.0, 0.0]
    for done, lot in enumerate(lots, 1):
        clocked = Clocked(lambda lot=lot: take(lot))  # type: ignore[misc]
        rows = copies.written_by(clocked)
        again = Clocked(lambda rows=rows: copies.write(rows))  # type: ignore[misc]
        again()
        spent = [spent[0] + clocked.seconds, spent[1] + again.seconds]
        progress("intake", done, len(lots))
    return len(lots) / spent[0], len(lots) / spent[1]


class Clocked:
    """An act that knows how long it took."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act, self.seconds = act, 0.0

    def __call__(self) -> None:
        start = time.perf_counter()
        self.act()
        self.seconds = time.perf_counter() - start


def photos(field: Field, visits: int) -> Iterator[tuple[str, float, float]]:
    """Photos a second: announced before, sent whole; until the phone has its answer, and until each was looked at and kept by the
    thread that a server has for that; beside an address of the same server that writes and fsyncs the same bytes."""
    phone, media = Phone(field.head), []
    for _ in range(visits):
        visit = field.visit()
        media += [phone.announce(visit, field.photo) for _ in range(PHOTOS)]
        phone.sent([op for op in phone.said if op["visit"] == str(visit.uid)])
    with bare_address() as address:
        raw = timed(lambda uid: ensure(phone.client.patch(f"{address}?name={uid}", field.photo), 204), media)
    actions.start_checking()
    begun = time.perf_counter()
    sent = timed(lambda uid: ensure(phone.put(uid, field.photo, length=len(field.photo)), 204), media)
    while FieldMedia.objects.filter(uid__in=media, checked_at=None).exists():
        time.sleep(0.05)
    kept = len(media) / (time.perf_counter() - begun)
    yield "photos of 300 kB, until the answer", sent, raw
    yield "the same, until looked at and kept", kept, raw


def timed(act: Callable[[Any], object], things: list[Any]) -> float:
    """How many a second."""
    spent = 0.0
    for done, thing in enumerate(things, 1):
        start = time.perf_counter()
        act(thing)
        spent += time.perf_counter() - start
        progress("intake", done, len(things))
    return len(things) / spent


def ensure(reply: Any, status: int) -> Any:
    assert reply.status_code == status, reply.content
    return reply


def at_once(field: Field, phones: int) -> str:
    """So many phones, each with a visit of 40 answers and 3 photos, against a server of its own. One sentence of counts."""
    ready = []
    for _ in range(phones):
        phone, visit = Phone(field.head), field.visit()
        ops = field.said(phone, visit)
        media = [phone.announce(visit, field.photo) for _ in range(PHOTOS)]
        ready.append((phone, [*ops, *phone.said[-PHOTOS:]], media))
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        env={**os.environ, "PORT": str(port), "DJANGO_SETTINGS_MODULE": "kycuong.site.settings"},
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        start = time.perf_counter()
        with ThreadPoolExecutor(phones) as pool:
            tries = list(pool.map(lambda one: send_all(port, field.photo, *one), ready))
        seconds = time.perf_counter() - start
    finally:
        server.terminate()
        server.wait(30)
    uids = [op["op_id"] for _phone, ops, _media in ready for op in ops]
    whole = FieldMedia.objects.filter(uid__in=[uid for *_rest, media in ready for uid in media])
    there, done = FieldOp.objects.filter(uid__in=uids).count(), whole.exclude(complete_at=None).count()
    good = "✓" if there == len(uids) and done == phones * PHOTOS else "✗"
    return (
        f"{phones} phones at once: {len(uids)} ops sent, {there} there, {done} of {phones * PHOTOS} photos whole, "
        f"{sum(tries)} repeated requests, {seconds:.1f} s, {phones / seconds:.1f} visits a second {good}"
    )


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            if call(port, "GET", "/healthz", {}, b"")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def send_all(port: int, photo: bytes, phone: Phone, ops: Sent, media: list[Any]) -> int:
    """The whole visit over HTTP, each request again until it is answered as it should be. How many were repeated."""
    client = phone.client
    csrf = client.get(f"{API}start").json()["csrf"]
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    shared = {"Cookie": cookies, "X-CSRFToken": csrf, "KT-Protocol": "1"}
    body = json.dumps(phone.envelope(ops)).encode()
    again = repeat(port, "POST", f"{API}ops", {**shared, "Content-Type": "application/json"}, body, 200)
    for uid in media:
        about = {
            "Upload-Offset": "0",
            "Upload-Length": str(len(photo)),
            "Chunk-Sha256": hashlib.sha256(photo).hexdigest(),
            "KT-Device": str(phone.uid),
            "Content-Type": "application/offset+octet-stream",
        }
        again += repeat(port, "PATCH", f"{API}media/{uid}", {**shared, **about}, photo, 204)
    return again


def repeat(port: int, method: str, path: str, headers: dict[str, str], body: bytes, wanted: int) -> int:
    for turn in range(50):
        try:
            status, said = call(port, method, path, headers, body)
        except OSError:
            status, said = 0, b""
        if status == wanted:
            return turn
        if status not in (0, 409, 429, 503):
            raise SystemExit(f"{method} {path}: {status} {said[:300]!r}")
        time.sleep(0.5 + random.random())
    raise SystemExit(f"{method} {path}: never answered with {wanted}")


def call(port: int, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request(method, path, body=body or None, headers={"Host": f"127.0.0.1:{port}", **headers})
        reply = line.getresponse()
        return reply.status, reply.read()
    finally:
        line.close()
