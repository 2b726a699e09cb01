"""The door between Python and HTTP: the request as our views know it, a whole page or a part of it, a problem told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextvars import Context, copy_context
from typing import IO, TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header

from .problems import Problem
from .speaking import wanted

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from kycuong.orgs.models import Person

API = "/api/"
Otherwise = TypeVar("Otherwise", int, None)


class Request(HttpRequest):
    """What reaches a view: somebody is signed in (SignInRequired saw to that), and it is known whether htmx asks."""

    user: Person
    htmx: HtmxDetails
    id: str


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks, who wants JSON and 401, never a page and a redirect."""
    return request.path_info.startswith(API)


def base_of(request: HttpRequest) -> str:
    """The address at which people reach this server, without a slash at its end: the one that is set, else the one that was asked."""
    return str(settings.BASE_URL).rstrip("/") or request.build_absolute_uri("/").rstrip("/")


def version_in(text: str) -> int | None:
    """The version of a record as a form carries it; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def version_sent(request: HttpRequest, otherwise: Otherwise, name: str = "version") -> int | Otherwise:
    """The version that the form was filled in on, from its control `name`; without a sound one, `otherwise`."""
    sent = version_in(request.POST.get(name, ""))
    return otherwise if sent is None else sent


def page(
    request: HttpRequest, template: str, partial: str = "", context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The whole page; or, when htmx asks for a part, only the template's `partialdef` of that name."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    part = partial and htmx and not htmx.boosted and not htmx.history_restore_request
    response = render(request, f"{template}#{partial}" if part else template, context or {}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def saved(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved under its name, never shown inside a page of ours."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def sent(file: IO[bytes], kind: str, name: str) -> FileResponse:
    """A file of any length, to be saved under its name; it is closed when it is out."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def as_asked(pieces: Iterable[Any]) -> Iterator[Any]:
    """The pieces, each made as if the request were still under way: the server takes them when it is over."""
    return _stepped(copy_context(), iter(pieces))


def _stepped(asked: Context, rest: Iterator[Any]) -> Iterator[Any]:
    while (piece := asked.run(lambda: next(rest, None))) is not None:
        yield piece


def streamed(pieces: Iterable[str] | Iterable[bytes], kind: str, name: str) -> StreamingHttpResponse:
    """A text, or an archive, that goes out while it is made: for whom, and with what proof, is what it was when it was asked for."""
    response = StreamingHttpResponse(as_asked(pieces), content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def problem_response(request: HttpRequest, problem: Problem, *, next_step: str = "") -> HttpResponse:
    """The problem as a page for people, or as application/problem+json (RFC 9457) for programs."""
    request_id = getattr(request, "id", "")
    if is_api(request):
        return JsonResponse(
            {**described(problem), "request_id": request_id},
            status=problem.status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False},
        )
    with translation.override(wanted(request.COOKIES)):
        return render(request, "ui/problem.html", _told(request, problem, next_step), status=problem.status)


def _told(request: HttpRequest, problem: Problem, next_step: str) -> dict[str, Any]:
    return {
        "status": problem.status,
        "title": translation.gettext(problem.title),
        "vi": problem.vi,
        "en": problem.en,
        "errors": problem.errors,
        "next_step": next_step,
        "back_url": request.get_full_path() if request.method == "POST" else "",
        "request_id": getattr(request, "id", ""),
    }


def described(problem: Problem) -> dict[str, Any]:
    """The members of a problem document."""
    return {
        "type": f"urn:kycuong:problem:{problem.code}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.vi,
        "detail_en": problem.en,
        "errors": problem.errors,
        **problem.members,
    }
