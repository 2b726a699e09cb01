"""The log of requests: which kind of page, for which account, how it ended. No address, no words, no name."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("kycuong.access")

View = TypeVar("View", bound=Callable[..., HttpResponse])
GetResponse = Callable[[HttpRequest], HttpResponse]


def unnamed(view: View) -> View:
    """A page whose readers and senders stand in no log, whoever is signed in."""
    view.names_nobody = True  # type: ignore[attr-defined]
    return view


def _who(view: Any, person: Any) -> str:
    named = person is not None and person.is_authenticated and not getattr(view, "names_nobody", False)
    return str(person.uid) if named else ""


class Access:
    """One line a request on the logger kycuong.access, when that is listened to (KYCUONG_LOG_REQUESTS).

    The route is the pattern («inspections/<uuid:uid>/»), never the address: an address names a record, a search names a person.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not log.isEnabledFor(logging.INFO):
            return self.get_response(request)
        began = time.perf_counter()
        response = self.get_response(request)
        match, person = request.resolver_match, getattr(request, "user", None)
        told = {
            "method": request.method,
            "route": match.route if match else "",
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000),
            "person": _who(match.func if match else None, person),
        }
        log.info("%(method)s /%(route)s %(status)s %(ms)d ms %(person)s", told, extra={"told": told})
        return response
