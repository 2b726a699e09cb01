"""The guide for records clerks, walked: numbers that wait, the look of papers, a Word file that is checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kycuong.core.clock import today
from tests.browser.guides import Camera, agreed, ensure_told, issued, shared_draft
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(
    browser: Browser, guided: str, camera: Camera, tmp_path: Path
) -> None:
    conclusion = concluded(browser, guided)
    page = window(browser, guided, "vanthu")
    page.goto("/mine/")
    page.get_by_role("link", name="Ghi số kết luận").first.wait_for()
    camera.shot("records_clerk-mine", page, rows=500)
    numbered(page, camera)
    page.goto(conclusion)
    camera.read(page)
    page.goto("/plans/")
    page.get_by_role("rowheader").get_by_role("link", name="Sở Nội vụ").click()
    page.get_by_role("link", name="Ghi số").wait_for()
    camera.read(page)
    looked_after(page, camera, conclusion, tmp_path)
    page.context.close()
    ensure_told("records_clerk", camera)


def concluded(browser: Browser, address: str) -> str:
    """A visit that the office of the clerk led, with a conclusion that was issued without a number."""
    head, unit, leader, lead = (
        window(browser, address, who) for who in ("truongdoan", "thutruong", "lanhdao", "tonghop")
    )
    conclusion = shared_draft(head, "xa cao loc")
    agreed(unit, conclusion)
    leader.goto(conclusion)
    leader.get_by_role("button", name="Duyệt kết luận").click()
    leader.get_by_text("Đã duyệt kết luận.").wait_for()
    issued(lead, conclusion)
    for page in (head, unit, leader, lead):
        page.context.close()
    return conclusion


def numbered(page: Page, camera: Camera) -> None:
    """The decision, the minutes, the conclusion: each line leads to its number and goes when that is there."""
    page.get_by_role("link", name="Ghi số quyết định").last.click()
    page.get_by_label("Số quyết định").fill("128/QĐ-SNV")
    page.get_by_label("Ngày quyết định").fill(today().strftime("%d/%m/%Y"))
    camera.shot("records_clerk-number", page, rows=560)
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã ghi quyết định").wait_for()
    camera.read(page)
    for what, label, number in (
        ("Ghi số biên bản", "Số biên bản", "45/BB-SNV"),
        ("Ghi số kết luận", "Số, ký hiệu", "46/TB-SNV"),
    ):
        page.goto("/mine/")
        before = page.get_by_role("link", name=what).count()
        page.get_by_role("link", name=what).last.click()
        page.get_by_label(label).fill(number)
        page.get_by_role("button", name="Lưu").click()
        page.wait_for_url(lambda url: "number" not in url)
        camera.read(page)
        page.goto("/mine/")
        assert page.get_by_role("link", name=what).count() == before - 1


def looked_after(page: Page, camera: Camera, conclusion: str, folder: Path) -> None:
    """The head of papers, and minutes as Word read back by the check."""
    page.goto("/inspections/")
    page.get_by_text("Khác", exact=True).click()
    camera.read(page)
    page.goto("/papers/")
    camera.read(page)
    page.get_by_role("link", name="Sở Nội vụ").first.click()
    page.get_by_role("link", name="Xem thử (PDF)").wait_for()
    camera.shot("records_clerk-papers", page)
    page.goto(conclusion)
    page.locator("main a[href^='/visits/']").last.click()
    page.get_by_text("khớp nội dung đang lưu").wait_for()
    camera.read(page)
    with page.expect_download() as found:
        page.get_by_role("link", name="Tải Word").click()
    letter = folder / "bien-ban.docx"
    found.value.save_as(letter)
    page.goto("/papers/check/")
    page.set_input_files("input[type=file]", letter)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    page.get_by_text("Không thấy chỗ nào sai thể thức").wait_for()
    camera.shot("records_clerk-check", page)
