"""The guide for those who add up, walked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.guides import Camera, ensure_told, reported
from tests.browser.served import window
from tests.gathering.forms_sent import plain_form
from tests.sheets.files import xlsx_file

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]

PERIOD = "scope=tinh-lang-son&from=2019-01-01&to=2019-04-30"


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    page = window(browser, guided, "tonghop")
    page.goto("/tour/")
    camera.shot("aggregator-tour", page)
    page.goto(f"/figures/?{PERIOD}")
    camera.shot("aggregator-figures", page)
    page.goto(f"/figures/units_inspected/list/?{PERIOD}")
    camera.shot("aggregator-list", page)
    page.goto("/plans/")
    page.get_by_label("Chỉ cơ quan chưa ban hành").check()
    page.get_by_role("button", name="Xem").click()
    camera.shot("aggregator-plans", page)
    for path in (
        "/days-off/?year=2027",
        "/plans/theme/",
        "/plans/theme/spreading/",
        "/plans/overlaps/",
        "/checklists/versions/",
        "/checklists/1.0/",
        "/figures/summary/?scope=tinh-lang-son&period=2019&bieu=4",
        "/figures/par/?scope=tinh-lang-son&year=2019",
        "/figures/ranking/?scope=tinh-lang-son&from=2020-01-01&to=2025-12-31",
    ):
        page.goto(path)
        camera.read(page)
    page.goto("/checklists/versions/new/")
    page.get_by_label("Số phiên bản").fill("1.1")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Xem thử trên điện thoại").wait_for()
    camera.read(page)
    page.goto(f"{page.url}criteria/D5/")
    camera.read(page)
    page.goto("/figures/definitions/")
    camera.shot("aggregator-definitions", page)
    gathered(page, camera)
    for path in ("/rounds/rules/", "/exports/"):
        page.goto(path)
        camera.read(page)
    report = reported(browser, guided, camera, "Báo cáo năm trước")
    page.goto(report)
    camera.read(page)
    page.get_by_role("navigation", name="Đường dẫn").get_by_role("link").last.click()
    camera.read(page)
    page.get_by_role("link", name="Tổng hợp và ký").click()
    page.get_by_role("button", name="Ký").wait_for()
    camera.read(page)
    page.get_by_role("button", name="Ký").click()
    page.get_by_role("link", name="Thay đổi từ khi ký").wait_for()
    camera.read(page)
    page.context.close()
    ensure_told("aggregator", camera)


def gathered(page: Page, camera: Camera) -> None:
    """The table of one agency: a file with a faulty cell, then the corrected one."""
    page.goto("/declared/")
    camera.read(page)
    page.goto("/declared/new/")
    camera.read(page)
    page.get_by_label("Năm").fill("2019")
    page.get_by_role("button", name="Mở đợt").click()
    page.get_by_role("button", name="Tải lên và đọc").wait_for()
    for name, visits in (("loi.xlsx", "nhiều"), ("dung.xlsx", 7)):
        rows = plain_form("Huyện Cao Lộc", last=[None] * 5 + [visits])
        page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": xlsx_file(rows)})
        page.get_by_role("button", name="Tải lên và đọc").click()
        page.get_by_role("link", name=name).click()
        page.get_by_role("heading", name=name).wait_for()
        camera.read(page)
        page.get_by_role("navigation", name="Đường dẫn").get_by_role("link").last.click()
        page.get_by_role("button", name="Tải lên và đọc").wait_for()
    camera.shot("aggregator-declared", page)
