"""An answer of another machine: to one address, without a redirect, of bounded length, in bounded time, and with nothing left behind."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPSConnection
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import Any
from urllib.request import BaseHandler, HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

Connect = Callable[..., socket.socket]


class _StayHere(HTTPRedirectHandler):
    """What is answered is read there and nowhere else: a redirect is the HTTPError that it is."""

    def redirect_request(self, *given: Any) -> None:
        return None


class _Kept(HTTPHandler, HTTPSHandler):
    """Opens lines as its parents do, and remembers them, so that whoever gives up can close what a slow answer holds open."""

    def __init__(self, connect: Connect | None = None) -> None:
        HTTPHandler.__init__(self)
        HTTPSHandler.__init__(self)
        self.lines: list[HTTPConnection] = []
        self.connect = connect

    def http_open(self, req: Request) -> Any:
        return self.do_open(self._plain, req)

    def https_open(self, req: Request) -> Any:
        return self.do_open(self._secret, req)

    def _plain(self, host: str, **given: Any) -> HTTPConnection:
        return self._noted(HTTPConnection(host, **given))

    def _secret(self, host: str, **given: Any) -> HTTPSConnection:
        line = HTTPSConnection(host, **given)
        self._noted(line)
        return line

    def _noted(self, line: HTTPConnection) -> HTTPConnection:
        if self.connect is not None:
            line._create_connection = self.connect  # type: ignore[attr-defined]  # where http.client lets another way in
        self.lines.append(line)
        return line

    def close_lines(self) -> None:
        for line in self.lines:
            with suppress(OSError, AttributeError):
                line.sock.shutdown(socket.SHUT_RDWR)


def fetched(
    request: Request, *handlers: BaseHandler, seconds: float, most: int, connect: Connect | None = None
) -> bytes:
    """The answer, of which no more than `most` bytes are read. TimeoutError after so many seconds, however it drips; HTTPError for
    every status that is no success; OSError, HTTPException or ValueError when there is no line or no sound answer. `connect`: opens
    lines in place of socket.create_connection."""
    told: Queue[bytes | Exception] = Queue()
    kept = _Kept(connect)
    # In a thread of its own: the timeout of a socket begins anew with every byte that drips in.
    given = (request, (kept, *handlers), seconds, most, told)
    Thread(target=_fetch, args=given, name="fetching", daemon=True).start()
    try:
        answer = told.get(timeout=seconds)
    except Empty:
        kept.close_lines()
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _fetch(
    request: Request, handlers: tuple[BaseHandler, ...], seconds: float, most: int, told: Queue[bytes | Exception]
) -> None:
    end = monotonic() + seconds
    try:
        with build_opener(_StayHere, *handlers).open(request, timeout=seconds) as response:
            read = b""
            while len(read) < most and monotonic() < end:
                piece = response.read1(most - len(read))
                if not piece:
                    told.put(read)
                    return
                read += piece
            told.put(read if len(read) >= most else TimeoutError())
    except Exception as error:
        told.put(error)
