"""The browser dies between the first hand and the last button: what was written under the minutes is there again."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from kycuong.core.ids import uuid7
from tests.browser.pocket import ALL_PASS, FULL, PASSPHRASE, Pocket, arranged, asked
from tests.field.faults.harness import Chrome, Server

CHANGED = "Nội dung đã đổi sau khi đọc lại; hãy đọc lại rồi ký."
DRAFTS = """async () => {
  const name = (await indexedDB.databases()).map((one) => one.name).find((one) => one.startsWith("kt-"))
  const db = await new Promise((ok) => { indexedDB.open(name).onsuccess = (told) => ok(told.target.result) })
  const keys = await new Promise((ok) => { db.transaction("meta").objectStore("meta").getAllKeys().onsuccess = (told) => ok(told.target.result) })
  db.close()
  return keys.filter((key) => key.startsWith("draft "))
}"""

HEADS = """async (key) => {
  const name = (await indexedDB.databases()).map((one) => one.name).find((one) => one.startsWith("kt-"))
  const db = await new Promise((ok) => { indexedDB.open(name).onsuccess = (told) => ok(told.target.result) })
  const row = await new Promise((ok) => { db.transaction("fields").objectStore("fields").get(key).onsuccess = (told) => ok(told.target.result) })
  db.close()
  return (row?.heads ?? []).map((head) => head.op_id).join()
}"""

ARRIVES = """async ([key, before]) => {
  const heads = %s
  while (await heads(key) === before) await new Promise((later) => setTimeout(later, 50))
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


@pytest.mark.long
def test_hands_and_words_outlive_the_browser_but_not_another_content(bare: Chrome, server: Server) -> None:
    uid = arranged(server.url, "xa-bac-son-2025")
    version = asked(server.url, f"visits/{uid}")["version"]
    asked(server.url, f"visits/{uid}/answers", version=version, answers=ALL_PASS, headcount=FULL)
    phone = Held(bare.page(), "truongdoan")
    phone.enter()
    phone.has(uid)
    phone.go(f"/visit/{uid}/sign")  # nobody signs what was not read
    read(phone)
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
    expect(phone.page.get_by_text(CHANGED)).to_be_visible()
    read(phone)
    expect(phone.page.get_by_role("img", name="Chữ ký của đoàn")).to_have_count(0)
    assert phone.page.get_by_label("Người chứng kiến").input_value() == "Công an viên thường trực"
    phone.write_by_hand("Chữ ký của đoàn")
    phone.tap("Ký và khóa biên bản")
    phone.arrives("Biên bản đã ký")
    assert phone.page.evaluate(DRAFTS) == []


@pytest.mark.long
def test_what_was_read_is_what_is_signed_though_nobody_has_signed_yet(bare: Chrome, server: Server) -> None:
    uid = arranged(server.url, "xa-cao-loc")
    version = asked(server.url, f"visits/{uid}")["version"]
    asked(server.url, f"visits/{uid}/answers", version=version, answers=ALL_PASS, headcount=FULL)
    phone = Held(bare.page(), "truongdoan")
    phone.enter()
    phone.has(uid)
    phone.go(f"/visit/{uid}/read")
    phone.arrives("Đọc lại trước khi ký")
    phone.says("Đã gửi đủ")
    at_the_desk(phone, server.url, uid, "Sân sạch.")
    expect(phone.page.get_by_text("Nội dung vừa đổi trong lúc đang đọc.")).to_be_visible()
    sha256 = read(phone)
    expect(phone.page.locator(".hash code")).to_have_text(sha256)
    at_the_desk(phone, server.url, uid, "Sân chưa sạch.")
    phone.type("Người ký của đơn vị (chức vụ)", "Chủ tịch UBND xã")
    phone.tap("Ký và khóa biên bản")
    expect(phone.page.get_by_text(CHANGED).first).to_be_visible()
    expect(phone.page.get_by_text("Sân chưa sạch.")).to_be_visible()
    sha256 = read(phone)
    phone.write_by_hand("Chữ ký của đoàn")
    phone.write_by_hand("Chữ ký của đơn vị")
    phone.tap("Ký và khóa biên bản")
    phone.arrives("Biên bản đã ký")
    expect(phone.page.locator(".hash code")).to_have_text(sha256)
    expect(phone.page.get_by_text("biên bản đã vào sổ")).to_be_visible(timeout=60_000)
    before = phone.page.evaluate(HEADS, f"{uid}\nt/strengths")
    said_elsewhere(server.url, uid, "t/strengths", "Khác hẳn.", before.split(","))
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.page.evaluate(ARRIVES % HEADS, [f"{uid}\nt/strengths", before])
    phone.page.reload()
    phone.unlock()
    expect(phone.page.get_by_text("Sân chưa sạch.")).to_be_visible()
    expect(phone.page.get_by_text("Tính lại từ nội dung hiện dưới đây: khớp.")).to_be_visible()
    expect(phone.page.get_by_text("Khác hẳn.")).to_have_count(0)


def said_elsewhere(address: str, uid: str, field: str, text: str, base: list[str]) -> None:
    """Another phone of the same person says it too late, in place of what stands."""
    device, key = str(uuid7()), base64.b64encode(bytes(32)).decode()
    asked(address, "field/devices", uid=device, name="Máy khác", key=key)
    op = {
        "op_id": str(uuid7()),
        "seq": 1,
        "visit": uid,
        "field": field,
        "value": text,
        "form": "",
        "wall": 5,
        "mono": 1,
        "boot": "b",
    }
    op |= {"base": base, "author": asked(address, "field/start")["user"]["uid"]}
    queued = {"ops": 0, "media": 0, "oldest_wall": None}
    (told,) = asked(address, "field/ops", device=device, sent_wall=5, seq_head=1, queued=queued, ops=[op])["results"]
    assert told["status"] == "set_aside"


def read(phone: Held) -> str:
    """Read back as it stands, and on to the signatures. Returns the hash that was shown."""
    phone.arrives("Đọc lại trước khi ký")
    sha256 = phone.page.locator(".hash code").inner_text()
    phone.tap("Ký biên bản", "link")
    phone.arrives("Ký biên bản")
    return sha256


def at_the_desk(phone: Held, address: str, uid: str, strengths: str) -> None:
    """Somebody at the office writes, and the phone has got it."""
    before = phone.page.evaluate(HEADS, f"{uid}\nt/strengths")
    version = asked(address, f"visits/{uid}")["version"]
    asked(address, f"visits/{uid}/answers", version=version, answers=ALL_PASS, headcount=FULL, strengths=strengths)
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.page.evaluate(ARRIVES % HEADS, [f"{uid}\nt/strengths", before])


def assert_as_left(phone: Held) -> None:
    phone.arrives("Ký biên bản")
    expect(phone.page.get_by_role("img", name="Chữ ký của đoàn")).to_be_visible()
    assert phone.page.get_by_label("Lý do từ chối ký").input_value() == "Đơn vị không đồng ý với kết quả đếm."
    assert phone.page.get_by_label("Người chứng kiến").input_value() == "Công an viên thường trực"
    assert len(phone.page.evaluate(DRAFTS)) == 1
