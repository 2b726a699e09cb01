"""The pages of accounts and roles as browsers show them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.orgs.models import Person
from tests.browser.axe import check_page
from tests.desk import Desk, desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["desk"]
SignIn = Callable[[Person], Page]


@pytest.mark.parametrize("path", ["/people/", "/people/new/", "/people/{uid}/", "/me/", "/why/"])
@pytest.mark.long
def test_pages_of_people_are_accessible(
    live_server: LiveServer, transactional_db: None, desk: Desk, sign_in: SignIn, path: str
) -> None:
    place = path.format(uid=desk.people["coordinator"].uid)
    check_page(sign_in(desk.people["system_admin"]), live_server.url + place)


def test_an_account_is_made_with_the_keyboard(
    live_server: LiveServer, transactional_db: None, desk: Desk, sign_in: SignIn
) -> None:
    page = sign_in(desk.people["system_admin"])
    page.goto(live_server.url + "/people/new/")
    page.get_by_label("Tên đăng nhập").fill("hoa")
    page.get_by_label("Họ và tên").fill("Lý Thị Hoa")
    page.get_by_label("Vai trò").select_option("leader")
    page.get_by_role("combobox", name="Tại đơn vị").fill("huyen-dong")
    page.get_by_role("button", name="Lập tài khoản").press("Enter")
    expect(page.get_by_role("heading", name="Mật khẩu tạm của Lý Thị Hoa")).to_be_visible()
    slip = page.locator(".slip")
    expect(slip).to_be_hidden()
    told = page.locator(".slips-screen code").inner_text()
    page.emulate_media(media="print")
    expect(slip).to_be_visible()
    expect(slip).to_contain_text(live_server.url)
    expect(slip.locator("code")).to_have_text(told)
    expect(page.locator(".slips-screen")).to_be_hidden()
    beside = page.locator(".head, .crumbs, .foot, h1")
    assert not beside.evaluate_all("all => all.some((one) => one.checkVisibility())"), (
        "a slip is cut out and handed over: nothing else is on it"
    )
