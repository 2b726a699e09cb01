"""A whole page or its part; the request's id."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory, override_settings
from django_htmx.middleware import HtmxMiddleware

from kycuong.core.http import Request, page
from kycuong.core.request_id import RequestIdFilter, request_id
from kycuong.site.handler import Handler
from tests.desk import Desk

AsPerson = Callable[[Any], Client]

TEMPLATE = "<h1>Whole</h1>{% partialdef rows inline %}<p>{{ word }}</p>{% endpartialdef %}"
LOADERS = [("template_partials.loader.Loader", [("django.template.loaders.locmem.Loader", {"trial.html": TEMPLATE})])]
ENGINE = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {"loaders": LOADERS, "builtins": ["template_partials.templatetags.partials"]},
    }
]


def shown(partial: str = "rows", **headers: str) -> str:
    request = RequestFactory().get("/", headers=headers)  # type: ignore[arg-type]

    def view(request: Request) -> object:
        return page(request, "trial.html", partial, {"word": "một"})

    with override_settings(TEMPLATES=ENGINE):
        response = HtmxMiddleware(view)(request)  # type: ignore[arg-type]
    assert response.status_code == 200  # type: ignore[union-attr]
    assert response["Vary"] == "HX-Request"  # type: ignore[index]
    return response.content.decode()  # type: ignore[union-attr]


def test_a_browser_gets_the_whole_page_and_htmx_the_part() -> None:
    assert shown() == "<h1>Whole</h1><p>một</p>"
    assert shown(hx_request="true") == "<p>một</p>"


def test_htmx_gets_the_whole_page_when_it_replaces_the_page() -> None:
    assert shown(hx_request="true", hx_boosted="true") == "<h1>Whole</h1><p>một</p>"
    assert shown(hx_request="true", hx_history_restore_request="true") == "<h1>Whole</h1><p>một</p>"
    assert shown("", hx_request="true") == "<h1>Whole</h1><p>một</p>"


@pytest.mark.parametrize(("given", "kept"), [("b7c1d2e3-trace", True), ("a b", False), ("x" * 65, False), ("", False)])
def test_a_request_has_an_id_and_keeps_a_sane_one(client: Client, given: str, kept: bool) -> None:
    told = client.get("/healthz", headers={"x-request-id": given})["X-Request-Id"]
    assert (told == given) is kept
    assert len(told) >= 8


def test_the_log_names_the_request() -> None:
    record = logging.makeLogRecord({})
    name = uuid.uuid4().hex
    token = request_id.set(name)
    assert RequestIdFilter().filter(record)
    request_id.reset(token)
    assert record.__dict__["request_id"] == name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/people/?q=%00", "/?%00=1", "/checklists/a%00/", "/api/v1/units/%00", "/api/v1/units?q=%00"]
)
def test_a_character_that_cannot_be_kept_is_refused_in_words(desk: Desk, as_person: AsPerson, address: str) -> None:
    answer = as_person(desk.people["aggregator"]).get(address)
    assert answer.status_code == 422
    assert "NUL" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "refused"),
    [(r"a\u0000b", True), ("a\0b", True), (r"a\\u0000b", False)]
    + [(r"\ud800x", True), (r"\uDFFFx", True), (r"\udfff\ud83d", True), (r"\ud83d\ude00", False), (r"\\ud800x", False)],
)
def test_so_is_one_in_a_body_of_json(desk: Desk, as_person: AsPerson, written: str, refused: bool) -> None:
    body = '{"lead": "so-noi-vu", "form": "planned", "title": "' + written + '"}'
    client = as_person(desk.people["aggregator"])
    answer = client.post("/api/v1/inspections", body, content_type="application/json")
    assert ("NUL" in answer.content.decode()) is refused
    assert answer.status_code == (422 if refused else 201)


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["hex", "idna", "utf-16", "unicode_escape", "latin-1", "no-such"])
def test_what_is_not_utf8_is_refused_in_words(charset: str) -> None:
    told: list[str] = []
    environ = RequestFactory()._base_environ(
        PATH_INFO="/api/v1/units", QUERY_STRING="q=%5Cud800", CONTENT_TYPE=f"text/plain; charset={charset}"
    )
    body = Handler()(environ, lambda status, headers: told.append(status))
    assert told == ["422 Unprocessable Entity"]
    assert "UTF-8" in b"".join(body).decode()
