"""A phone: a window in which the modules of the phone run, against a server that lies when asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.field.client.standin import Office, office
from tests.field.client.window import Phone


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/tests/field/client/" in item.path.as_posix():
            item.add_marker("browser")
            item.add_marker("look")


@pytest.fixture
def server() -> Iterator[Office]:
    """The stand-in for the office."""
    with office() as one:
        yield one


@pytest.fixture
def page(browser: Browser, server: Office) -> Iterator[Page]:
    """A fresh window at /field/ of the stand-in."""
    context = browser.new_context(base_url=server.url, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(15_000)
    page = context.new_page()
    faults: list[Any] = []
    page.on("pageerror", lambda error: faults.append(error))
    page.goto("/field/")
    yield page
    context.close()
    assert not faults, faults


@pytest.fixture
def phone(page: Page) -> Phone:
    """Its modules; nobody works on it yet."""
    return Phone(page)


@pytest.fixture
def ready(phone: Phone, server: Office) -> Phone:
    """The same, enrolled and unlocked: things can be said."""
    phone.begin(str(server.person))
    return phone
