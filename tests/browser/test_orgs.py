"""The pages of units as browsers show them, and one reorganisation refused, mended, previewed and carried through."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.orgs.models import Person
from tests.browser.axe import check_page, faults
from tests.desk import Desk, desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]
PATHS = [
    "/units/?on=01/01/2020",
    "/units/?on=31/02/2020",
    "/units/huyen-dong/",
    "/units/huyen-dong/?on=01/01/2010",
    "/units/search/?q=hoang dong",
    "/units/search/?q=zzz",
    "/units/change/",
    "/units/change/merge/",
    "/units/change/split/?unit=xa-hoang-dong",
]


@pytest.mark.long
def test_pages_of_units_are_accessible(live_server: LiveServer, sign_in: SignIn, desk: Desk) -> None:
    page = sign_in(desk.people["aggregator"])
    for path in PATHS:
        check_page(page, live_server.url + path)


def test_a_merger_is_previewed_mended_and_done(sign_in: SignIn, desk: Desk, width: int) -> None:
    page = sign_in(desk.people["aggregator"])
    page.goto("/units/change/absorb/")
    page.get_by_label("Các đơn vị chấm dứt").fill("Xã Hoàng Đồng")
    into = page.get_by_role("combobox", name="Sáp nhập vào")
    into.press_sequentially("hoang d")
    page.get_by_role("option", name="Xã Hoàng Đồng").click()
    page.get_by_label("Số, ký hiệu văn bản").fill("12/NQ-HĐND")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("mà Xã Hoàng Đồng chấm dứt").first).to_be_visible()
    assert faults(page) == []
    into.fill("Xã Bình Minh")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Xã Hoàng Đồng, Huyện Đông → Xã Bình Minh, Huyện Đông (toàn bộ)")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Sửa lại").click()
    expect(page.get_by_label("Số, ký hiệu văn bản")).to_have_value("12/NQ-HĐND")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Thực hiện").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xã Bình Minh")
    expect(page.get_by_role("link", name="Xã Hoàng Đồng")).to_be_visible()
