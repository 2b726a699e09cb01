"""The browser dies between the first hand and the last button: what was written under the minutes is there again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.browser.pocket import ALL_PASS, FULL, PASSPHRASE, Pocket, arranged, asked
from tests.field.faults.harness import Chrome, Server

DRAFTS = """async () => {
  const name = (await indexedDB.databases()).map((one) => one.name).find((one) => one.startsWith("kt-"))
  const db = await new Promise((ok) => { indexedDB.open(name).onsuccess = (told) => ok(told.target.result) })
  const keys = await new Promise((ok) => { db.transaction("meta").objectStore("meta").getAllKeys().onsuccess = (told) => ok(told.target.result) })
  db.close()
  return keys.filter((key) => key.startsWith("draft "))
}"""


class Held(Pocket):
    """The phone in a browser of its own, which can be killed."""

    def __init__(self, page: Page, username: str) -> None:
        self.context, self.page, self.username, self.taps = page.context, page, username, 0

    def tap(self, name: str | re.Pattern[str], role: Any = "button", *, within: Locator | None = None) -> None:
        """With a mouse: a browser that is joined from outside has no touch."""
        (within or self.page).get_by_role(role, name=name, exact=isinstance(name, str)).first.click()

    def come_back(self) -> None:
        """After a kill the browser may have forgotten who was here last: the store is on the phone all the same."""
        who = self.page.get_by_role("button", name=re.compile("^Mở với tên"))
        expect(who.or_(self.page.get_by_role("heading", level=1, name="Mở khóa"))).to_be_visible()
        if who.count():
            who.click()
        self.unlock(PASSPHRASE)


@pytest.fixture
def bare(playwright: Playwright, server: Server, tmp_path: Path) -> Iterator[Chrome]:
    """A phone on which nobody has signed in."""
    with Chrome(playwright, tmp_path / "chrome", server.url) as one:
        yield one


def test_hands_and_words_outlive_the_browser_but_not_another_content(bare: Chrome, server: Server) -> None:
    uid = arranged(server.url, "xa-bac-son-2025")
    version = asked(server.url, f"visits/{uid}")["version"]
    asked(server.url, f"visits/{uid}/answers", version=version, answers=ALL_PASS, headcount=FULL)
    phone = Held(bare.page(), "truongdoan")
    phone.enter()
    phone.has(uid)
    phone.go(f"/visit/{uid}/sign")
    phone.write_by_hand("Chữ ký của đoàn")
    expect(phone.page.get_by_role("img", name="Chữ ký của đoàn")).to_be_visible()
    phone.tap("Đơn vị từ chối ký")
    phone.type("Lý do từ chối ký", "Đơn vị không đồng ý với kết quả đếm.")
    phone.type("Người chứng kiến (họ tên, chức vụ)", "Công an viên thường trực")
    phone.says("Đã lưu trên máy")
    bare.kill()
    bare.start()
    phone = Held(bare.page(f"/field/#/visit/{uid}/sign"), "truongdoan")
    phone.come_back()
    assert_as_left(phone)
    phone.go(f"/visit/{uid}/word")
    phone.type("Ưu điểm", "Trụ sở gọn gàng.")
    phone.says("thay đổi chờ gửi")
    phone.go(f"/visit/{uid}/sign")
    expect(phone.page.get_by_text("Nội dung đã đổi sau khi ký; hãy ký lại.")).to_be_visible()
    expect(phone.page.get_by_role("img", name="Chữ ký của đoàn")).to_have_count(0)
    assert phone.page.get_by_label("Người chứng kiến").input_value() == "Công an viên thường trực"
    phone.write_by_hand("Chữ ký của đoàn")
    phone.tap("Ký và khóa biên bản")
    phone.arrives("Biên bản đã ký")
    assert phone.page.evaluate(DRAFTS) == []


def assert_as_left(phone: Held) -> None:
    phone.arrives("Ký biên bản")
    expect(phone.page.get_by_role("img", name="Chữ ký của đoàn")).to_be_visible()
    assert phone.page.get_by_label("Lý do từ chối ký").input_value() == "Đơn vị không đồng ý với kết quả đếm."
    assert phone.page.get_by_label("Người chứng kiến").input_value() == "Công an viên thường trực"
    assert len(phone.page.evaluate(DRAFTS)) == 1
