"""The guide for members of a team, walked: what is declared, what is recorded, and that somebody else signs."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.guides import Camera, ensure_told
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    page = window(browser, guided, "thanhvien")
    page.goto("/mine/")
    camera.shot("team_member-mine", page, rows=500)
    page.get_by_role("link", name="Khai báo xung đột lợi ích").first.click()
    page.get_by_label("Tôi không có xung đột lợi ích với đơn vị nào của cuộc này").check()
    camera.read(page)
    page.get_by_role("button", name="Ghi khai báo").click()
    page.wait_for_url(lambda url: "declaration" not in url)
    page.goto("/mine/")
    expect(page.get_by_role("link", name="Khai báo xung đột lợi ích")).to_have_count(0)
    page.get_by_role("link", name="Ghi kết quả").first.click()
    page.locator("[name=quota]").fill("12")
    page.locator("[name=present]").fill("12")
    expect(page.get_by_role("button", name="Lưu và đọc lại để ký")).to_have_count(0)
    camera.shot("team_member-visit", page)
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã lưu.").first.wait_for()
    camera.read(page)
    page.context.close()
    ensure_told("team_member", camera)
