"""A window whose requests are answered by the product in this very process: every page of a test's own rows, without a server."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, Page, Route

HERE = "http://localhost"
"""A browser trusts this machine as it trusts HTTPS: what needs a secure page works."""


@contextmanager
def answered(browser: Browser, ask: Callable[[str], Client], *, shown: dict[str, str] | None = None) -> Iterator[Page]:
    """`ask(path)` is the client in which the person who opens that page is signed in. `shown`: pages that are there already, by path."""
    context = browser.new_context(
        base_url=HERE, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce", service_workers="block"
    )
    context.set_default_timeout(15_000)
    ours = connections[connection.alias]

    def answer(route: Route) -> None:
        connections[connection.alias] = (
            ours  # where the browser waits there would be another one, outside the test's transaction
        )
        replied(route, ask, shown or {})

    context.route("**/*", answer)
    yield context.new_page()
    context.close()


def replied(route: Route, ask: Callable[[str], Client], shown: dict[str, str]) -> None:
    parts = urlsplit(route.request.url)
    if not route.request.url.startswith(f"{HERE}/"):
        route.abort()
    elif parts.path.startswith("/static/"):
        static(route, parts.path.removeprefix("/static/"))
    else:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if path in shown:
            route.fulfill(body=shown[path], content_type="text/html; charset=utf-8")
            return
        fulfil(route, ask(parts.path).get(path))


def static(route: Route, name: str) -> None:
    found = finders.find(name)
    if not isinstance(found, str):
        route.fulfill(status=404)
        return
    kind = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0] or "application/octet-stream"
    route.fulfill(path=found, content_type=kind)


def fulfil(route: Route, response: Any) -> None:
    body = response.getvalue() if response.streaming else response.content
    route.fulfill(status=response.status_code, headers=dict(response.headers), body=body)
