"""The guide to what is public, walked: the leader closes the page and opens it again, a citizen reports by phone, whoever adds up answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from kycuong.core.clock import today
from kycuong.openness.rules.reports import LEAST_SECONDS
from tests.browser.guides import Camera, ensure_told
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
UNIT = "so-xay-dung"
WORDS = "Sáng thứ hai quầy một cửa không có ai tiếp dân từ 8 giờ đến 9 giờ rưỡi."


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    leader = window(browser, guided, "lanhdao")
    opened(leader, camera)
    reported(browser, guided, camera)
    answered(browser, guided, camera)
    leader.goto("/openness/")
    camera.read(leader)
    leader.context.close()
    ensure_told("openness", camera)


def opened(page: Page, camera: Camera) -> None:
    page.goto("/mine/")
    page.get_by_text("Khác", exact=True).click()
    camera.read(page)
    page.get_by_role("link", name="Công khai", exact=True).click()
    page.get_by_role("heading", name="Bản xem trước").wait_for()
    camera.read(page)
    page.get_by_role("link", name="Tắt trang công khai").click()
    page.get_by_label("Căn cứ, lý do").fill("Rà soát lại trước khi mở")
    page.get_by_role("button", name="Tắt trang").click()
    page.get_by_role("link", name="Mở trang công khai").wait_for()
    camera.read(page)
    page.get_by_role("link", name="Mở trang công khai").click()
    page.get_by_label("Mở từ ngày").fill(today().strftime("%d/%m/%Y"))
    page.get_by_label("Căn cứ").fill("Văn bản số 12/UBND-NC về công khai kết quả kiểm tra")
    page.get_by_label("Cũng nhận phản ánh của người dân").check()
    camera.read(page)
    page.get_by_role("button", name="Mở trang").click()
    page.get_by_role("link", name="Nhận hay thôi nhận phản ánh").wait_for()


def reported(browser: Browser, address: str, camera: Camera) -> None:
    """From a phone, without an account."""
    page = browser.new_context(base_url=address, locale="vi-VN", viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"/report/{UNIT}/")
    page.get_by_label("Về việc").select_option(index=1)
    page.get_by_label("Nội dung").fill(WORDS)
    camera.shot("openness-citizen", page)
    page.wait_for_timeout(LEAST_SECONDS * 1000)  # nobody writes faster
    page.get_by_role("button", name="Gửi phản ánh").click()
    page.get_by_text("Hãy chép lại mã này").wait_for()
    page.context.close()


def answered(browser: Browser, address: str, camera: Camera) -> None:
    page = window(browser, address, "tonghop")
    page.goto("/citizen-reports/")
    page.get_by_role("heading", name="Phản ánh").wait_for()
    camera.read(page)
    page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    page.get_by_role("button", name="Bắt đầu xem").wait_for()
    camera.read(page)
    page.get_by_role("button", name="Bắt đầu xem").click()
    page.get_by_role("button", name="Ghi kết quả").wait_for()
    camera.read(page)
    page.get_by_role("radio").first.check()
    page.get_by_label("Lý do (nội bộ)").fill("Đã gọi hỏi: quầy vắng người do họp, đúng như phản ánh.")
    page.get_by_label("Trả lời người phản ánh").fill("Cảm ơn bạn. Cơ quan đã nhắc nhở, từ nay quầy luôn có người trực.")
    page.get_by_role("button", name="Ghi kết quả").click()
    page.get_by_text("Đã trả lời:").wait_for()
    camera.read(page)
    page.context.close()
