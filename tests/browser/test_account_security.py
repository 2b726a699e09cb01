"""One's own account made safe, pressed in a real browser: a passkey of a virtual device, an authenticator app, a fresh proof."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.core import presence
from kycuong.core.clock import now
from kycuong.orgs.models import Assignment, Person
from kycuong.signin.models import Passkey
from tests.browser.axe import faults
from tests.desk import Desk
from tests.signin.conftest import PASSWORD
from tests.signin.soft_key import app_of, code_now

DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def binh(transactional_db: None) -> Person:
    return Person.objects.create_user("binh", PASSWORD, full_name="Nông Thị Bình")


@pytest.fixture
def device(page: Page) -> Iterator[Any]:
    """The fingerprint reader of this computer, as Chromium pretends it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    yield session
    session.send("WebAuthn.disable")


def type_in(page: Page, person: Person) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(person.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign-in/"))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("link", name=name, exact=True)).first.click()


def test_a_passkey_from_the_first_touch_to_signing_in_by_it(page: Page, device: Any, binh: Person, width: int) -> None:
    type_in(page, binh)
    page.goto("/me/security/")
    assert faults(page) == []
    press(page, "Thêm khóa truy cập")
    assert faults(page) == []
    page.get_by_label("Tên khóa").fill("Máy ở cơ quan")
    press(page, "Tạo khóa truy cập")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã khôi phục")
    assert page.locator(".codes code").count() == 10
    assert faults(page) == []
    press(page, "Tôi đã cất mã")
    expect(page.get_by_text("Máy ở cơ quan")).to_be_visible()
    page.context.clear_cookies()
    page.goto("/sign-in/")
    press(page, "Đăng nhập bằng khóa truy cập")
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.context.clear_cookies()
    type_in(page, binh)
    page.wait_for_url("**/sign-in/second/")
    assert faults(page) == []
    press(page, "Dùng khóa truy cập")
    page.wait_for_url(lambda url: "sign-in" not in url)
    assert Passkey.objects.get().last_used_at is not None


@pytest.mark.long
def test_a_browser_that_gets_no_answer_says_so(page: Page, binh: Person, device: Any) -> None:
    page.goto("/sign-in/")
    press(page, "Đăng nhập bằng khóa truy cập")
    expect(page.get_by_text("Trình duyệt chưa dùng được khóa.")).to_be_visible()


def test_an_app_and_a_key_for_a_program(page: Page, binh: Person, width: int) -> None:
    type_in(page, binh)
    page.goto("/me/security/app/")
    page.get_by_text("Không quét được?").click()
    secret = page.locator("details code").inner_text().replace(" ", "")
    assert faults(page) == []
    page.get_by_label("Mã trong ứng dụng").fill(code_now(secret))
    press(page, "Thêm")
    press(page, "Tôi đã cất mã")
    press(page, "Tạo khóa API")
    page.get_by_label("Tên khóa").fill("Báo cáo tuần")
    press(page, "Tạo khóa")
    expect(page.locator(".token")).to_contain_text("kc_")
    assert faults(page) == []
    press(page, "Tôi đã cất khóa")
    assert faults(page) == []


@pytest.mark.long
def test_what_was_typed_goes_on_after_a_fresh_proof(
    page: Page, device: Any, transactional_db: None, desk: Desk, settings: Any, monkeypatch: pytest.MonkeyPatch, width: int,
    sign_in: Callable[[Person], Page],
) -> None:  # fmt: skip
    settings.CONFIRM = True
    admin, whom = desk.people["system_admin"], desk.people["nobody"]
    admin.set_password(PASSWORD)
    admin.save(update_fields=["password"])
    sign_in(admin)
    page.goto(f"/people/{whom.uid}/")
    later = now() + timedelta(minutes=6)
    monkeypatch.setattr(presence, "now", lambda: later)
    page.locator("[name=role]").select_option("leader")
    page.locator("[name=unit]").last.evaluate("(field, slug) => { field.value = slug }", desk.units["commune"].slug)
    page.get_by_role("button", name="Cấp vai trò").click()
    page.wait_for_url(lambda url: "/confirm/?w=" in url)
    assert "cấp vai trò" in page.inner_text("main")
    assert faults(page) == []
    monkeypatch.undo()
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    press(page, "Xác nhận")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đã xác nhận")
    assert faults(page) == []
    press(page, "Tiếp tục: cấp vai trò")
    expect(page.get_by_text("Đã cấp vai trò.")).to_be_visible()
    assert Assignment.objects.filter(person=whom, role="leader").exists()


def on_the_phone(page: Page, person: Person) -> None:
    page.goto("/field/")
    page.get_by_label("Tên đăng nhập", exact=True).fill(person.username)
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


@pytest.mark.parametrize("protected", [True, False])
@pytest.mark.long
def test_the_phone_is_led_through_the_second_factor(
    page: Page, transactional_db: None, desk: Desk, settings: Any, protected: bool
) -> None:
    settings.SECOND_FACTOR, settings.CONFIRM = "required", True
    head = desk.people["team_head"]
    head.set_password(PASSWORD)
    head.save(update_fields=["password"])
    secret = app_of(head) if protected else ""
    on_the_phone(page, head)
    if not protected:
        page.wait_for_url("**/me/security/")
        expect(page.get_by_text("Hãy thêm lớp bảo vệ thứ hai trước")).to_be_visible()
        return
    page.wait_for_url("**/sign-in/second/")
    page.get_by_label("Mã trong ứng dụng").fill(code_now(secret))
    press(page, "Tiếp tục")
    page.wait_for_url("**/field/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đặt mật khẩu cho máy này")


@pytest.mark.long
def test_at_a_bare_address_no_passkey_is_offered(browser: Browser, live_server: LiveServer, binh: Person) -> None:
    """A key belongs to a name."""
    page = browser.new_page()
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/sign-in/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("form[data-passkey]")).to_be_hidden()
    page.goto(live_server.url + "/sign-in/")
    expect(page.locator("form[data-passkey]")).to_be_visible()
    page.close()
