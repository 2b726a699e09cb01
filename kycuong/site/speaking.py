"""Which pages speak English, and that a page does so only when its browser was told to.

A page stands here when `tests/test_english.py` has read all of it and found no Vietnamese but data; every other page, every
file and paper and the API stay Vietnamese whole, and say so, rather than mix (ADR 0052).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from kycuong.core.speaking import ENGLISH, VIETNAMESE, wanted

PAGES = frozenset(
    """
    mine calendar account_login account_logout
    """.split()
)
"""By the names of their addresses."""


def is_spoken(request: HttpRequest) -> bool:
    """Whether this page can be had in English."""
    found = request.resolver_match
    return found is not None and found.view_name in PAGES


def choices(request: HttpRequest) -> list[dict[str, Any]]:
    """The languages to choose from. Pages for everybody are kept by caches and bear no form."""
    person = getattr(request, "user", None)
    if not (is_spoken(request) or (person is not None and person.is_authenticated)):
        return []
    chosen = wanted(request.COOKIES)
    return [{"code": code, "name": name, "chosen": code == chosen} for code, name in settings.LANGUAGES]


def is_untold(request: HttpRequest) -> bool:
    """English was chosen, and this page cannot speak it."""
    return wanted(request.COOKIES) == ENGLISH and translation.get_language() != ENGLISH


class Speaking:
    """Every request begins in Vietnamese; the view of a page in English is called in English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(VIETNAMESE):
            response = self.get_response(request)
        if is_spoken(request):
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if is_spoken(request):
            translation.activate(wanted(request.COOKIES))
