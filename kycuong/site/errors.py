"""What is shown when nothing of ours could answer: no such page, not allowed, a fault."""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html
from django.views import defaults

from kycuong.core.faults import as_problem
from kycuong.core.http import is_api, problem_response
from kycuong.core.problems import BadInput, Fault, Missing, NotAllowed, Problem
from kycuong.core.speaking import wanted

log = logging.getLogger(__name__)

BARE = """<!doctype html><html lang="vi"><meta charset="utf-8"><title>Hệ thống gặp lỗi · Kỷ Cương</title>
<h1>Hệ thống gặp lỗi</h1><p>Việc vừa rồi chưa được ghi. Hãy thử lại sau ít phút, hoặc báo quản trị hệ thống mã {id}.</p>
<p lang="en">Something went wrong and nothing was saved. Try again in a few minutes, or tell the administrator {id}.</p></html>
"""


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problem_response(request, missing())
    with translation.override(wanted(request.COOKIES)):
        return defaults.page_not_found(request, exception)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problem_response(
            request, NotAllowed("Tài khoản này không được làm việc này.", en="This account may not do this.")
        )
    with translation.override(wanted(request.COOKIES)):
        return defaults.permission_denied(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return problem_response(
            request, BadInput("Máy chủ không đọc được yêu cầu này.", en="The server cannot read this request.")
        )
    with translation.override(wanted(request.COOKIES)):
        return defaults.bad_request(request, exception)


def fault(request: HttpRequest) -> HttpResponse:
    """The last resort: must work when the database, or even a template, does not."""
    problem = as_problem(sys.exc_info()[1])
    request_id = getattr(request, "id", "-")
    if is_api(request):
        return problem_response(request, problem or unexpected())
    try:
        with translation.override(wanted(request.COOKIES)):
            return HttpResponse(_fault_page(problem, request_id), status=problem.status if problem else 500)
    except Exception:
        log.exception("the page for faults is at fault itself")
        return HttpResponse(format_html(BARE, id=request_id), status=500)


def _fault_page(problem: Problem | None, request_id: str) -> str:
    context: dict[str, Any] = {"request_id": request_id}
    if problem:
        title = translation.gettext(problem.title)
        context |= {"status": problem.status, "title": title, "vi": problem.vi, "en": problem.en}
    return render_to_string("500.html", context)


def missing() -> Missing:
    return Missing(
        "Không có nội dung này, hoặc tài khoản này không được xem.",
        en="This does not exist, or this account may not see it.",
    )


def unexpected() -> Fault:
    return Fault(
        "Việc vừa rồi chưa được ghi. Hãy thử lại sau ít phút, hoặc báo quản trị hệ thống mã yêu cầu.",
        en="Nothing was saved. Try again in a few minutes, or tell the administrator the request id.",
    )
