"""The app itself on a small phone, against the stand-in: what is told, what is kept and what is wiped when something goes wrong."""

from __future__ import annotations

import io
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.axe import faults
from tests.field.client.standin import OTHER, PERSON, Handler, Office, pack, refuse, silent
from tests.field.client.standing import Standing
from tests.field.client.test_damage import DAMAGE
from tests.field.client.test_witness import LOG, cut, rewrite, shown
from tests.field.client.window import VISIT

SHOTS = Path(os.environ["KYCUONG_FIELD_SHOTS"]) if "KYCUONG_FIELD_SHOTS" in os.environ else None
BOX = "Ưu điểm"
FULL = "() => { IDBObjectStore.prototype.add = function () { throw new DOMException('full', 'QuotaExceededError') } }"
ROOM = "() => { delete IDBObjectStore.prototype.add; IDBObjectStore.prototype.add = window.added }"


def shot(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), colour).save(out, "JPEG")
    return out.getvalue()


def file(name: str, content: bytes | None = None) -> Any:
    return {"name": name, "mimeType": "image/jpeg", "buffer": shot() if content is None else content}


@pytest.fixture
def phone(browser: Browser, server: Office) -> Iterator[Standing]:
    server.shell = True
    more = {"form_name": "Đột xuất", "decision_number": "", "decision_on": None}
    server.packs = [
        pack(
            visited_on="2026-01-05",
            team=[],
            people=[],
            previous=[],
            inspection={"uid": OTHER, "lead_name": "Sở thử", **more},
        )
    ]
    one = Standing(browser, server.url, "x")
    one.page.clock.install()
    one.page.add_init_script("window.added = IDBObjectStore.prototype.add")
    one.enrol()
    expect(one.page.get_by_text("Xã thử")).to_be_visible()
    yield one
    one.context.close()
    assert not one.found, "\n".join(one.found)


def at(phone: Standing, path: str, title: str) -> None:
    phone.go(f"/visit/{VISIT}{path}")
    phone.arrives(title)


def word(phone: Standing, text: str) -> None:
    at(phone, "/word", "Ưu điểm và ý kiến đơn vị")
    phone.type(BOX, text)


def kept(phone: Standing, text: str) -> None:
    word(phone, text)
    phone.forward("00:01")
    phone.says("Đã lưu trên máy")


def test_what_is_damaged_is_told_by_name_and_the_rest_goes_on(phone: Standing, server: Office) -> None:
    phone.offline()
    kept(phone, "Sổ trực đủ.")
    phone.modules.say("t/explanation", "Đồng ý")
    phone.modules.do(DAMAGE, ["t/strengths", "cipher"])
    at(phone, "", "Xã thử")
    expect(
        phone.page.get_by_text("1 mục hỏng trên máy này: Ưu điểm. Phần còn lại vẫn ghi và gửi được.")
    ).to_be_visible()
    phone.online()
    expect(phone.page.get_by_text("1 mục hỏng trên máy này (Ưu điểm, Xã thử), phần còn lại vẫn gửi.")).to_be_visible()
    phone.says("1 mục hỏng")
    assert [op["field"] for op in server.ops.values()] == ["t/explanation"]
    phone.tap("Xem ở «Chờ gửi»")
    phone.arrives("Chờ gửi")
    expect(phone.page.get_by_text("Ưu điểm, Xã thử, ghi")).to_be_visible()
    look(phone, "damaged")
    phone.modules.do(DAMAGE, ["pack", "cipher"])
    phone.offline()
    phone.go("/")
    expect(phone.page.get_by_text("1 lượt hỏng trên máy này")).to_be_visible()
    phone.online()
    expect(phone.page.get_by_text("Xã thử")).to_be_visible()
    expect(phone.page.get_by_text("1 lượt hỏng trên máy này")).to_have_count(0)


EMPTY = """
  await db.tx(["ops"], "readwrite", async (store) => {
    for (const row of await db.asked(store("ops").getAll())) store("ops").put({ ...row, sealed: null })
  })
"""


def test_what_the_server_has_lost_is_told_everywhere_and_the_way_leads_to_it(phone: Standing, server: Office) -> None:
    kept(phone, "Sổ trực đủ.")
    phone.says("Đã gửi đủ")
    phone.modules.do(EMPTY)
    server.missing_seq = [op["seq"] for op in server.ops.values()]
    server.ops.clear()
    phone.go("/waiting")
    phone.tap("Gửi ngay")
    expect(phone.page.get_by_role("button", name="Xem và báo")).to_be_visible()
    phone.go("/")
    phone.arrives("Lượt kiểm tra của tôi")
    phone.tap("Xem và báo")
    phone.arrives("Chờ gửi")
    expect(phone.page.get_by_text("Xã thử: 1 thay đổi")).to_be_visible()


@pytest.mark.long
def test_what_is_damaged_can_be_taken_away_or_fetched_anew(phone: Standing, server: Office) -> None:
    one, two = "v/0190eeee-0000-7000-8000-000000000001", "v/0190eeee-0000-7000-8000-000000000002"
    person = {"finding": "A1", "category": "official", "position": "Chủ tịch", "name": ""}
    told = phone.page.get_by_text("1 mục hỏng trên máy này: Người liên quan. Phần còn lại vẫn ghi và gửi được.")
    phone.offline()
    phone.modules.say(one, person)
    phone.modules.do(DAMAGE, [one, "json"])
    at(phone, "", "Xã thử")
    phone.tap("Bỏ mục hỏng: Người liên quan")
    expect(told).to_have_count(0)
    phone.online()
    said = phone.modules.say(two, person)
    phone.modules.do("await sync.resume()")
    assert two in [op["field"] for op in server.ops.values()]
    head = {"op_id": said["op_id"], "value": person, "deleted": False, "author_name": "A", "device": None, "wall": 1}
    server.packs[0]["heads"] = {two: [head]}
    phone.modules.do(DAMAGE, [two, "json"])
    phone.go("/")
    phone.arrives("Lượt kiểm tra của tôi")
    at(phone, "", "Xã thử")
    expect(told).to_be_visible()
    phone.tap("Tải lại từ máy chủ")
    expect(told).to_have_count(0)
    state = phone.modules.do("return fold.fold(await log.heads(given))", VISIT)
    assert (list(state["concerned"].values()), state["damaged"]) == ([person], [])


@pytest.mark.long
def test_a_picture_that_comes_back_late_is_not_lost(phone: Standing, server: Office) -> None:
    """No lock while the camera is out, for ten minutes; after that the picture waits in memory for its owner."""
    at(phone, "/photos", "Ảnh")
    out = phone.camera("Chụp ảnh chung")
    phone.forward("09:00")
    phone.arrives("Ảnh")
    out.set_files(file("1.jpg"))
    expect(phone.page.locator(".thumb canvas")).to_have_count(1)
    out = phone.camera("Chụp ảnh chung")
    phone.forward("20:00")
    phone.arrives("Mở khóa")
    out.set_files(file("2.jpg", shot("blue")))
    expect(phone.page.get_by_text("1 ảnh vừa chụp chờ mở khóa để lưu.")).to_be_visible()
    look(phone, "late")
    phone.unlock()
    phone.arrives("Ảnh")
    expect(phone.page.locator(".thumb canvas")).to_have_count(2)
    phone.forward("00:02")
    phone.says("Đã gửi đủ")
    assert len(server.media) == 2


@pytest.mark.long
def test_of_several_pictures_the_readable_are_kept_and_the_others_named(phone: Standing) -> None:
    at(phone, "/photos", "Ảnh")
    phone.camera("Chọn từ thư viện ảnh").set_files(
        [file("a.jpg"), file("hỏng.heic", b"no picture"), file("b.jpg", shot("green"))]
    )
    expect(phone.page.locator(".thumb canvas")).to_have_count(2)
    told = "Không đọc được 1 ảnh: «hỏng.heic». 2 ảnh còn lại đã lưu. Hãy chụp lại hoặc chọn ảnh khác."
    expect(phone.page.get_by_text(told)).to_be_visible()
    look(phone, "unread")
    phone.camera("Chọn từ thư viện ảnh").set_files([file("c.jpg", shot("white"))])
    expect(phone.page.locator(".thumb canvas")).to_have_count(3)
    expect(phone.page.get_by_text(told)).to_have_count(0)
    phone.page.evaluate(FULL)
    phone.camera("Chọn từ thư viện ảnh").set_files([file("d.jpg", shot("black"))])
    expect(phone.page.get_by_text("Máy đã đầy, chưa lưu 1 ảnh: «d.jpg».")).to_be_visible()


def test_neither_hands_nor_words_stay_readable_behind_the_lock(phone: Standing) -> None:
    kept(phone, "Rất riêng tư.")
    at(phone, "/read", "Đọc lại trước khi ký")
    phone.page.get_by_role("link", name="Ký biên bản").click()
    phone.arrives("Ký biên bản")
    phone.tap("Ký tại đây: Chữ ký của đoàn")
    expect(phone.page.locator("dialog svg.pad")).to_be_visible()
    phone.forward("06:00")
    phone.arrives("Mở khóa")
    expect(phone.page.locator("dialog")).to_have_count(0)
    model = "const { differs } = await import('/static/field/screens/visit_model.js'); return differs(given)"
    assert phone.modules.do(model, VISIT) is True, "the visit that was shown is still held"


@pytest.mark.long
def test_what_the_program_writes_into_a_box_is_not_taken_for_typed(phone: Standing) -> None:
    at(phone, "/headcount", "Quân số lúc kiểm tra")
    phone.type("Tổng số vắng có lý do", "5")
    phone.page.get_by_text("Ghi theo từng lý do").tap()
    phone.type("Nghỉ phép", "6")
    whole = phone.page.get_by_label("Tổng số vắng có lý do", exact=True).last
    whole.focus()
    expect(whole).to_have_value("6")
    phone.type("Tổng số vắng có lý do", "5")
    phone.page.get_by_label("Có mặt", exact=True).last.focus()
    phone.says("Đã lưu trên máy")
    sheet = "return (await log.heads(given))['h'][0].value"
    expect(phone.page.get_by_text("Vắng có lý do là 5, cộng theo từng lý do được 6.")).to_be_visible()
    assert phone.modules.do(sheet, VISIT)["absent_excused"] == 5
    at(phone, "/finding/0190eeee-0000-7000-8000-000000000001", "Tồn tại ngoài phiếu")
    phone.type("Tồn tại: mô tả để đơn vị sửa được", "Sổ trống")
    phone.tap("Nghiêm trọng")
    expect(phone.page.get_by_label("Hạn khắc phục")).to_have_value("20/01/2026")
    phone.tap("Xong")
    phone.arrives("Tồn tại khác")
    said = phone.modules.do("return Object.values(fold.fold(await log.heads(given)).findings)", VISIT)
    assert [(one["severity"], one["due_on"]) for one in said] == [(3, None)], "the usual term was recorded as one's own"


def test_what_cannot_be_kept_stays_on_the_screen_and_says_what_to_do(phone: Standing) -> None:
    at(phone, "/word", "Ưu điểm và ý kiến đơn vị")
    phone.page.evaluate(FULL)
    phone.type(BOX, "Chữ không được mất.")
    phone.forward("00:01")
    phone.says("Đang nhập, chưa lưu được")
    told = phone.page.get_by_text("Máy đã đầy. Hãy xóa bớt ảnh, video khác trên máy, rồi bấm «Lưu lại».")
    expect(told).to_be_visible()
    look(phone, "unkept")
    phone.go("/waiting")
    phone.forward("00:01")
    phone.arrives("Ưu điểm và ý kiến đơn vị")
    expect(phone.page).to_have_url(re.compile("/word$"))
    phone.forward("06:00")
    phone.arrives("Ưu điểm và ý kiến đơn vị")
    assert phone.page.get_by_label(BOX, exact=True).input_value() == "Chữ không được mất."
    # Somebody is there: otherwise the phone keeps it and locks by itself.
    phone.page.get_by_label(BOX, exact=True).tap()
    phone.page.evaluate(ROOM)
    phone.tap("Lưu lại")
    expect(told).to_have_count(0)
    phone.says("Đã lưu trên máy")
    phone.go("/waiting")
    phone.arrives("Chờ gửi")
    at(phone, "/word", "Ưu điểm và ý kiến đơn vị")
    assert phone.page.get_by_label(BOX, exact=True).input_value() == "Chữ không được mất."


@pytest.mark.long
def test_too_old_an_app_says_so_and_looks_for_a_newer_one(phone: Standing, server: Office) -> None:
    phone.page.wait_for_function("() => navigator.serviceWorker.controller")
    server.release = "release-2"
    server.next("POST ops", *[refuse(426)] * 9)
    kept(phone, "Sổ trực đủ.")
    phone.page.get_by_label(BOX, exact=True).blur()
    phone.forward("00:02")
    expect(phone.page.get_by_text("Ứng dụng trên máy này đã cũ nên máy chủ chưa nhận.")).to_be_visible()
    expect(phone.page.get_by_text("Có bản mới.")).to_be_visible()
    look(phone, "upgrade")
    server.faults.clear()
    with phone.page.expect_navigation():
        phone.tap("Cập nhật")
    phone.unlock()
    phone.arrives("Ưu điểm và ý kiến đơn vị")
    assert phone.page.get_by_label(BOX, exact=True).input_value() == "Sổ trực đủ."


def test_the_next_person_is_told_nothing_of_the_first(phone: Standing, server: Office) -> None:
    server.next("POST ops", *[refuse(426)] * 9)
    kept(phone, "Của người trước")
    phone.forward("00:02")
    expect(phone.page.get_by_text("Ứng dụng trên máy này đã cũ nên máy chủ chưa nhận.")).to_be_visible()
    phone.says("1 thay đổi chờ gửi")
    phone.go("/device")
    phone.tap("Khóa ngay")
    phone.arrives("Mở khóa")
    server.person, server.packs, server.faults = OTHER, [], {}
    phone.tap("Người khác dùng máy này")
    phone.go("/")
    phone.enter()
    assert phone.page.locator(".banners > *").count() == 0
    expect(phone.page.locator(".status")).not_to_contain_text("chờ gửi")
    expect(phone.page.locator(".status")).not_to_contain_text("Đã lưu trên máy")


def test_a_phone_left_alone_locks_while_it_sends_and_goes_on_afterwards(phone: Standing, server: Office) -> None:
    at(phone, "/photos", "Ảnh")
    end, asked = threading.Event(), threading.Event()

    def slow(request: Handler) -> bool:
        asked.set()
        return silent(end)(request)

    server.next("PATCH media", slow)
    phone.camera("Chụp ảnh chung").set_files(file("1.jpg"))
    expect(phone.page.locator(".thumb canvas")).to_have_count(1)
    try:
        phone.forward("00:02")
        assert asked.wait(10)
        phone.says("Đang gửi")
        phone.forward("06:00")
        phone.arrives("Mở khóa")
    finally:
        end.set()
    server.faults.clear()
    phone.unlock()
    phone.arrives("Ảnh")
    phone.says("Đã gửi đủ")
    assert [len(one) for one in server.media.values()] == [
        op["value"]["size"] for op in server.ops.values() if op["author"] == PERSON
    ]


def look(phone: Standing, name: str) -> None:
    """A picture of the screen, where a folder for it is given."""
    if SHOTS:
        phone.page.screenshot(path=SHOTS / f"field-{name}.png")
    assert faults(phone.page) == []


@pytest.mark.long
def test_what_was_begun_under_the_minutes_and_is_damaged_is_told(phone: Standing) -> None:
    """The words and hands begun there are gone; what the minutes say is not, and both are said."""
    phone.modules.do("""
      const torn = { iv: new Uint8Array(12), data: new ArrayBuffer(40) }
      await db.tx(["meta"], "readwrite", (store) => db.asked(store("meta").put(torn, `draft sign-${given}`)))
    """, VISIT)  # fmt: skip
    at(phone, "/read", "Đọc lại trước khi ký")
    told = phone.page.get_by_text("Phần đã gõ và đã ký dở bị hỏng trên máy này.")
    expect(told).to_be_visible()
    look(phone, "damaged-draft")


@pytest.mark.long
def test_a_restored_log_is_followed_only_after_its_owner_has_read_what_that_means(
    phone: Standing, server: Office
) -> None:
    shown(server, LOG, 40)
    phone.modules.sync()
    rewrite(server)
    phone.modules.sync()
    told = phone.page.get_by_text("Nhật ký ở máy chủ không nối tiếp mốc mà máy này đang giữ.")
    expect(told).to_be_visible()
    look(phone, "rewritten")
    phone.tap("Đã được báo là phục hồi")
    expect(phone.page.get_by_role("heading", name="Theo nhật ký mới?")).to_be_visible()
    look(phone, "follow")
    phone.tap("Quay lại")
    phone.modules.sync()
    expect(told).to_be_visible()
    phone.tap("Đã được báo là phục hồi")
    phone.offline()
    phone.tap("Theo nhật ký mới")
    expect(told).to_have_count(0)
    phone.online()
    phone.modules.sync()
    expect(told).to_have_count(0)
    cut(server)
    phone.modules.sync()
    expect(phone.page.get_by_text("Nhật ký ở máy chủ ngắn hơn mốc mà máy này đang giữ.")).to_be_visible()
