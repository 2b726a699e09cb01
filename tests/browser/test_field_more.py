"""Smaller stories of the phone: photos that wait for Wi-Fi, a phone left alone, a new release, a phone that is taken back."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.axe import faults
from tests.browser.pocket import LAST, Pocket, arranged, asked, pocket
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
SHOTS = Path(os.environ["KYCUONG_FIELD_SHOTS"]) if "KYCUONG_FIELD_SHOTS" in os.environ else None
LINE = """type => {
  const line = Object.assign(new EventTarget(), { type })
  Object.defineProperty(Navigator.prototype, "connection", { get: () => line, configurable: true })
}"""
NEWER = "() => navigator.serviceWorker.register('/field/sw.js?newer', { scope: '/field/', updateViaCache: 'none' }).then(() => null)"
"""Another script at the same scope: the browser installs it beside the one in charge, and it waits, as a release does."""
WAITS = "async () => Boolean((await navigator.serviceWorker.getRegistration('/field/')).waiting)"
IN_CHARGE = "() => navigator.serviceWorker.controller?.scriptURL.endsWith('newer')"


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("camera") / "anh.jpg"
    made = io.BytesIO()
    Image.effect_noise((640, 480), 80).save(made, "JPEG", quality=80)
    place.write_bytes(made.getvalue())
    return place


@pytest.fixture
def phone(browser: Browser, product: str) -> Iterator[Pocket]:
    with pocket(browser, product, "truongdoan") as one:
        yield one


@pytest.mark.parametrize(("line", "held"), [("cellular", "chờ Wi-Fi"), (None, "để sau")], ids=["told", "not told"])
@pytest.mark.long
def test_photos_wait_for_wifi_and_words_do_not(
    phone: Pocket, product: str, picture: Path, line: str | None, held: str
) -> None:
    uid = arranged(product, "xa-binh-gia")
    phone.context.add_init_script(f"({LINE})({'undefined' if line is None else repr(line)})")
    phone.enrol()
    phone.has(uid)
    phone.go("/waiting")
    phone.page.get_by_role("switch", name="Chỉ gửi ảnh khi có Wi-Fi").check()
    phone.go(f"/visit/{uid}/photos")
    phone.arrives("Ảnh")
    phone.page.locator("input[type=file]").first.set_input_files(picture)
    phone.says(f"Chữ đã gửi, 1 ảnh {held}")
    phone.go(f"/visit/{uid}/word")
    phone.type("Ưu điểm", "Trụ sở gọn gàng.")
    phone.says("1 thay đổi chờ gửi")
    phone.says(f"Chữ đã gửi, 1 ảnh {held}")
    assert asked(product, f"visits/{uid}")["strengths"] == "Trụ sở gọn gàng."
    phone.go("/waiting")
    expect(phone.page.get_by_role("switch")).to_be_checked()
    if SHOTS:
        phone.page.screenshot(path=SHOTS / f"field-wifi-{line}.png")
    assert faults(phone.page) == []
    if line:
        phone.page.evaluate(
            "navigator.connection.type = 'wifi'; navigator.connection.dispatchEvent(new Event('change'))"
        )
    else:
        phone.tap("Gửi ảnh ngay")
    phone.says(LAST)
    assert len(asked(product, f"visits/{uid}")["files"]) == 1


@pytest.mark.long
def test_a_phone_left_alone_locks_itself_and_keeps_what_was_typed(phone: Pocket, product: str) -> None:
    uid = arranged(product, "xa-binh-gia")
    phone.page.clock.install()
    phone.enrol()
    phone.has(uid)
    phone.go(f"/visit/{uid}/word")
    phone.type("Ưu điểm", "Có sổ trực.")
    phone.page.clock.fast_forward("00:02")
    phone.says(LAST)
    phone.page.clock.fast_forward("04:00")
    phone.arrives("Ưu điểm và ý kiến đơn vị")
    phone.page.clock.fast_forward("02:00")
    phone.unlock()
    assert phone.page.get_by_label("Ưu điểm", exact=True).input_value() == "Có sổ trực."


@pytest.mark.long
def test_a_newer_release_is_offered_when_nobody_writes_and_taken_over_on_a_tap(phone: Pocket, product: str) -> None:
    uid = arranged(product, "xa-binh-gia")
    phone.enrol()
    phone.has(uid)
    phone.go(f"/visit/{uid}/word")
    phone.arrives("Ưu điểm và ý kiến đơn vị")
    phone.page.wait_for_function("() => navigator.serviceWorker.controller")
    box = phone.page.get_by_label("Ưu điểm", exact=True)
    box.tap()
    phone.page.evaluate(NEWER)
    phone.page.wait_for_function(WAITS)
    box.press_sequentially("Đủ sổ.")
    assert phone.page.get_by_text("Có bản mới.").count() == 0
    assert not phone.page.evaluate(IN_CHARGE)
    box.blur()
    expect(phone.page.get_by_text("Có bản mới.")).to_be_visible()
    assert not phone.page.evaluate(IN_CHARGE), "not before somebody agrees"
    with phone.page.expect_navigation():
        phone.tap("Cập nhật")
    phone.unlock()
    assert phone.page.evaluate(IN_CHARGE)
    assert phone.page.get_by_label("Ưu điểm", exact=True).input_value() == "Đủ sổ."


@pytest.mark.long
def test_a_phone_that_was_taken_back_says_so_and_shows_the_way_out(
    phone: Pocket, browser: Browser, product: str
) -> None:
    uid = arranged(product, "xa-binh-gia")
    phone.enrol()
    phone.has(uid)
    phone.go(f"/visit/{uid}/word")
    phone.arrives("Ưu điểm và ý kiến đơn vị")
    desk = window(browser, product, "truongdoan")
    desk.goto("/field/devices/")
    for _every in range(desk.get_by_role("button", name="Thu hồi").count()):
        desk.get_by_role("button", name="Thu hồi").first.click()
        desk.wait_for_load_state()
    desk.context.close()
    phone.type("Ưu điểm", "Chưa kịp gửi.")
    expect(phone.page.get_by_text("Máy này đã bị thu hồi ở văn phòng.")).to_be_visible()
    phone.says("1 thay đổi chờ gửi")
    assert faults(phone.page) == []
    phone.tap("Xuất gói dự phòng")
    phone.arrives("Chờ gửi")
    with phone.page.expect_download() as parcel:
        phone.tap("Xuất gói dự phòng", within=phone.page.locator("main"))
    assert "kycuong-rescue" in parcel.value.path().read_text(encoding="utf-8")


@pytest.mark.long
def test_what_two_differ_on_is_written_anew(phone: Pocket, product: str) -> None:
    uid = arranged(product, "xa-binh-gia", with_member=True)
    phone.enrol()
    phone.has(uid)
    phone.offline()
    phone.go(f"/visit/{uid}/word")
    phone.type("Ưu điểm", "Sổ trực đầy đủ.")
    phone.says("1 thay đổi chờ gửi")
    version = asked(product, f"visits/{uid}", "thanhvien")["version"]
    asked(
        product, f"visits/{uid}/answers", "thanhvien", version=version, answers={}, strengths="Sổ trực còn trang trống."
    )
    phone.online()
    phone.says(LAST)
    phone.go(f"/visit/{uid}/conflicts")
    expect(phone.page.locator(".version")).to_have_count(2)
    phone.page.get_by_text("Ghi lại khác").first.tap()
    phone.type("Ghi lại khác", "Sổ trực đủ, còn hai trang trống.")
    phone.tap("Dùng nội dung này Ưu điểm")
    expect(phone.page.get_by_text("Không còn chỗ nào khác nhau.")).to_be_visible()
    phone.says("1 thay đổi")
    phone.says(LAST)
    assert asked(product, f"visits/{uid}")["strengths"] == "Sổ trực đủ, còn hai trang trống."


@pytest.mark.long
def test_a_photo_taken_away_can_be_had_back(phone: Pocket, product: str, picture: Path) -> None:
    uid = arranged(product, "xa-binh-gia")
    phone.enrol()
    phone.has(uid)
    phone.go(f"/visit/{uid}/photos")
    phone.arrives("Ảnh")
    phone.page.locator("input[type=file]").first.set_input_files(picture)
    thumb = phone.page.locator(".thumb canvas")
    thumb.tap()
    phone.arrives("Ảnh chung")
    phone.tap("Bỏ ảnh này")
    expect(phone.page.get_by_text("Chưa có ảnh nào.")).to_be_visible()
    phone.tap("Hoàn tác")
    expect(thumb).to_be_visible()
    phone.says("chờ gửi")
    phone.says(LAST)
    assert len(asked(product, f"visits/{uid}")["files"]) == 1
