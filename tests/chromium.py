"""The system's Chromium, one for all tests of a process that look at pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread; our code does not use it

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str:
    """Where the system's Chromium is."""
    return next(filter(None, map(shutil.which, NAMES)))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """There may be one in a process: a second one would refuse to start."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all."""
    browser = playwright.chromium.launch(executable_path=executable(), args=QUIET)
    yield browser
    browser.close()
