"""The guide for heads of inspected units, walked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.guides import Camera, ensure_told, issued, reported, shared_draft
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    """Somebody of the lead side visits the unit and shares a draft with it first."""
    lead = window(browser, guided, "tonghop")
    shared = shared_draft(lead, "xa cao loc")
    lead.context.close()
    page = window(browser, guided, "thutruong")
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/mine/")
    camera.read(page)
    page.goto(shared)
    page.get_by_role("link", name="Có ý kiến").first.wait_for()
    page.get_by_text("Từng tồn tại").scroll_into_view_if_needed()
    camera.shot("unit_head-findings", page)
    with page.expect_navigation():
        page.get_by_role("link", name="Có ý kiến").first.click()
    camera.read(page)
    page.get_by_label("Ý kiến, giải trình").fill("Đã có từ trước ngày kiểm tra.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.get_by_role("link", name="Sửa ý kiến, thêm ảnh").first.wait_for()
    camera.read(page)
    page.get_by_role("link", name="Ghi ý kiến chung").click()
    page.get_by_label(re.compile("^Ý kiến của đơn vị")).fill("Đề nghị xem xét mục nêu trên.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.get_by_text("Đã ghi ý kiến").wait_for()
    conclude(browser, guided, shared)
    remedy(page, camera)
    reported(browser, guided, camera, "Báo cáo cả năm")
    page.context.close()
    ensure_told("unit_head", camera)


def conclude(browser: Browser, address: str, shared: str) -> None:
    """The lead side keeps the finding; a leader approves; the conclusion is issued."""
    lead = window(browser, address, "tonghop")
    lead.goto(shared)
    lead.get_by_role("link", name="Xem xét", exact=True).first.click()
    lead.get_by_role("radio", name="Giữ nguyên").check()
    lead.get_by_label(re.compile("^Lý do")).fill("Tại thời điểm kiểm tra chưa có.")
    lead.get_by_role("button", name="Ghi quyết định").click()
    lead.get_by_text("Đã ghi quyết định").wait_for()
    leader = window(browser, address, "lanhdao")
    leader.goto(shared)
    leader.get_by_role("button", name="Duyệt kết luận").click()
    leader.get_by_text("Đã duyệt kết luận.").wait_for()
    leader.context.close()
    issued(lead, shared)
    lead.context.close()


def remedy(page: Page, camera: Camera) -> None:
    """The unit takes note of a recommendation and reports."""
    page.goto("/recommendations/?standing=in_term")
    camera.read(page)
    page.locator("main tbody a[href^='/recommendations/']").last.click()
    page.get_by_role("button", name="Đã nhận").wait_for()
    camera.shot("unit_head-recommendation", page)
    with page.expect_navigation():
        page.get_by_role("link", name="Báo cáo khắc phục").click()
    camera.read(page)
    page.get_by_label(re.compile("^Đã làm gì")).fill("Đã lắp đủ biển tên ngày hôm qua.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("link", name="Thêm minh chứng").wait_for()
    camera.read(page)
