"""The line to a destination: an address of a host that the installation lists, no redirect, a bounded answer in bounded time."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request

from kycuong.core.bounded import fetched

from .rules.webhooks import MOST_BYTES, SECONDS, Outcome, is_private


class Private(OSError):
    """A name of a public host that leads into a private network."""


def post(address: str, body: bytes, headers: Mapping[str, str], *, private: bool) -> tuple[Outcome, int | None]:
    """What came of it, and the status where one was answered that is no success. `private`: whether private networks will do."""
    request = Request(address, data=body, headers=dict(headers), method="POST")  # noqa: S310 - checked before
    try:
        fetched(request, ProxyHandler({}), seconds=SECONDS, most=MOST_BYTES, connect=None if private else _publicly)
    except HTTPError as error:
        error.close()
        return (Outcome.REDIRECT if 300 <= error.code < 400 else Outcome.REFUSED), error.code
    except (OSError, HTTPException, ValueError) as error:
        return _named(error), None
    return Outcome.TAKEN, None


def _named(error: Exception) -> Outcome:
    cause = error.reason if isinstance(error, URLError) else error
    kinds: tuple[tuple[type[Exception], Outcome], ...] = (
        (Private, Outcome.PRIVATE),
        (ssl.SSLCertVerificationError, Outcome.CERTIFICATE),
        (TimeoutError, Outcome.SLOW),
    )
    return next((outcome for kind, outcome in kinds if isinstance(cause, kind)), Outcome.UNREACHABLE)


def _publicly(place: tuple[str, int], *given: Any, **options: Any) -> socket.socket:
    """As socket.create_connection, to addresses that were looked at: a name cannot mean another one a moment later."""
    found = [row[4][:2] for row in socket.getaddrinfo(*place, type=socket.SOCK_STREAM)]
    if not found or any(is_private(str(host)) for host, _port in found):
        raise Private(f"{place[0]} leads into a private network")
    last: OSError | None = None
    for host, port in found:
        try:
            return socket.create_connection((str(host), int(port)), *given, **options)
        except OSError as error:
            last = error
    raise last or OSError("no address")
