"""The guide for administrators, walked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.guides import Camera, ensure_told
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    page = window(browser, guided, "quantri")
    for path in ("/exports/", "/notices/", "/notices/settings/", "/ticks/"):
        page.goto(path)
        camera.read(page)
    page.get_by_text("Lần chạy xong gần nhất").wait_for()  # the server has run it by itself
    page.context.close()
    ensure_told("administrator", camera)
