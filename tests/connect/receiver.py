"""A program that is told: a real HTTP server on this machine, which can also misbehave."""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kycuong.connect.actions import make_webhook
from kycuong.connect.models import Destination
from kycuong.connect.rules.webhooks import Kind
from tests.desk import Desk

PIECE = 1000
GUIDE = Path(__file__).parents[2] / "docs/guide/connect.md"


def genuine(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """By the receiver that the guide shows, word by word."""
    code = re.search(r"```python\n(import base64.*?)```", GUIDE.read_text(), re.DOTALL)
    assert code, "the guide shows no receiver"
    names: dict[str, Any] = {}
    exec(code[1], names)
    return bool(names["genuine"](secret, headers, body))


def made(desk: Desk, there: Receiver, kinds: list[str] = Kind.values) -> tuple[Destination, str]:
    person = desk.people["aggregator"]
    return make_webhook(person, by=person, name="Trục liên thông", address=there.address, kinds=kinds)


class Receiver:
    """What it was told, and what it answers: a status each time, the last one from then on; `slow`: seconds before the answer."""

    def __init__(self, server: ThreadingHTTPServer, scheme: str) -> None:
        self.port = int(server.server_address[1])
        self.address = f"{scheme}://127.0.0.1:{self.port}/told"
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers = [204]
        self.slow = 0.0
        self.length = self.written = 0
        self.drip = 0.0

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _headers, body in self.got]

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _body in self.got]


@contextmanager
def receiver(context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    found = Receiver(server, "http" if context is None else "https")
    server.RequestHandlerClass = _handler(found)
    server.handle_error = lambda *given: None  # type: ignore[method-assign]  # who hangs up is no fault of the test
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(found: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            time.sleep(found.slow)
            status = found.answers.pop(0) if len(found.answers) > 1 else found.answers[0]
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", found.address)
            self.end_headers()
            for _piece in range(0, found.length, PIECE):
                self.wfile.write(b"x" * PIECE)
                found.written += PIECE
                time.sleep(found.drip)

        log_message: Callable[..., None] = lambda *given: None  # type: ignore[assignment]

    return Handler
