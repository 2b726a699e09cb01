"""How pages look, light or dark, and in which language; and the gallery with every component in every state, for those who write pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from kycuong.core.problems import BadInput

from .gallery import choices, samples
from .schemes import SCHEMES

YEAR = 365 * 24 * 3600


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", samples())


@require_safe
def print_sheet(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery_print.html", samples() | {"issuer": "Cơ quan mẫu", "back_url": "/ui/"})


@require_safe
def problem(request: HttpRequest) -> HttpResponse:
    """A refusal as it looks; nothing was refused, so the status is 200."""
    context = {
        "status": 422,
        "title": "Chưa thực hiện được",
        "vi": "Biên bản đã ký nên không sửa được; hãy hủy lượt này và ghi lại.",
        "en": "These minutes are signed and cannot be edited: annul the visit and record it again.",
        "errors": [{"cell": "C7", "message": "Ngày 30/02/2019 không có trong lịch."}],
        "next_step": "Mở lượt kiểm tra, chọn «Hủy lượt», ghi lý do rồi ghi lượt mới.",
        "back_url": "/ui/",
        "request_id": "4f1c2a9e77b03d15",
    }
    return render(request, "ui/problem.html", context)


@require_safe
def units(request: HttpRequest) -> JsonResponse:
    """Choices for the combobox of the gallery."""
    return JsonResponse(choices(request.GET.get("q", "")), safe=False)


@require_POST
@login_not_required
def choose_scheme(request: HttpRequest) -> HttpResponse:
    """Without scripts a button leads here and back; with them ui/scheme.js does the same on the spot. Nothing of ours is written."""
    chosen = SCHEMES.get(request.POST.get("scheme", ""))
    if chosen is None:
        raise BadInput(
            "Không có giao diện này: hãy chọn theo máy, sáng hoặc tối.",
            en="There is no such display: choose system, light or dark.",
        )
    return _chosen(request, settings.SCHEME_COOKIE_NAME, chosen.code)


@require_POST
@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Like the display it belongs to the browser; nothing that is kept, signed or sent changes with it."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise BadInput(
            "Không có ngôn ngữ này: hãy chọn Tiếng Việt hoặc English.",
            en="There is no such language: choose Tiếng Việt or English.",
        )
    return _chosen(request, settings.LANGUAGE_COOKIE_NAME, chosen)


def _chosen(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    back = request.POST.get("next", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = HttpResponseRedirect(back if ours else "/")
    # Scripts may read it: the phone's page is kept whole and cannot ask the server how it should look.
    how: dict[str, Any] = {"path": "/", "secure": settings.SESSION_COOKIE_SECURE, "samesite": "Lax"}
    response.set_cookie(cookie, value, max_age=YEAR, **how)
    return response
