"""The guide for administrators, walked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.guides import Camera, ensure_told
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    page = window(browser, guided, "quantri")
    for path in ("/exports/", "/notices/", "/notices/settings/", "/ticks/"):
        page.goto(path)
        camera.read(page)
    page.get_by_text("Lần chạy xong gần nhất").wait_for()  # the server has run it by itself
    switched(page, camera)
    page.context.close()
    ensure_told("administrator", camera)


def switched(page: Page, camera: Camera) -> None:
    """Ranking goes off for the province and back to what is usual: others walk here, too."""
    page.goto("/features/")
    page.get_by_role("button", name="Xem").click()
    camera.shot("administrator-features", page)
    for how in ("Tắt", "Theo đơn vị cấp trên"):
        page.get_by_role("link", name="Bật, tắt : Xếp hạng đơn vị").click()
        camera.read(page)
        page.get_by_label(how, exact=True).check()
        page.get_by_label("Lý do hoặc số văn bản").fill("Quyết định 12/QĐ-SNV: triển khai từng bước")
        page.get_by_role("button", name="Ghi quyết định").click()
        page.get_by_text("Đã ghi. Có hiệu lực từ bây giờ.").wait_for()
        camera.read(page)
