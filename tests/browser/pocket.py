"""A phone in a pocket: a small window with a worker of its own, fingers whose taps are counted, and a network that comes and goes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from playwright.sync_api import Browser, ConsoleMessage, Locator, expect

from kycuong.core.clock import today
from kycuong.demo.accounts import DEMO_PASSWORD

PASSPHRASE = "đường lên Mẫu Sơn"
LAST = "Đã gửi đủ"
RATIO = {"part": 5, "whole": 5}
ALL_PASS = {
    **{code: {"outcome": "pass"} for code in ("C2", "C3", "C4", "D3", "D4", "D5", "D6", "D8", "E2", "E3")},
    **dict.fromkeys(("A3", "D1", "E1", "G1"), RATIO),
}
FULL = {"quota": 5, "present": 5, "absent_excused": 0, "absent_unexcused": 0, "late": 0}
"""The short form without a shortcoming, as the desk would send it."""


class Pocket:
    """One phone of one person, ready for the road unless told otherwise."""

    def __init__(self, browser: Browser, address: str, username: str) -> None:
        self.context = browser.new_context(
            base_url=address, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce",
            viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True,
            permissions=["geolocation"], geolocation={"latitude": 21.853, "longitude": 106.761, "accuracy": 12},
        )  # fmt: skip
        self.context.set_default_timeout(15_000)
        self.page, self.username, self.taps = self.context.new_page(), username, 0
        self.found: list[str] = []
        self.page.on("pageerror", lambda error: self.found.append(f"script: {error}"))
        self.page.on("console", self.heard)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:  # no network is no fault
            self.found.append(message.text)

    def tap(self, name: str | re.Pattern[str], role: Any = "button", *, within: Locator | None = None) -> None:
        """Press a button or link with the thumb."""
        exact = isinstance(name, str)
        (within or self.page).get_by_role(role, name=name, exact=exact).first.tap()
        self.taps += 1

    def type(self, label: str, text: str) -> None:
        """Write into a box: one tap to reach it."""
        self.page.get_by_label(label, exact=True).last.fill(text)
        self.taps += 1

    def arrives(self, title: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=title)).to_be_visible()

    def enrol(self) -> None:
        """Sign in inside the app and choose a passphrase."""
        self.page.goto("/field/")
        self.enter()

    def enter(self) -> None:
        self.sign_in()
        self.arrives("Đặt mật khẩu cho máy này")
        self.type("Mật khẩu của máy này", PASSPHRASE)
        self.type("Gõ lại", PASSPHRASE)
        self.tap("Đặt mật khẩu")
        self.arrives("Lượt kiểm tra của tôi")

    def sign_in(self) -> None:
        self.arrives("Đăng nhập")
        self.type("Tên đăng nhập", self.username)
        self.type("Mật khẩu", DEMO_PASSWORD)
        self.tap("Đăng nhập")

    def prepare(self) -> None:
        """Everything on the phone, as before a journey."""
        self.tap("Chuẩn bị đi thực địa", "link")
        self.tap("Chuẩn bị")
        expect(self.page.get_by_text("Sẵn sàng ngoại tuyến")).to_be_visible(timeout=60_000)
        self.tap("Về danh sách", "link")
        self.arrives("Lượt kiểm tra của tôi")

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.arrives("Mở khóa")
        self.type("Mật khẩu của máy này", passphrase)
        self.tap("Mở khóa")

    def offline(self) -> None:
        self.context.set_offline(True)

    def online(self) -> None:
        self.context.set_offline(False)
        self.page.evaluate("dispatchEvent(new Event('online'))")

    def has(self, uid: str) -> None:
        """The visit has come onto the phone."""
        expect(self.page.locator(f"main a[href*='{uid}']").first).to_be_visible(timeout=30_000)

    def go(self, path: str) -> None:
        """Another screen of the app, as a link leads to it."""
        self.page.evaluate("path => { location.hash = path }", path)

    def says(self, text: str, *, timeout: float = 30_000) -> None:
        """The status line comes to say so."""
        expect(self.page.locator(".status")).to_contain_text(text, timeout=timeout)

    def write_by_hand(self, whose: str) -> None:
        """Sign on the pad."""
        self.tap(f"Ký tại đây: {whose}")
        self.draw("Dùng chữ ký này")

    def draw(self, done: str) -> None:
        """A hand on the pad that is open, and the button that takes it."""
        place = self.page.locator("dialog svg.pad")
        expect(place).to_be_visible()
        box = place.bounding_box()
        assert box is not None
        mouse = self.page.mouse
        mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
        mouse.down()
        for step in range(12):
            mouse.move(box["x"] + 40 + step * 18, box["y"] + box["height"] / 2 + (-1) ** step * 20)
        mouse.up()
        self.taps += 1
        self.tap(done)


@contextmanager
def pocket(browser: Browser, address: str, username: str) -> Iterator[Pocket]:
    """A phone for the length of a story; at its end its page must have had nothing to complain about."""
    phone = Pocket(browser, address, username)
    try:
        yield phone
    finally:
        phone.context.close()
    assert not phone.found, "\n".join(phone.found)


@lru_cache
def office(address: str, username: str) -> tuple[OpenerDirector, str]:
    """Somebody who has signed in at a desk, and the token that goes with what changes something."""
    opener = build_opener(HTTPCookieProcessor())
    page = opener.open(f"{address}/sign-in/").read().decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    given = {"csrfmiddlewaretoken": token, "login": username, "password": DEMO_PASSWORD}
    opener.open(f"{address}/sign-in/", urlencode(given).encode())
    return opener, str(json.load(opener.open(f"{address}/api/v1/field/start"))["csrf"])


def asked(address: str, path: str, username: str = "truongdoan", **body: Any) -> Any:
    """What the desk's API answers."""
    opener, token = office(address, username)
    data = json.dumps(body).encode() if body else None
    headers = {"X-CSRFToken": token, "Content-Type": "application/json"}
    return json.load(opener.open(Request(f"{address}/api/v1/{path}", data, headers), timeout=60))


def arranged(address: str, unit: str, *, with_member: bool = False) -> str:
    """A visit for today with the short form, led by the demonstration's team head. Returns its uid."""
    planned = {"unit": unit, "visited_on": f"{today()}", "checklist_form": "short"}
    opened = asked(address, "inspections", lead="so-noi-vu", form="surprise", visits=[planned])
    if with_member:
        joining = [{"person": "thanhvien", "role": "member"}]
        asked(address, f"inspections/{opened['uid']}/team", version=opened["version"], joining=joining)
    return str(opened["visits"][0]["uid"])
