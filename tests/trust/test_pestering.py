"""What comes over the wire from somebody who means harm: too much, too deep, too slow, no text at all. The health page stays green."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

import pytest

from tests.budget import few, long_run
from tests.trust.office import Office

LINES = 500 if long_run() else 200
API = "/api/v1/inspections"
UTF8 = b"GET /units/?q=%C0%AF%ED%A0%80%FF HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    with Office(database={}) as one:
        yield one


def green(office: Office, within: float = 15) -> None:
    began = time.monotonic()
    assert office.ask("GET", "/healthz")[0] == 200
    assert time.monotonic() - began < within


def raw(office: Office, data: bytes) -> bytes:
    """What is answered to these bytes; nothing when the line is closed."""
    with socket.create_connection(("127.0.0.1", office.port), timeout=60) as line:
        with contextlib.suppress(ConnectionError):
            line.sendall(data)
        with contextlib.suppress(ConnectionError):
            return line.recv(200)
    return b""


def status(answer: bytes) -> int:
    return int(answer.split()[1]) if answer else 0


BODIES = {
    "100 MB of JSON": (API, "application/json", b'{"lead": "' + b"a" * 100_000_000 + b'"}'),
    "100 MB of a form": ("/inspections/new/", "application/x-www-form-urlencoded", b"title=" + b"a" * 100_000_000),
    "deep JSON": (API, "application/json", b"[" * 100_000 + b"]" * 100_000),
    "deep objects": (API, "application/json", b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "100,000 fields": (
        "/inspections/new/",
        "application/x-www-form-urlencoded",
        b"&".join(b"a%d=1" % n for n in range(100_000)),
    ),
    "a number without an end": (API, "application/json", b'{"version": ' + b"9" * 1_000_000 + b"}"),
    "no UTF-8": (API, "application/json", b'{"lead": "\xc0\xaf\xed\xa0\x80\xff"}'),
    "NUL": (API, "application/json", b'{"lead": "\0"}'),
    "a form that is no multipart": ("/inspections/import/", "multipart/form-data; boundary=x", b"--y\r\n\r\n--x--"),
    "multipart without a boundary": ("/inspections/import/", "multipart/form-data", b"x" * 1000),
    "ops, deep": ("/api/v1/field/ops", "application/json", b"[" * 100_000),
    "a body of nothing": (API, "application/json", b""),
}


@pytest.mark.look
@pytest.mark.parametrize("name", few(list(BODIES), 6))
def test_a_body_that_hurts_is_refused(office: Office, name: str) -> None:
    path, kind, body = BODIES[name]
    headers = office.headers("aggregator") | {"Content-Type": kind}
    line = office.connection()
    try:
        line.request("POST", path, body, headers)
        answered = line.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        answered = 413  # the server hung up before all of it was sent
    line.close()
    assert 400 <= answered < 500
    green(office)


HEADS = {
    "a long address": b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a long header": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: " + b"a" * 100_000 + b"\r\n\r\n",
    "1,000 headers": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(1000)) + b"\r\n",
    "many parameters": b"GET /inspections/?" + b"a=1&" * 1900 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "two lengths": b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "length and chunks": b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a negative length": b"POST /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    "a header of another line": b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n\tc\r\n\r\n",
    "overlong UTF-8": UTF8,
    "another host": b"GET /sign-in/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    "a foreign cookie": b"GET /units/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sid=\xff\xfe\x00; csrf=\xc0\r\n\r\n",
}  # fmt: skip


@pytest.mark.look
@pytest.mark.parametrize("name", few(list(HEADS), 6))
def test_a_head_that_hurts_is_no_fault_of_the_server(office: Office, name: str) -> None:
    assert status(raw(office, HEADS[name])) < 500
    green(office)


@pytest.mark.look
def test_who_sends_a_letter_now_and_then_holds_nobody_up(office: Office) -> None:
    """Slowloris: many lines, each with half a head."""
    lines = []
    for _each in range(LINES):
        line = socket.create_connection(("127.0.0.1", office.port), timeout=20)
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ")
        lines.append(line)
    for _round in range(3):
        green(office, within=10)
        for line in lines:
            with contextlib.suppress(OSError):
                line.sendall(b"a")
    for line in lines:
        line.close()
    green(office)
