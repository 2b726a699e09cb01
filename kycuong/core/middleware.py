"""What happens around every page: an id, headers, an end to idle sessions, a signed-in person, problems in words."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from .clock import is_within, now
from .faults import as_problem
from .http import is_api, problem_response
from .legible import ensure_legible
from .lines import told
from .problems import BadInput, Busy, NotAllowed, OnlyByButton, Problem
from .remembering import remembering
from .request_id import request_id

GetResponse = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Robots-Tag": "noindex, nofollow",
}


WORDS = {"text/html", "text/javascript", "application/json", "application/problem+json", "application/manifest+json"}
"""What Compressed makes small."""
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
OURS = ("same-origin", "none")
"""What a browser calls a request from a page of ours, and one that a person typed."""


class RequestId:
    """Names the request; a proxy in front may have named it already."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        name = given if re.fullmatch(r"[\w.-]{8,64}", given) else secrets.token_hex(8)
        request.id = name  # type: ignore[attr-defined]
        token = request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-Id"] = name
        return response


class ClientAddress:
    """Whose address a request has: the proxy's word is taken when the request comes from a proxy that the settings name, else dropped.

    Read from the right: what stands left of the first address that is no proxy of ours, the client may have written itself.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.told_of_stranger = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PROXIES:
            self.settle(request.META)
        return self.get_response(request)

    def settle(self, meta: dict[str, Any]) -> None:
        told = str(meta.pop("HTTP_X_FORWARDED_FOR", "")).split(",") if "HTTP_X_FORWARDED_FOR" in meta else []
        remote = meta.get("REMOTE_ADDR", "")
        meta["REMOTE_ADDR"] = str(read_address(remote) or remote)
        if not is_proxy(remote):
            if told or "HTTP_X_FORWARDED_PROTO" in meta:
                self.tell_of(meta["REMOTE_ADDR"])
            meta.pop("HTTP_X_FORWARDED_PROTO", None)  # whoever reaches us past the proxy is on no encrypted line
            return
        for one in reversed([part.strip() for part in told]):
            address = read_address(one)
            if address is None:
                break
            meta["REMOTE_ADDR"] = str(address)
            if not is_proxy(one):
                break

    def tell_of(self, address: str) -> None:
        """Once in a process: a proxy that was forgotten or mistyped leads everybody in a circle, and a client may send these headers at will."""
        if self.told_of_stranger:
            return
        self.told_of_stranger = True
        words = "X-Forwarded-* from %s is dropped: it is no proxy of KYCUONG_PROXIES. Add it there if it is yours"
        logging.getLogger(__name__).warning(words, address)


def read_address(text: str) -> IPv4Address | IPv6Address | None:
    """None when it is none. A socket of both families calls 127.0.0.1 «::ffff:127.0.0.1»: that is the same address."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_proxy(text: str) -> bool:
    address = read_address(text)
    return address is not None and any(address in network for network in settings.PROXIES)


class AskedOnce:
    """Within one request the same question about who holds which role is asked once."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with remembering():
            return self.get_response(request)


class Headers:
    """What a browser may do with our pages; and what a signed-in person saw is kept by no cache."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        if request.path_info.startswith(settings.FIELD_API):
            response["KT-Protocol"] = "1"  # on errors too: a phone takes a reply without it for «no network»
        person = getattr(request, "user", None)
        if is_api(request) or (person is not None and person.is_authenticated):
            response["Cache-Control"] = "no-store, private"
        return response


class Compressed(GZipMiddleware):
    """Words travel small: a page of figures is a tenth of itself, and some offices sit at the end of a 2G line (ADR 0048).

    Pictures and office files are small already, and a file that streams tells how long it is. What a page holds cannot be guessed by
    its length: each answer is lengthened at random, and what another site's page requests brings no session along; a link that somebody
    follows does (SameSite=Lax), once for each click.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if response.streaming or kind not in WORDS:
            return response
        return super().process_response(request, response)


class Legible:
    """Refuses what cannot be read or kept, cookies too: the first thing that looks at one is the database of sessions."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        asked = (part for name, values in request.GET.lists() for part in (name, *values))
        words = chain((request.path_info,), request.COOKIES.values(), asked)
        try:
            # What is PUT is a part of a file, and files come in multipart; what a phone sends is read with care where it arrives, and never refused whole.
            json = is_api(request) and request.method != "PUT" and request.content_type != "multipart/form-data"
            json = json and not request.path_info.startswith(settings.FIELD_API)
            ensure_legible(charset, words, request.body if json else b"")
        except BadInput as problem:
            return problem_response(request, problem)
        return self.get_response(request)


class SameSite:
    """Refuses what changes something when the browser says that another site sent it. Programs, and old browsers, say nothing:
    for them, as for everybody, the token of CsrfViewMiddleware decides."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        elsewhere = request.headers.get("Sec-Fetch-Site", OURS[0]) not in OURS
        if elsewhere and request.method not in SAFE:
            problem = NotAllowed(
                "Yêu cầu được gửi từ một trang web khác nên chưa có gì được ghi. Hãy mở trang này trong hệ thống rồi làm lại ở đó.",
                en="The request came from another web site, and nothing was done. Open the page here and do it again.",
            )
            return problem_response(request, problem)
        return self.get_response(request)


def seconds_left(session: Any) -> int:
    """Until the session ends when nobody uses it, or for good."""
    moment = int(now().timestamp())
    idle = settings.SESSION_IDLE_SECONDS - (moment - session.get("seen", moment))
    whole = settings.SESSION_COOKIE_AGE - (moment - session.get("began", moment))
    return int(min(idle, whole))


class SessionLimits:
    """Ends a session eight hours after it began, or when nobody used it for half an hour."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "_auth_user_id" in request.session:
            self.check(request)
        return self.get_response(request)

    def check(self, request: HttpRequest) -> None:
        session, moment = request.session, int(now().timestamp())
        age = timedelta(seconds=moment - session.setdefault("began", moment))
        idle = timedelta(seconds=moment - session.setdefault("seen", moment))
        # Also what lies ahead: the clock was wrong when this session began, and it would last until that hour.
        longest, quiet = (timedelta(seconds=s) for s in (settings.SESSION_COOKIE_AGE, settings.SESSION_IDLE_SECONDS))
        if not is_within(age, longest) or not is_within(idle, quiet):
            session.flush()
        elif request.path_info == settings.SESSION_PAGE and "typing" not in request.GET:
            return  # a page that asks how long there is left is nobody at work, unless somebody types there
        elif idle > timedelta(minutes=1):  # often enough: a page that only reads should not write at every click
            session["seen"] = moment


class SignInRequired(LoginRequiredMiddleware):
    """Every page needs a signed-in person unless it says otherwise. The API answers for itself: 401, never a redirect."""

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponseBase | None:
        return None if is_api(request) else super().process_view(request, *args)


class Problems:
    """Turns what went wrong into a sentence: problems of ours, a busy or full database. Anything else is a fault."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == OnlyByButton.status and request.method == "GET" and not is_api(request):
            return self.without_button(request, response)
        return response

    def without_button(self, request: HttpRequest, bare: HttpResponse) -> HttpResponse:
        """Browsers show nothing at all for an empty 405."""
        problem = OnlyByButton(
            "Chưa có gì được ghi. Hãy về trang trước và bấm nút ở đó.",
            en="Nothing was done. Go back to the page before and press its button.",
        )
        response = problem_response(request, problem)
        response["Allow"] = bare["Allow"]
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        problem = as_problem(error)
        if problem is None:
            return None
        if not isinstance(error, Problem):
            where = error if isinstance(error, IntegrityError) else None  # whatever rule let it through is to be found
            logging.getLogger(__name__).error("%s: %s", problem.code, told(error), exc_info=where)
        response = problem_response(request, problem)
        if problem.status == Busy.status:
            response["Retry-After"] = "5"
        return response
