"""The main stories by keyboard alone: Tab, Enter, Space, and the arrows within a list of choices."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from kycuong.demo.accounts import DEMO_PASSWORD
from tests.browser.keys import Keys
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
SKIP = "Bỏ qua, tới nội dung chính"
COUNTS = {"quota": "8", "present": "8", "absent_excused": "0", "absent_unexcused": "0", "late": "0"}


def test_who_mistypes_is_led_to_the_fault_and_gets_in(browser: Browser, product: str) -> None:
    page = browser.new_context(base_url=product, locale="vi-VN", reduced_motion="reduce").new_page()
    page.goto("/sign-in/?next=/figures/")
    keys = Keys(page)
    keys.to("textbox", "Tên đăng nhập")
    keys.type("tonghop")
    keys.to("textbox", "^Mật khẩu")
    keys.type("nhầm mật khẩu")
    keys.press()
    page.locator(".error-summary:focus").wait_for()
    assert (keys.heard().role, keys.heard().name) == ("alert", "Có 1 lỗi cần sửa")
    keys.to("textbox", "^Mật khẩu")
    keys.type(DEMO_PASSWORD)
    keys.press()
    page.wait_for_url("**/figures/**")
    assert keys.faults == []
    page.context.close()


@pytest.mark.long
def test_a_number_is_followed_to_the_visits_behind_it(browser: Browser, product: str) -> None:
    page = window(browser, product, "tonghop")
    page.goto("/figures/")
    keys = Keys(page)
    assert (keys.tab().name, keys.heard().role) == (SKIP, "link")
    keys.press()
    assert page.evaluate("document.activeElement.id") == "main"
    keys.to("button", "Xem số liệu", most=20)
    keys.to("link", r"^\d", most=20)
    keys.press()
    page.wait_for_url("**/list/**")
    assert keys.faults == []
    page.context.close()


@pytest.mark.long
def test_the_menu_and_the_display_are_reached_and_left(browser: Browser, product: str) -> None:
    page = window(browser, product, "tonghop", width=390)
    page.goto("/mine/")
    keys = Keys(page)
    keys.to("DisclosureTriangle", "Cán bộ tổng hợp", most=10)
    keys.press()
    keys.to("button", "^Tối$", most=10)
    keys.press("Space")
    page.locator("button[value=dark][aria-pressed=true]").wait_for()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"
    keys.to("DisclosureTriangle", "Cán bộ tổng hợp", most=10)
    keys.press()
    keys.tab()
    keys.press("Escape")
    assert "Cán bộ tổng hợp" in keys.heard().name
    keys.to("button", "Mục chính", most=4)
    keys.press("Space")
    assert keys.tab().role == "link"
    assert keys.faults == []
    page.context.close()


def test_a_visit_is_begun_answered_and_signed(browser: Browser, product: str) -> None:
    page = window(browser, product, "tonghop")
    page.goto("/visits/new/")
    keys = Keys(page)
    keys.to("combobox", "^Đơn vị được kiểm tra")
    keys.type("xa ba son")
    page.get_by_text(re.compile("kết quả")).first.wait_for()
    keys.press("ArrowDown")
    keys.press()
    keys.to("button", "Bắt đầu ghi")
    keys.press()
    page.wait_for_url("**/visits/*-*/")
    answered(page, keys)
    page.wait_for_url("**/signing/")
    for name in ("đoàn", "đơn vị"):
        keys.to("textbox", name)
        keys.type("Người ký")
    keys.to("button", "Ký biên bản")
    keys.press()
    page.wait_for_url(lambda url: "signing" not in url)
    assert page.locator("[role=status], [role=alert]").first.inner_text()
    assert keys.faults == []
    page.context.close()


def answered(page: Page, keys: Keys) -> None:
    """Everybody is there, everything is as it should be: each field in the order in which Tab comes to it."""
    for _step in range(250):
        one = keys.tab()
        if one.field in COUNTS:
            keys.type(COUNTS[one.field])
        elif one.field.endswith(("-part", "-whole")):
            keys.type("8")
        elif one.role == "radio" and not one.checked and page.evaluate("document.activeElement.value") == "pass":
            keys.press("Space")
        elif one.role == "button" and "Lưu và đọc lại để ký" in one.name:
            keys.press()
            return
    raise AssertionError("the button that saves was not reached")
