"""Around every request of a signed-in person: is a second factor missing, how fresh is the proof, which browser is this."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast
from urllib.parse import urlencode

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kycuong.core.http import is_api, problem_response
from kycuong.core.presence import Presence, present
from kycuong.core.problems import StepUpNeeded
from kycuong.orgs.models import Person
from kycuong.signin.proving.codes import brings_a_key
from kycuong.signin.queries import asks_again, factor_required, lacks_factor
from kycuong.signin.rules import factor_needed, password_is_temporary
from kycuong.signin.store import has_lent_password, is_told, note_session
from kycuong.signin.views.confirm import PROVED, hold, sent_on
from kycuong.signin.views.factors import HAS_FACTOR

OPEN = (
    "/me/security/",
    "/confirm/",
    "/sign-in/",
    "/sign-out/",
    "/password/",
    "/session/",
    "/help/guide/account/",
    "/healthz",
    "/readyz",
    "/static/",
)
"""What opens before a second factor is there that must be there."""
TO_CHANGE = (
    *("/password/", "/confirm/", "/sign-out/", "/session/"),
    *("/help/guide/account/", "/healthz", "/readyz", "/static/"),
)
"""What opens while a password that somebody else was told is to be replaced."""


class Attendance:
    """The last of the middleware: what it keeps for the proof, it keeps instead of a refusal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_api(request) and brings_a_key(request.headers.get("Authorization", "")):
            with present(Presence(None)):  # whoever's cookie lies beside it is not looked at
                return self.get_response(request)
        if "_auth_user_id" in request.session and not request.user.is_authenticated:
            request.session.flush()  # of an account that was closed: whoever comes next begins with nothing of it
        if "_auth_user_id" in request.session and request.user.is_authenticated and must_change(request):
            return problem_response(request, password_is_temporary()) if is_api(request) else sent_to_change(request)
        if "_auth_user_id" in request.session and request.user.is_authenticated and lacks(request):
            return problem_response(request, factor_needed()) if is_api(request) else redirect("signin:security")
        with present(presence_of(request)):
            response = self.get_response(request)
        if "_auth_user_id" in request.session and request.method == "POST" and not is_api(request):
            sent_on(request)
        tell(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        held = isinstance(error, StepUpNeeded) and not is_api(request) and request.user.is_authenticated
        return hold(request, cast(StepUpNeeded, error)) if held else None


def must_change(request: HttpRequest) -> bool:
    """Whether a password that somebody else was told is to be replaced before anything else opens."""
    return not request.path_info.startswith(TO_CHANGE) and has_lent_password(
        request.session, cast(Person, request.user)
    )


def sent_to_change(request: HttpRequest) -> HttpResponse:
    """And back afterwards: a phone, which the door sends to its second step, to the phone's pages."""
    wanted = request.get_full_path() if request.method == "GET" else "/"
    back = "/field/" if wanted.startswith("/sign-in/") else wanted
    return redirect(f"{reverse('account_change_password')}?{urlencode({'next': back})}")


def lacks(request: HttpRequest) -> bool:
    """Asked of the database once a session; roles that come later end the session, and so does a reset."""
    if request.session.get(HAS_FACTOR) or not factor_required():
        return False
    if lacks_factor(cast(Person, request.user)):
        return not request.path_info.startswith(OPEN)
    request.session[HAS_FACTOR] = True
    return False


def presence_of(request: HttpRequest) -> Presence | None:
    """How fresh the proof is; None where nobody is asked.

    At the phone's own address minutes arrive that were signed hours before, without a signal, behind the passphrase that opened
    the phone: those, of the signer's own phone, are not asked about (field.actions._signing), and nothing else is left out there.
    """
    try:
        if not asks_again():
            return None
    except DatabaseError:
        return Presence(None)  # nothing is acted on without a database; whether it answers must still be told
    moment = request.session.get(PROVED) or request.session.get("began")
    by_phone = request.path_info.startswith(settings.FIELD_API)
    return Presence(datetime.fromtimestamp(moment, UTC) if moment else None, by_phone=by_phone)


def tell(request: HttpRequest) -> None:
    """Once when somebody is in, then once a minute. A database that takes nothing is no reason to show nothing."""
    session = request.session
    if "_auth_user_id" not in session or session.session_key is None or is_told(session):
        return
    if not isinstance(person := getattr(request.user, "_wrapped", request.user), Person):
        return
    address, agent = request.META.get("REMOTE_ADDR", ""), request.headers.get("User-Agent", "")
    try:
        note_session(session, person, address=address, agent=agent)
    except DatabaseError as error:
        logging.getLogger(__name__).warning("the list of sessions was not written: %s", error)
