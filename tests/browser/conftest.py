"""A browser for stories: the system's Chromium, a person signed in without typing, and no fault left unseen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

from kycuong.orgs.models import Person
from tests.browser.axe import WIDTHS
from tests.browser.guides import PICTURES, Camera
from tests.browser.served import served


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A story is told at a phone's width, with --long at both: what is pressed is the same, and pages are looked at anyway."""
    for item in items:
        if "/tests/browser/" in item.path.as_posix():
            item.add_marker("browser")
            if f"[{WIDTHS[0]}]" in item.name:
                item.add_marker("long")


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the whole product with the demonstration, served as `./run` serves it."""
    with served(tmp_path_factory.mktemp("product")) as address:
        yield address


@pytest.fixture
def guided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same once more, for each guide: they hand out passwords and declare what others would still have to declare."""
    with served(tmp_path_factory.mktemp("guided")) as address:
        yield address


@pytest.fixture
def camera(tmp_path: Path) -> Camera:
    return Camera(PICTURES if "KYCUONG_GUIDE_IMAGES" in os.environ else tmp_path)


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A fresh window, as in an office in Lạng Sơn: `page.goto("/sign-in/")`. At its end it must have had no complaint."""
    context = browser.new_context(
        base_url=live_server.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    found: list[str] = []
    page = context.new_page()
    watch(page, live_server.url, found)
    yield page
    context.close()
    assert not found, "\n".join(found)


@pytest.fixture(params=WIDTHS)
def width(request: pytest.FixtureRequest, page: Page) -> int:
    """A desk, then a phone: a test that takes it runs once at each."""
    page.set_viewport_size({"width": request.param, "height": 900})
    return int(request.param)


@pytest.fixture
def sign_in(page: Page, live_server: LiveServer) -> Callable[[Person], Page]:
    """Signs a person in on the page."""

    def act(person: Person) -> Page:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return act


def watch(page: Page, url: str, found: list[str]) -> None:
    """Note what a person would not see: errors of scripts, of the security policy, files from elsewhere."""

    def said(message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text and "status of 4" in message.text
        refused = refused or "net::ERR_INTERNET_DISCONNECTED" in message.text  # a test took the line away
        if message.type == "error" and not refused:  # a refused form is answered with 4xx, on purpose
            found.append(f"{page.url}: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((url, "data:", "blob:")):
            found.append(f"{page.url} asks for {request.url}")

    page.on("console", said)
    page.on("request", asked)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
