"""The phone's shell: a page without anybody's data, the worker that keeps it, and what a home screen wants to know."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

OURS = Path(__file__).parents[1] / "static"
BESIDE = ("ui/tokens.css", "ui/dark.css", "ui/mark.svg")
"""What the shell loads from elsewhere."""
KEPT = (".js", ".css", ".svg", ".png")
ENGLISH = "field/english"
"""How the tables of English begin: who does not speak it never fetches them."""
DESK = "desk"
"""What only the desk's pages load is so called."""


@require_safe
@login_not_required
def shell(request: HttpRequest) -> HttpResponse:
    """The page of the phone. Who works on it is decided in it, by the API; it opens without a network."""
    response = HttpResponse(page())
    response["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps. Another list is another release."""
    text = render_to_string("field/sw.js", {"version": version(), "files": kept(), "english": english()})
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
@login_not_required
def manifest(request: HttpRequest) -> HttpResponse:
    """Name and icons for the home screen; with `?language=en` in English, because browsers ask for it without cookies."""
    sizes = {"field/icon-192.png": "192x192", "field/icon-512.png": "512x512"}
    icons = [{"src": static(name), "sizes": size, "type": "image/png"} for name, size in sizes.items()]
    told = {
        "name": _("Kỷ Cương – đi thực địa"),
        "short_name": "Kỷ Cương",
        "lang": get_language(),
        "id": reverse("field:shell"),
        "start_url": reverse("field:shell"),
        "scope": reverse("field:shell"),
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#a61c1c",
        "icons": [*icons, {**icons[-1], "purpose": "maskable"}],
    }
    response = JsonResponse(told, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-cache"
    return response


def kept() -> list[str]:
    """Addresses that the worker keeps on every phone: the page, and every file but English under the name of its content."""
    spoken = set(english())
    return [reverse("field:shell"), reverse("field:manifest"), *(file for file in files() if file not in spoken)]


def english() -> list[str]:
    """Addresses that it keeps as well where English was chosen."""
    return [static(name) for path in _own() if (name := path.relative_to(OURS).as_posix()).startswith(ENGLISH)]


def files() -> list[str]:
    """Every module, sheet and picture of the phone, by address."""
    return [static(name) for name in (*BESIDE, *(path.relative_to(OURS).as_posix() for path in _own()))]


def version() -> str:
    """The release: it changes with every file, by its name or, where names carry no content, by what is in it."""
    return _release() if settings.DEBUG else _release_once()


def page() -> str:
    """The shell itself; it bears its release, so that the worker never keeps a page of one with files of another."""
    return render_to_string("field/shell.html", {"release": version()})


def _own() -> list[Path]:
    return [path for path in sorted(OURS.rglob("*")) if path.suffix in KEPT and path.stem != DESK]


def _release() -> str:
    told = hashlib.sha256("\n".join([render_to_string("field/shell.html"), *files()]).encode())
    for path in _own():
        told.update(path.read_bytes())
    return told.hexdigest()


_release_once = lru_cache(maxsize=1)(_release)
