"""The line to a destination: an address of a host that the installation lists, no redirect, and of the answer the status alone."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from functools import partial
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request

from kycuong.core.bounded import fetched, line_to

from .rules.webhooks import SECONDS, Outcome, is_private


class Private(OSError):
    """A name of a public host that leads into a private network."""


def post(address: str, body: bytes, headers: Mapping[str, str], *, private: bool) -> tuple[Outcome, int | None]:
    """What came of it, and the status where one was answered that is no success. `private`: whether private networks will do."""
    request = Request(address, data=body, headers=dict(headers), method="POST")  # noqa: S310 - checked before
    try:
        fetched(request, ProxyHandler({}), seconds=SECONDS, most=0, connect=line_to if private else PUBLICLY)
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


def _ensure_public(hosts: list[str]) -> None:
    if not hosts or any(is_private(host) for host in hosts):
        raise Private("the name leads into a private network")


PUBLICLY = partial(line_to, suits=_ensure_public)
"""Opens a line to public addresses only."""
