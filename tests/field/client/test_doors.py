"""The door of the app, against the stand-in: a proof that has grown old, and a sign-in page that is not there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.pocket import PASSPHRASE
from tests.budget import few
from tests.field.client.standin import Office
from tests.field.client.standing import Standing


def test_a_stale_proof_leads_to_the_password_and_then_enrols(browser: Browser, server: Office) -> None:
    """The office wants a fresh proof before it keeps a phone's key: the door is gone through again, and nothing is lost."""
    server.shell = True
    server.next("POST devices", lambda one: bool(one.say(403, {"type": "urn:kycuong:problem:step-up-needed"}) or True))
    one, asked = Standing(browser, server.url, "x"), list[str]()
    one.page.on("request", lambda request: asked.append(request.url.removeprefix(server.url)))
    one.page.goto("/field/")
    for _twice in range(2):
        one.arrives("Đăng nhập")
        one.type("Tên đăng nhập", "x")
        one.type("Mật khẩu", "x")
        assert "/sign-out/" not in asked
        one.tap("Đăng nhập")
        if _twice:
            break
        one.arrives("Đặt mật khẩu cho máy này")
        one.type("Mật khẩu của máy này", PASSPHRASE)
        one.type("Gõ lại", PASSPHRASE)
        one.tap("Đặt mật khẩu")
        expect(one.page.get_by_role("alert")).to_contain_text("Đăng nhập đã quá năm phút")
        one.page.get_by_role("link", name="Đăng nhập lại").tap()
        one.arrives("Đăng nhập")
        one.page.reload()  # the phone dropped the page while its owner looked a code up
        one.page.evaluate("location.hash = '#/sign-in'")
        expect(one.page.get_by_text("Hãy gõ lại mật khẩu để đăng ký máy.")).to_be_visible()
        expect(one.page.get_by_text("Phiên đăng nhập đã hết.")).to_have_count(0)
    one.arrives("Mở khóa")
    one.type("Mật khẩu của máy này", PASSPHRASE)
    one.tap("Mở khóa")
    one.arrives("Đăng ký máy")
    assert "/sign-out/" in asked, "what is open already is no proof"
    one.tap("Đăng ký máy")
    one.arrives("Lượt kiểm tra của tôi")
    assert len(server.keys) == 1
    one.context.close()


@pytest.mark.parametrize(
    ("limited", "told"),
    few([(True, "Thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."), (False, "Chưa đăng nhập được.")]),
)
def test_a_door_that_does_not_answer_is_no_door_that_opened(
    browser: Browser, server: Office, limited: bool, told: str
) -> None:
    """The proxy in front gives no sign-in page, so no password was sent: the app says so, and does not leave."""
    server.shell, server.person = True, None
    (server.limited if limited else server.gone).add("/sign-in/")
    one = Standing(browser, server.url, "x")
    one.page.goto("/field/")
    one.arrives("Đăng nhập")
    one.type("Tên đăng nhập", "x")
    one.type("Mật khẩu", "x")
    one.tap("Đăng nhập")
    expect(one.page.get_by_role("alert")).to_contain_text(told)
    assert one.page.url == f"{server.url}/field/"
    one.context.close()
