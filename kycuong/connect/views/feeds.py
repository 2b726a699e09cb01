"""«Lịch trên điện thoại»: the page where the address is made, and the address itself."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kycuong.connect.actions import make_feed, revoke_feed
from kycuong.connect.queries import feed_at, feed_of, text_of
from kycuong.core.http import Request, base_of, page


@never_cache
def subscription(request: Request) -> HttpResponse:
    """With POST an address is made, or made anew; it is on the page that answers, and nowhere else."""
    address = ""
    if request.method == "POST":
        _feed, token = make_feed(request.user, by=request.user)
        address = base_of(request) + reverse("connect:feed", args=[token])
    context = {
        "title": _("Lịch trên điện thoại, máy tính"),
        "crumbs": [(_("Lịch"), reverse("calendar")), (_("Lịch trên điện thoại, máy tính"), "")],
        "feed": feed_of(request.user),
        "address": address,
    }
    return page(request, "connect/subscription.html", context=context)


@require_POST
def revoke(request: Request) -> HttpResponse:
    """The address opens nothing any more."""
    if feed_of(request.user) is None:
        raise Http404
    revoke_feed(request.user, by=request.user)
    messages.success(request, _("Đã thu hồi địa chỉ lịch."))
    return redirect("connect:subscription")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for whoever holds the address; unchanged since the last time it is not sent again."""
    found = feed_at(token)
    if found is None:
        raise Http404
    text = text_of(found, base_of(request)).encode()
    mark = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match", "") == mark:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="ky-cuong.ics"'
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    return response
