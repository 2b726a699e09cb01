"""«Bảo mật tài khoản»: what one proves with, which programs call, where one is signed in."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.clock import today
from kycuong.core.http import Request, page
from kycuong.signin.models import SignedIn
from kycuong.signin.queries import (
    factors_of,
    identities_of,
    keys_of,
    lacks_factor,
    must_have_one,
    passkeys_of,
    sessions_of,
)
from kycuong.signin.rules import in_words
from kycuong.signin.store import end_all, end_session


@never_cache
@require_safe
def security(request: Request) -> HttpResponse:
    """All of it on one page."""
    person = request.user
    here = request.session.session_key
    context = {
        "title": _("Bảo mật tài khoản"),
        "factors": factors_of(person),
        "must": must_have_one(person),
        "lacks": lacks_factor(person),
        "passkeys": passkeys_of(person),
        "keys": keys_of(person),
        "day": today(),
        "sessions": [(row, in_words(row.agent), row.session_key == here) for row in sessions_of(person)],
        "panels": [import_string(path)(request) for path in settings.SECURITY_PANELS],
        "provider": settings.OIDC,
        "identities": identities_of(person) if settings.OIDC else [],
    }
    return page(request, "signin/security.html", context=context)


@require_POST
def end(request: Request, uid: UUID) -> HttpResponse:
    """End one session."""
    end_session(get_object_or_404(SignedIn.objects.visible_to(request.user), uid=uid))
    messages.success(request, _("Đã kết thúc phiên ấy."))
    return redirect("signin:security")


@require_POST
def end_others(request: Request) -> HttpResponse:
    """End all but this one."""
    end_all(request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Đã kết thúc mọi phiên khác."))
    return redirect("signin:security")
