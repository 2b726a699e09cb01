"""The guide for those who plan and record, walked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.guides import Camera, ensure_told, fill
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    page = window(browser, guided, "daumoi")
    page.goto("/plans/")
    camera.shot("coordinator-plans", page)
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_role("link", name="Chép sang năm khác").click()
    page.get_by_role("button", name="Chép").click()
    page.get_by_role("link", name="Thêm mục").wait_for()
    camera.read(page)
    page.goto("/plans/new/")
    camera.read(page)
    page.goto("/inspections/new/")
    camera.read(page)
    page.goto("/visits/new/")
    unit = page.get_by_label("Đơn vị được kiểm tra").first
    unit.click()
    page.keyboard.type("van hoa dong dang")
    page.get_by_text("1 kết quả").wait_for()
    camera.shot("coordinator-unit", page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bắt đầu ghi").click()
    fill(page)
    camera.shot("coordinator-answers", page)
    page.get_by_role("button", name="Lưu và đọc lại để ký").click()
    page.wait_for_url("**/signing/")
    signing = page.url
    page.goto(signing.replace("signing", "files"))
    camera.read(page)
    page.goto(signing.replace("signing", "picks"))
    camera.read(page)
    page.goto(signing)
    page.fill("[name=team_signatory]", "Công chức Văn phòng")
    page.fill("[name=unit_signatory]", "Trưởng phòng")
    page.get_by_role("button", name="Ký biên bản").scroll_into_view_if_needed()
    camera.shot("coordinator-sign", page)
    page.get_by_role("button", name="Ký biên bản").click()
    page.wait_for_url(lambda url: "signing" not in url)
    camera.shot("coordinator-signed", page)
    minutes = page.url
    page.goto("/measures/")
    camera.read(page)
    page.goto(minutes)
    page.get_by_role("button", name="Soạn kết luận").click()
    page.get_by_role("link", name="Lấy ý kiến đơn vị").wait_for()
    camera.read(page)
    page.locator("a[href^='/inspections/0']").first.click()
    page.get_by_role("link", name="Báo cáo kết quả", exact=True).wait_for()
    camera.read(page)
    for name in ("Sửa đoàn", "Chia tổ", "Ghi số quyết định", "Khai báo của tôi"):
        page.get_by_role("link", name=name).click()
        page.get_by_role("link", name="Quay lại").wait_for()
        camera.read(page)
        page.go_back()
    for path in ("/inspections/", "/checklists/versions/", "/checklists/versions/new/"):
        page.goto(path)
        camera.read(page)
    page.goto("/figures/")
    camera.read(page)
    page.goto("/self-checks/")
    camera.read(page)
    page.get_by_role("link", name="Soạn đợt tự kiểm tra").click()
    page.get_by_label("Tên đợt").fill("Tự kiểm tra đầu năm")
    page.get_by_label("Phòng, chi cục").check()
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Gửi cho các đơn vị").click()
    page.get_by_role("button", name="Gửi cho các đơn vị").wait_for()
    camera.read(page)
    page.get_by_role("button", name="Gửi cho các đơn vị").click()
    page.get_by_role("link", name="Tự khai so với phát hiện").wait_for()
    camera.read(page)
    page.goto("/draws/")
    camera.read(page)
    page.goto("/draws/how/")
    camera.read(page)
    page.goto("/draws/new/")
    page.get_by_label("Phòng, chi cục").fill("1")
    page.get_by_role("button", name="Công bố cam kết").click()
    page.get_by_role("button", name="Mở phần niêm phong").wait_for()
    camera.read(page)
    page.context.close()
    ensure_told("coordinator", camera)
