"""Whoever sends a request letter by letter waits outside: a thread is given to a connection once its head is whole."""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

END = b"\r\n\r\n"
LONGEST = 64 * 1024
"""Bytes after which nobody waits for the end of a head: the parser refuses it, in words of HTTP."""
SECONDS = 10
"""How long a head may take. A line with a signal needs one packet; a phone on a weak one a few seconds."""
PAUSE = 0.05


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn carries no types
    """A worker with threads, in front of which connections wait without one."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.silent: dict[Any, float] = {}
        self.slow: dict[Any, float] = {}

    def enqueue_req(self, conn: Any) -> None:
        """A thread for whoever has said all; the others are listened to here."""
        if _is_whole(conn.sock):
            conn.data_ready = True
            super().enqueue_req(conn)
        else:
            self.silent[conn] = time.monotonic() + SECONDS
            self.poller.register(conn.sock, selectors.EVENT_READ, lambda _sock: self.listen(conn))

    def listen(self, conn: Any) -> None:
        """The first bytes came. If they are no whole head, the next look is a moment later: bytes that lie there wake at once."""
        self.poller.unregister(conn.sock)
        until = self.silent.pop(conn)
        if _is_whole(conn.sock):
            self.enqueue_req(conn)
        else:
            self.slow[conn] = until

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        super().wait_for_and_dispatch_events(min(timeout, PAUSE) if self.slow else timeout)
        moment = time.monotonic()
        for conn in [conn for conn in self.slow if _is_whole(conn.sock)]:
            del self.slow[conn]
            self.enqueue_req(conn)
        for waiting in (self.slow, self.silent):
            for conn in [conn for conn, until in waiting.items() if until < moment]:
                del waiting[conn]
                self.turn_away(conn)

    def turn_away(self, conn: Any) -> None:
        with contextlib.suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()


def _is_whole(line: socket.socket) -> bool:
    """Whether a whole head lies there, or too much, or the end: whatever the parser can answer without waiting."""
    try:
        seen = line.recv(LONGEST, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return not seen or END in seen or len(seen) >= LONGEST
