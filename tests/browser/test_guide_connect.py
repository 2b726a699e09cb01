"""The guide for other programs, walked where labels are pressed: a destination that is told, on a server that may tell it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.guides import Camera, ensure_told
from tests.browser.served import served, window
from tests.connect.receiver import genuine, receiver

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, tmp_path: Path, camera: Camera) -> None:
    with receiver() as there, served(tmp_path / "home", KYCUONG_WEBHOOK_HOSTS=f"127.0.0.1:{there.port}") as address:
        page = window(browser, address, "tonghop")
        page.goto("/webhooks/")
        page.get_by_role("heading", name="Báo cho phần mềm khác").wait_for()
        camera.read(page)
        page.get_by_role("link", name="Thêm nơi nhận").click()
        page.get_by_label("Tên nơi nhận").fill("Trục liên thông của tỉnh")
        page.get_by_label("Địa chỉ").fill(there.address)
        for kind in page.get_by_role("group", name="Báo khi").get_by_role("checkbox").all():
            kind.check()
        camera.read(page)
        page.get_by_role("button", name="Tạo nơi nhận").click()
        page.get_by_text("Chỉ hiện lần này").wait_for()
        secret = page.locator(".token code").inner_text()
        camera.read(page)
        page.get_by_role("link", name="Tôi đã cất khóa").click()
        page.get_by_role("button", name="Gửi thử").click()
        page.get_by_role("button", name="Gửi lại").wait_for()
        while not page.get_by_text("đã nhận", exact=True).count():  # sent in the background, within seconds
            page.wait_for_timeout(500)
            page.goto(page.url)
        camera.shot("connect-webhook", page)
        page.get_by_role("button", name="Gỡ nơi nhận").click()
        page.get_by_text("Bạn chưa có nơi nhận nào.").wait_for()
        page.context.close()
        assert [genuine(secret, *told) for told in there.got] == [True]
    ensure_told("connect", camera)
