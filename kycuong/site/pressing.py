"""A button that is pressed twice, or a request that a network sends again, does its work once.

Every form carries a token that is written anew for each page that is shown: the same fields with the same token are the same
page, sent again. A program says so with the header Idempotency-Key. What failed may be sent again as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kycuong.core.clock import now
from kycuong.core.http import is_api, problem_response
from kycuong.core.problems import Stale

from .models import Pressed

KEY = "Idempotency-Key"
KEPT = timedelta(days=2)
LONGEST = Pressed._meta.get_field("led_to").max_length or 0


class OnceOnly:
    """Answers what was sent already with what came of it, or says that it is here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if not key:
            return self.get_response(request)
        try:
            with transaction.atomic():
                Pressed.objects.create(key=key)
        except IntegrityError:
            return again(request, key)
        done = ""
        try:
            response = self.get_response(request)
            done = response.headers.get("Location", "-") if response.status_code < 400 else ""
            done = done if response.status_code != 200 or is_api(request) else ""
        finally:
            settle(key, done)
        return response


def settle(key: str, led_to: str) -> None:
    """Note where it led; what came to nothing is forgotten, and may be sent again."""
    found = Pressed.objects.filter(key=key)
    if led_to:
        found.update(led_to=led_to if len(led_to) <= LONGEST else "-")
    else:
        found.delete()


def again(request: HttpRequest, key: str) -> HttpResponse:
    """Where the first one led. While it is under way, or for a program: that it is here."""
    led_to = Pressed.objects.filter(key=key).values_list("led_to", flat=True).first() or ""
    if led_to.startswith("/") and not is_api(request):
        return HttpResponseRedirect(led_to)
    problem = Stale(
        "Yêu cầu này đã được gửi một lần rồi nên không làm lại. Hãy mở lại trang để xem kết quả.",
        en="This was sent once already and is not done again. Open the page anew to see what came of it.",
    )
    return problem_response(request, problem)


def key_of(request: HttpRequest) -> str:
    """A digest of who sent what from which page; nothing where no form and no key tells one sending from another."""
    if request.method != "POST" or "HX-Request" in request.headers:
        return ""  # a part of a page is saved again and again, each time with the token of the whole
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "") + request.headers.get("Authorization", "")
    mark = request.headers.get(KEY, "") if is_api(request) else request.POST.get("csrfmiddlewaretoken", "")
    if not (session and mark):
        return ""
    said = [session, request.get_full_path(), mark, *body_of(request)]
    return hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def body_of(request: HttpRequest) -> list[str]:
    if request.content_type == "application/json":
        return [request.body.decode("utf-8", "replace")]
    files = [f"{name}={one.name}={one.size}" for name, many in request.FILES.lists() for one in many]
    return [f"{name}={value}" for name, many in sorted(request.POST.lists()) for value in many] + sorted(files)


def forget_pressed(day: date) -> str:
    """A step of the tick: after two days no page that was sent is still open in a session."""
    Pressed.objects.filter(pressed_at__lt=now() - KEPT).delete()
    return ""
