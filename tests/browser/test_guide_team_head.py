"""The guide for heads of teams, walked: a sealed inspection."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.guides import Camera, ensure_told
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    page = window(browser, guided, "truongdoan")
    page.goto("/mine/")
    camera.read(page)
    page.goto("/inspections/new/")
    camera.read(page)
    page.goto("/inspections/")
    camera.read(page)
    page.locator("tr", has_text="Niêm phong").get_by_role("link").first.click()
    page.get_by_role("button", name="Xem phần niêm phong").click()
    page.get_by_role("button", name="Bắt đầu lượt này").wait_for()
    camera.read(page)
    page.get_by_role("link", name="Quay lại").click()
    page.get_by_text("Ai đã xem, lúc nào").wait_for()
    camera.read(page)
    page.get_by_role("button", name="Xem phần niêm phong").click()
    page.get_by_role("button", name="Bắt đầu lượt này").click()
    page.get_by_role("link", name="Xóa nháp").wait_for()
    camera.read(page)
    page.context.close()
    ensure_told("team_head", camera)
