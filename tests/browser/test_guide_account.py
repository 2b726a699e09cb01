"""The guide of everybody's own account, walked: a temporary password, one's own, a second factor, sessions, the end of the day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from kycuong.core.clock import today
from tests.browser.guides import Camera, ensure_told
from tests.browser.served import window
from tests.signin.soft_key import code_now

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
DEPUTIES = {"tonghop": "tổng hợp", "vanthu": "Văn thư", "truongdoan": "Trưởng đoàn", "thanhvien": "Thành viên"}
"""User name → part of the name that the page tells."""
OWN = "bốn quả khế ngọt bên suối"


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    told = handed_out(browser, guided, camera)
    page = window(browser, guided, "kiemtoan", password=told)
    page.get_by_text("do quản trị hệ thống cấp").wait_for()
    camera.shot("account-temporary", page)
    page.get_by_label("Mật khẩu hiện tại").fill(told)
    page.get_by_label("Mật khẩu mới", exact=False).first.fill(OWN)
    page.get_by_label("Mật khẩu mới, gõ lại").fill(OWN)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    page.wait_for_url(lambda url: "/password/" not in url)
    page.goto("/me/security/")
    camera.shot("account-security", page)
    helped(page, camera)
    protected(page, camera)
    stood_in(browser, guided, camera)
    left_alone(page, camera)
    ensure_told("account", camera)


def handed_out(browser: Browser, address: str, camera: Camera) -> str:
    """What an administrator reads out, once."""
    admin = window(browser, address, "quantri")
    admin.goto("/people/")
    admin.get_by_role("link", name="Giám sát (minh họa)").click()
    camera.read(admin)
    admin.get_by_role("button", name="Đặt lại mật khẩu").click()
    told = admin.locator("code").first.inner_text()
    camera.read(admin)
    admin.context.close()
    return told


def protected(page: Page, camera: Camera) -> None:
    """An authenticator app, and the codes for the day on which the phone is lost."""
    page.goto("/me/security/")
    page.get_by_role("link", name="Thêm ứng dụng tạo mã").click()
    camera.shot("account-app", page)  # the secret of an account that is gone with the test
    page.get_by_text("Không quét được?").click()
    page.get_by_label("Mã trong ứng dụng").fill(code_now(page.locator("details code").inner_text().replace(" ", "")))
    page.get_by_role("button", name="Thêm").click()
    page.get_by_text("Chỉ hiện lần này").wait_for()
    camera.shot("account-codes", page)


def stood_in(browser: Browser, address: str, camera: Camera) -> None:
    """The leader goes on leave; whoever adds up stands in, sees in whose stead, and gives it back; an administrator could name, too."""
    leader = window(browser, address, "lanhdao")
    leader.goto("/mine/")
    leader.locator("details.account summary").click()
    camera.read(leader)
    leader.get_by_role("link", name="Làm thay khi vắng mặt").click()
    leader.get_by_role("link", name="Lãnh đạo,", exact=False).first.click()
    leader.get_by_label("Người làm thay").select_option(index=1)
    leader.get_by_label("Đến hết ngày").fill(f"{today() + timedelta(days=6):%d/%m/%Y}")
    leader.get_by_label("Lý do").fill("Nghỉ phép")
    camera.shot("account-stand-in", leader)
    leader.get_by_role("button", name="Giao làm thay").click()
    leader.get_by_text("đang có hiệu lực").wait_for()
    name = leader.get_by_role("heading", level=1).inner_text().split(" làm thay ")[0]
    leader.goto("/me/standing-in/")
    camera.read(leader)
    deputy = window(browser, address, next(user for user, known in DEPUTIES.items() if known in name))
    deputy.goto("/mine/")
    deputy.get_by_text("Bạn đang làm thay").wait_for()
    deputy.goto("/me/standing-in/")
    camera.read(deputy)
    deputy.get_by_role("button", name="Thôi làm thay").click()
    deputy.get_by_text("đã thu lại").wait_for()
    admin = window(browser, address, "quantri")
    admin.goto("/people/?q=lanhdao")
    admin.get_by_role("link", name="Lãnh đạo", exact=False).first.click()
    admin.get_by_role("link", name="Giao người làm thay", exact=False).click()
    camera.read(admin)
    for one in (leader, deputy, admin):
        one.context.close()


def helped(page: Page, camera: Camera) -> None:
    """A page says what it is for, and in which language; the guide stands behind it."""
    page.goto("/figures/")
    page.locator("summary", has_text="Trợ giúp").click()
    camera.shot("account-help", page)
    page.get_by_role("link", name="Xem số liệu của một kỳ").click()
    page.wait_for_url("**/help/guide/aggregator/#*")
    page.goto("/help/")
    camera.read(page)
    page.get_by_label("Phím ? mở trợ giúp").uncheck()
    page.get_by_role("link", name="Sách hướng dẫn", exact=True).click()
    page.get_by_role("link", name="Bảng từ").click()
    page.get_by_role("heading", name="Bảng từ").wait_for()
    page.goto("/mine/")
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="My tasks").wait_for()
    camera.shot("account-english", page)
    page.get_by_role("button", name="Tiếng Việt").click()
    page.get_by_role("heading", name="Việc của tôi").wait_for()
    camera.read(page)


def left_alone(page: Page, camera: Camera) -> None:
    """The half hour is over: the page finds out when it is looked at again."""
    page.goto("/me/security/")
    camera.read(page)
    page.context.clear_cookies()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("heading", name="Phiên đăng nhập đã hết").wait_for()
    camera.shot("account-ended", page)
    page.goto("/sign-in/")
    camera.read(page)
    page.get_by_role("link", name="Hướng dẫn đăng nhập").click()
    page.get_by_role("heading", name="Khi bị khóa").wait_for()
