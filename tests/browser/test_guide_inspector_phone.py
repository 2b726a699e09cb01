"""The guide for inspectors with a phone, walked."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.guides import Camera, ensure_told
from tests.browser.pocket import ALL_PASS, FULL, LAST, PASSPHRASE, Pocket, arranged, asked, pocket

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    """A visit with the phone; a colleague who wrote differently without a network."""
    uid = arranged(guided, "xa-loc-binh", with_member=True)
    with pocket(browser, guided, "truongdoan") as phone, pocket(browser, guided, "thanhvien") as other:
        begin(phone, camera)
        phone.go(f"/visit/{uid}")
        phone.page.get_by_role("button", name="Bắt đầu kiểm tra").wait_for()
        camera.read(phone.page)
        other.enrol()
        other.prepare()
        for one, said in ((phone, "Đạt"), (other, "Không đạt")):
            one.offline()
            one.go(f"/visit/{uid}/group/C")
            one.tap(said, within=one.page.locator("#c-C2"))
            camera.read(one.page)
        answer(phone, camera)
        phone.online()
        phone.says(LAST)
        other.online()
        other.says(LAST)
        differ(other, uid, camera)
        conclude_on_the_phone(phone, uid, camera)
    ensure_told("inspector-phone", camera)


def begin(phone: Pocket, camera: Camera) -> None:
    phone.page.goto("/field/")
    camera.read(phone.page)
    phone.sign_in()
    phone.arrives("Đặt mật khẩu cho máy này")
    camera.shot("inspector-phone-passphrase", phone.page)
    phone.type("Mật khẩu của máy này", PASSPHRASE)
    phone.type("Gõ lại", PASSPHRASE)
    phone.tap("Đặt mật khẩu")
    phone.arrives("Lượt kiểm tra của tôi")
    camera.read(phone.page)
    phone.go("/prepare")
    phone.tap("Chuẩn bị")
    phone.page.get_by_text("Sẵn sàng ngoại tuyến").wait_for(timeout=60_000)
    camera.read(phone.page)
    phone.go("/device")
    phone.tap("Khóa ngay")
    phone.arrives("Mở khóa")
    camera.read(phone.page)
    phone.go("/forgotten")
    phone.arrives("Quên mật khẩu của máy")
    camera.read(phone.page)
    phone.go("/")
    phone.unlock()
    phone.arrives("Lượt kiểm tra của tôi")
    camera.shot("inspector-phone-visits", phone.page)


def answer(phone: Pocket, camera: Camera) -> None:
    """Short of a pass, with what stands beside it; taken back; a word that is being typed."""
    phone.tap("Đạt một phần", within=phone.page.locator("#c-C3"))
    box = phone.page.get_by_label("Tồn tại: mô tả để đơn vị sửa được")
    box.fill("Một công chức làm việc riêng.")
    camera.read(phone.page)
    phone.says("Đã lưu trên máy")
    phone.page.locator("#c-C2").scroll_into_view_if_needed()
    camera.shot("inspector-phone-criteria", phone.page)
    phone.page.context.clear_cookies()
    base = phone.page.url.split("/group/")[0].split("#")[1]
    phone.go(f"{base}/group/E")
    phone.page.get_by_role("button", name="Không áp dụng cả nhóm").wait_for()
    camera.read(phone.page)
    phone.tap("Không áp dụng cả nhóm")
    phone.page.get_by_role("button", name="Hoàn tác").wait_for()
    camera.read(phone.page)
    phone.online()
    phone.page.get_by_role("button", name="Đăng nhập để gửi").wait_for()
    camera.read(phone.page)
    phone.tap("Đăng nhập để gửi")
    phone.sign_in()
    phone.go(base)
    phone.page.get_by_role("navigation", name="Các phần của lượt kiểm tra").wait_for()
    camera.read(phone.page)
    parts = {"headcount": "Quân số lúc kiểm tra", "findings": "Tồn tại khác", "missing": "Còn thiếu trước khi ký"}
    for path, title in {**{f"{base}/{part}": title for part, title in parts.items()}, "/waiting": "Chờ gửi"}.items():
        phone.go(path)
        phone.arrives(title)
        camera.read(phone.page)


def differ(other: Pocket, uid: str, camera: Camera) -> None:
    other.go(f"/visit/{uid}")
    other.page.get_by_role("link", name="Xem và chọn").wait_for()
    camera.read(other.page)
    other.tap("Xem và chọn", "link")
    other.arrives("Hai người ghi khác nhau")
    camera.shot("inspector-phone-conflict", other.page)
    other.tap(re.compile("^Chọn"), within=other.page.locator(".version", has_text="Trưởng đoàn"))
    other.page.get_by_text("Không còn chỗ nào khác nhau.").wait_for()
    other.says(LAST)


def conclude_on_the_phone(phone: Pocket, uid: str, camera: Camera) -> None:
    """What is left is written at the desk; the phone reads it back and signs."""
    with_all = {**ALL_PASS, "C3": {"outcome": "partial", "finding": "Một công chức làm việc riêng."}}
    version = asked_of(phone, uid)
    asked(version[0], f"visits/{uid}/answers", version=version[1], answers=with_all, headcount=FULL)
    phone.go("/waiting")
    phone.tap("Gửi ngay")
    phone.go(f"/visit/{uid}/read")
    phone.arrives("Đọc lại trước khi ký")
    camera.read(phone.page)
    phone.tap("Ký biên bản", "link")
    phone.arrives("Ký biên bản")
    camera.read(phone.page)
    phone.write_by_hand("Chữ ký của đoàn")
    phone.write_by_hand("Chữ ký của đơn vị")
    phone.type("Người ký của đơn vị (chức vụ)", "Chủ tịch UBND xã")
    phone.tap("Ký và khóa biên bản")
    phone.arrives("Biên bản đã ký")
    camera.shot("inspector-phone-minutes", phone.page)


def asked_of(phone: Pocket, uid: str) -> tuple[str, int]:
    """The address of the office, and the version of the visit there."""
    address = phone.page.url.split("/field/")[0]
    return address, int(asked(address, f"visits/{uid}")["version"])
