"""Help by the key «?» and by the keyboard alone, the key switched off; an announcement put away without losing what is typed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.core.clock import today
from kycuong.notices.actions import write_announcement
from kycuong.orgs.models import Person
from tests.browser.axe import check_page, faults
from tests.budget import few
from tests.desk import Desk, desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]


def test_help_opens_by_its_key_and_announcements_go_on_the_spot(sign_in: SignIn, desk: Desk, width: int) -> None:
    admin = desk.people["system_admin"]
    write_announcement(by=admin, unit=desk.units["province"], text="Bảo trì tối thứ bảy", last_on=today())
    page = sign_in(admin)
    page.goto("/days-off/new/")
    told = page.get_by_text("Thêm một ngày nghỉ; các thời hạn đang chạy được tính lại ngay.")
    expect(told).to_be_hidden()
    page.locator("[name=name]").fill("Nghỉ gì?")
    page.keyboard.type("?")
    expect(told).to_be_hidden()
    page.locator("#main").focus()
    page.keyboard.press("?")
    expect(told).to_be_visible()
    expect(page.locator("summary", has_text="Trợ giúp")).to_be_focused()
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()
    page.route("**/putting-away/", lambda route: route.fulfill(status=200, body="down"))
    page.get_by_role("button", name=re.compile("Đã đọc ?: Bảo trì")).click()
    expect(page.get_by_role("status").get_by_text("Chưa cất được thông báo; hãy thử lại sau.")).to_be_visible()
    expect(page.get_by_text("Bảo trì tối thứ bảy").first).to_be_visible()
    expect(page.locator("[name=name]")).to_have_value("Nghỉ gì??")
    page.unroute("**/putting-away/")
    page.get_by_role("button", name=re.compile("Đã đọc ?: Bảo trì")).click()
    expect(page.get_by_role("status").get_by_text("Đã cất thông báo.")).to_be_visible()
    expect(page.get_by_text("Bảo trì tối thứ bảy")).to_have_count(0)
    expect(page.locator("[name=name]")).to_have_value("Nghỉ gì??")
    page.goto("/help/")
    expect(page.get_by_text("Bảo trì tối thứ bảy")).to_have_count(0)
    page.get_by_label("Phím ? mở trợ giúp").uncheck()
    page.goto("/mine/")
    page.locator("#main").focus()
    page.keyboard.press("?")
    expect(page.locator("details.help")).not_to_have_attribute("open", "")


@pytest.mark.parametrize(
    "name",
    few(["account/", "", "auditor/", "connect/", "glossary/", "install/", "leader/", "openness/", "records_clerk/"]),
)
def test_guides_are_accessible_and_fit(sign_in: SignIn, desk: Desk, live_server: LiveServer, name: str) -> None:
    check_page(sign_in(desk.people["unit_head"]), f"{live_server.url}/help/guide/{name}")


@pytest.mark.long
def test_help_leads_to_the_part_that_tells_more_and_its_pictures_come(sign_in: SignIn, desk: Desk, width: int) -> None:
    page = sign_in(desk.people["aggregator"])
    page.goto("/days-off/")
    page.locator("#main").focus()
    page.keyboard.press("?")
    page.get_by_role("link", name="Giữ lịch nghỉ").click()
    heading = page.get_by_role("heading", name="Giữ lịch nghỉ")
    expect(heading).to_be_in_viewport()
    picture = page.get_by_role("img", name="Định nghĩa của từng số liệu")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("one => one.complete && one.naturalWidth > 0", arg=picture.element_handle())
    assert picture.bounding_box()["width"] <= width  # type: ignore[index]
