"""An answer of another machine: to one address, without a redirect, of bounded length, in bounded time, and with nothing left behind."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPSConnection
from queue import Empty, Queue
from threading import Event, Thread
from time import monotonic
from typing import Any
from urllib.request import BaseHandler, HTTPHandler, HTTPRedirectHandler, HTTPSHandler, Request, build_opener

Connect = Callable[..., socket.socket]


class _StayHere(HTTPRedirectHandler):
    """What is answered is read there and nowhere else: a redirect is the HTTPError that it is."""

    def redirect_request(self, *given: Any) -> None:
        return None


class _Line(HTTPConnection):
    """Says nothing any more once whoever asked has given up: a name that was long in being found, a second address, a slow handshake."""

    given_up: Event

    def connect(self) -> None:
        super().connect()
        self._go_on()

    def send(self, data: Any) -> None:
        if self.sock is not None:
            self._go_on()
        super().send(data)

    def _go_on(self) -> None:
        if self.given_up.is_set():
            self.close()
            raise TimeoutError


class _SecretLine(_Line, HTTPSConnection):
    """The same, over TLS: the handshake is part of connecting."""


class _Kept(HTTPHandler, HTTPSHandler):
    """Opens lines as its parents do, and remembers them, so that whoever gives up can close what a slow answer holds open."""

    def __init__(self, connect: Connect) -> None:
        HTTPHandler.__init__(self)
        HTTPSHandler.__init__(self)
        self.lines: list[_Line] = []
        self.connect = connect
        self.given_up = Event()

    def http_open(self, req: Request) -> Any:
        return self.do_open(self._plain, req)

    def https_open(self, req: Request) -> Any:
        return self.do_open(self._secret, req)

    def _plain(self, host: str, **given: Any) -> HTTPConnection:
        return self._noted(_Line(host, **given))

    def _secret(self, host: str, **given: Any) -> HTTPConnection:
        return self._noted(_SecretLine(host, **given))

    def _noted(self, line: _Line) -> HTTPConnection:
        line._create_connection = self.connect  # type: ignore[attr-defined]  # where http.client lets another way in
        line.given_up = self.given_up
        self.lines.append(line)
        return line

    def close_lines(self) -> None:
        """First what stops those that are not open yet, then those that are: a line is one or the other."""
        self.given_up.set()
        for line in self.lines:
            with suppress(OSError, AttributeError, TypeError):
                # Not its own shutdown: that of a line over TLS would go on in plain text for a moment.
                socket.socket.shutdown(line.sock, socket.SHUT_RDWR)


def line_to(
    place: tuple[str, int], timeout: float, *given: Any, suits: Callable[[list[str]], None] = lambda hosts: None
) -> socket.socket:
    """As socket.create_connection, but all addresses of a name together take no more than `timeout`; `suits` may refuse them, and
    the line is opened to what it looked at: a name cannot mean another one a moment later."""
    end = monotonic() + timeout
    found = [(str(row[4][0]), int(row[4][1])) for row in socket.getaddrinfo(*place, type=socket.SOCK_STREAM)]
    suits([host for host, _port in found])
    last: OSError = OSError("no address")
    for place_in_row, one in enumerate(found):
        left = (end - monotonic()) / (len(found) - place_in_row)
        if left <= 0:
            raise TimeoutError
        try:
            line = socket.create_connection(one, left, *given)
        except OSError as error:
            last = error
        else:
            line.settimeout(max(end - monotonic(), 0.01))
            return line
    raise last


def fetched(request: Request, *handlers: BaseHandler, seconds: float, most: int, connect: Connect = line_to) -> bytes:
    """The answer, of which no more than `most` bytes are read; with 0 its status alone decides. TimeoutError after so many seconds,
    however it drips, and nothing is sent from then on; HTTPError for every status that is no success; OSError, HTTPException or
    ValueError when there is no line or no sound answer. `connect`: opens lines in place of `line_to`."""
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
