"""What the frame of every page shows: the person's unit, unread notices, the menu, whether the data are a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from kycuong.core.http import Request
from kycuong.demo.accounts import is_loaded
from kycuong.notices.queries import unread_count
from kycuong.orgs.authority import assignments_of
from kycuong.ui.schemes import SCHEMES, scheme_in

from .nav import menu
from .speaking import choices, is_untold
from .staying import keep_key


def frame(request: Request) -> dict[str, Any]:
    """Looked up only when a template asks: a part of a page, or a page for nobody, asks for less."""
    return {
        "nav": SimpleLazyObject(lambda: menu(request)),
        "person_unit": SimpleLazyObject(lambda: unit_of(request)),
        "unread": SimpleLazyObject(lambda: unread_count(request.user)),
        "demo": SimpleLazyObject(is_loaded),
        "provider": settings.OIDC,
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "scheme": scheme_in(request.COOKIES),
        "schemes": SCHEMES.values(),
        "scheme_cookie": settings.SCHEME_COOKIE_NAME,
        "languages": SimpleLazyObject(lambda: choices(request)),
        "only_vietnamese": SimpleLazyObject(lambda: is_untold(request)),
        "keep_key": SimpleLazyObject(lambda: keep_key(request.user)),
    }


def unit_of(request: Request) -> str:
    """Where the person works: the unit of the first role."""
    assignment = assignments_of(request.user).order_by("pk").select_related("unit").first()
    return str(assignment.unit) if assignment else ""
