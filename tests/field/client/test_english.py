"""English on the phone: fetched by who chooses it, there without a network, and nothing of it in what is recorded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from kycuong.field.views.shell import english, kept
from tests.browser.axe import faults
from tests.browser.pocket import PASSPHRASE
from tests.browser.spoken import mixed
from tests.field.client.standin import OTHER, Office, pack
from tests.field.client.standing import Standing
from tests.field.client.test_damage import DAMAGE
from tests.field.client.test_witness import LOG, rewrite, shown
from tests.field.client.test_worker import CACHES, IN_CHARGE, UPDATE, context, opened, page
from tests.field.client.window import VISIT

ENGLISH_IS_KEPT = "async files => (await Promise.all(files.map((file) => caches.match(file)))).every(Boolean)"
LANGUAGE = "document.documentElement.lang"


__all__ = ["context", "page"]


def choose(page: Page, name: str, title: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def test_who_speaks_vietnamese_fetches_no_english(context: BrowserContext, page: Page) -> None:
    fetched: list[str] = []
    context.on("request", lambda request: fetched.append(request.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    assert fetched, "requests are seen"
    assert [url for url in fetched if "english" in url] == []
    assert page.evaluate(CACHES) == {"kycuong-field-release-1": sorted(kept())}


def test_english_is_there_without_a_network_once_it_was_chosen(
    context: BrowserContext, page: Page, server: Office
) -> None:
    choose(page, "English", "Sign in")
    page.wait_for_function(ENGLISH_IS_KEPT, arg=english())
    server.die()
    again = opened(context)
    expect(again.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    assert again.evaluate(LANGUAGE) == "en"
    assert mixed(again) == []
    choose(again, "Tiếng Việt", "Đăng nhập")
    assert again.evaluate(LANGUAGE) == "vi"


def test_a_choice_on_a_page_of_the_office_counts_here(context: BrowserContext, server: Office) -> None:
    """Its cookie is read when the phone is opened; the worker that comes into charge keeps what is spoken."""
    context.add_cookies([{"name": "language", "value": "en", "url": server.url}])
    page = opened(context)
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    page.wait_for_function(ENGLISH_IS_KEPT, arg=english())
    assert page.locator("link[rel=manifest]").get_attribute("href") == "/field/manifest.webmanifest?language=en"
    name = "async () => (await (await fetch(document.querySelector('link[rel=manifest]').href)).json()).lang"
    assert page.evaluate("async () => Boolean(await navigator.serviceWorker.ready)")
    page.wait_for_function(IN_CHARGE)
    assert page.evaluate(name) == "vi", "the stand-in knows one; what matters is that no worker answers in its place"


@pytest.mark.long
def test_a_newer_release_brings_english_along(context: BrowserContext, page: Page, server: Office) -> None:
    choose(page, "English", "Sign in")
    page.wait_for_function(ENGLISH_IS_KEPT, arg=english())
    server.release = "release-2"
    assert page.evaluate(UPDATE) == ["installed", True]
    assert page.evaluate(CACHES)["kycuong-field-release-2"] == sorted([*kept(), *english()])


@pytest.mark.long
def test_a_release_without_its_english_does_not_take_over(context: BrowserContext, page: Page, server: Office) -> None:
    choose(page, "English", "Sign in")
    page.wait_for_function(ENGLISH_IS_KEPT, arg=english())
    server.release, server.gone = "release-2", {english()[-1]}
    assert page.evaluate(UPDATE)[1] is False
    assert list(page.evaluate(CACHES)) == ["kycuong-field-release-1"]


@pytest.mark.long
def test_english_that_cannot_be_fetched_is_told_and_changes_nothing(page: Page, server: Office) -> None:
    server.gone = {english()[0]}
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.get_by_text("Chưa tải được tiếng Anh: cần mạng một lần.")).to_be_visible()
    expect(page.get_by_text("English could not be fetched: it takes a network once.")).to_be_visible()
    assert page.evaluate(LANGUAGE) == "vi"
    assert page.context.cookies() == []


@pytest.mark.long
def test_a_phone_that_chose_english_and_lost_it_speaks_vietnamese_and_mixes_nothing(
    context: BrowserContext, server: Office
) -> None:
    context.add_cookies([{"name": "language", "value": "en", "url": server.url}])
    server.gone = set(english())
    page = opened(context)
    expect(page.get_by_role("heading", level=1, name="Đăng nhập")).to_be_visible()
    assert page.evaluate(LANGUAGE) == "vi"
    expect(page.get_by_role("button", name="Tiếng Việt")).to_have_attribute("aria-pressed", "true")


@pytest.mark.long
def test_nobody_waits_for_english_on_a_network_that_hangs_and_it_may_come_later(
    context: BrowserContext, server: Office
) -> None:
    context.add_cookies([{"name": "language", "value": "en", "url": server.url}])
    held: list[Route] = []
    comes = False
    context.route(re.compile(r"/field/english[./]"), lambda route: route.continue_() if comes else held.append(route))
    page = context.new_page()
    page.goto("/field/", wait_until="commit")
    expect(page.get_by_role("heading", level=1, name="Đăng nhập")).to_be_visible(timeout=12_000)
    page.get_by_label("Tên đăng nhập").fill("truongdoan")
    comes = True
    for one in held:
        one.continue_()
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
    expect(page.get_by_label("User name")).to_have_value("truongdoan")


def test_what_is_being_typed_stays_when_the_language_changes(page: Page) -> None:
    page.get_by_label("Tên đăng nhập").fill("truongdoan")
    page.get_by_label("Mật khẩu").fill("bí mật")
    choose(page, "English", "Sign in")
    assert page.get_by_label("User name").input_value() == "truongdoan"
    assert page.get_by_label("Password").input_value() == "bí mật"
    expect(page.get_by_role("button", name="English")).to_be_focused()


# ------------------------------------------------------------------------------------------ a phone that is in use


class Abroad(Standing):
    """Somebody who has set this phone up in Vietnamese, and chosen English on its own screen."""

    def enter(self) -> None:
        super().enter()
        self.go("/device")
        self.arrives("Máy này")
        self.tap("English")
        self.arrives("This phone")
        self.go("/")
        self.arrives("My visits")


@pytest.fixture
def phone(browser: Browser, server: Office) -> Iterator[Abroad]:
    server.shell = True
    lead = {"form": "surprise", "form_name": "Đột xuất", "decision_number": "12/QĐ-SNV", "decision_on": "2026-01-04"}
    seat = {"name": "Trần Thị Bình", "role": "team_head", "role_name": "Trưởng đoàn", "position": "Phó giám đốc"}
    server.packs = [
        pack(
            visited_on="2026-01-05",
            team=[seat],
            people=[{"name": "Nguyễn Văn Đức", "position": "Công chức địa chính"}],
            previous=[],
            me={"name": "Người thử", "position": "Trưởng phòng", "role": "", "role_name": ""},
            inspection={"uid": OTHER, "lead_name": "Sở thử", **lead},
        )
    ]
    one = Abroad(browser, server.url, "x")
    one.page.clock.install()
    one.enrol()
    expect(one.page.get_by_text("Xã thử")).to_be_visible()
    yield one
    one.context.close()
    assert not one.found, "\n".join(one.found)


def recorded(phone: Abroad, finding: str, after: int) -> list[str]:
    """What was said at the visit from then on, without what chance and the clock put in."""
    ops = [op for op in phone.modules.do("return log.mine(given)", VISIT) if op["seq"] > after]
    told = [(op["field"].split("/")[0], op["value"]) for op in ops]
    return [json.dumps(one, ensure_ascii=False).replace(finding, "·") for one in told]


def last(phone: Abroad) -> int:
    return max((int(op["seq"]) for op in phone.modules.do("return log.mine(given)", VISIT)), default=0)


def test_what_is_recorded_is_the_same_in_either_language(phone: Abroad) -> None:
    """Pressed in English, pressed in Vietnamese: the same ops, and the same minutes read out, word for word."""
    said, read = [], []
    for words in (
        ("Finding beyond the checklist", "Moderate", "Who is concerned", "Add this person", "Elected official", "Position, post"),
        ("Tồn tại ngoài phiếu", "Trung bình", "Ai liên quan", "Thêm người này", "Cán bộ", "Chức vụ, vị trí việc làm"),
    ):  # fmt: skip
        title, grade, who, add, kind, position = words
        before = last(phone)
        key = VISIT[:-1] + str(len(said))
        phone.go(f"/visit/{VISIT}/finding/{key}")
        phone.arrives(title)
        phone.page.locator("textarea").fill("Bàn tiếp dân để xe.")
        phone.tap(grade)
        phone.tap(who, "link")
        phone.arrives(who)
        phone.tap(kind)
        phone.type(position, "Chủ tịch UBND xã")
        phone.tap(add)
        expect(phone.page.locator(".panel.beside")).to_be_visible()
        phone.forward("00:03")
        expect(phone.page.locator(".status")).to_contain_text(re.compile("Everything is sent|Đã gửi đủ"))
        said.append(recorded(phone, key, before))
        phone.go(f"/visit/{VISIT}/read")
        minutes = phone.page.locator("article.minutes")
        expect(minutes).to_have_attribute("lang", "vi")
        read.append(minutes.inner_text())
        phone.go(f"/visit/{VISIT}/findings")
        phone.page.locator(".panel .tap", has_text="Remove" if title.isascii() else "Bỏ").first.tap()
        phone.go("/device")
        phone.page.get_by_role("button", name="Tiếng Việt").tap()
        phone.arrives("Máy này")
    assert said[0] == said[1]
    assert len(said[0]) >= 3
    assert read[0] == read[1]
    assert "Trung bình" in read[0]
    assert "cán bộ, Chủ tịch UBND xã" in read[0]


@pytest.mark.long
def test_what_stops_the_sending_or_is_damaged_is_told_in_english(phone: Abroad, server: Office) -> None:
    page, found = phone.page, []

    def look(name: str) -> None:
        found.extend(f"{name}: {fault}" for fault in [*mixed(page), *faults(page)])

    phone.go(f"/visit/{VISIT}")
    look("visit")
    page.locator("summary").first.tap()
    expect(page.get_by_text("Trần Thị Bình (Team head)")).to_be_visible()
    look("facts")
    phone.offline()
    phone.go(f"/visit/{VISIT}/word")
    phone.type("Strengths", "Sổ trực đủ.")
    phone.forward("00:01")
    phone.says("1 change waiting")
    phone.modules.do(DAMAGE, ["t/strengths", "cipher"])
    phone.go(f"/visit/{VISIT}")
    expect(
        page.get_by_text("1 item damaged on this phone: Strengths. The rest can still be recorded and sent.")
    ).to_be_visible()
    look("damaged")
    server.revoked = True
    phone.online()
    phone.modules.say("t/explanation", "Đồng ý")
    expect(
        page.get_by_text("1 item damaged on this phone (Strengths, Xã thử), the rest is still sent.")
    ).to_be_visible()
    expect(page.get_by_text("This phone was revoked at the office.")).to_be_visible()
    look("revoked")
    phone.go("/waiting")
    phone.arrives("Waiting to be sent")
    expect(page.get_by_text("Strengths, Xã thử, recorded")).to_be_visible()
    look("waiting")
    phone.go("/device")
    page.get_by_role("button", name="Tiếng Việt").tap()
    expect(page.get_by_text("Máy này đã bị thu hồi ở văn phòng.")).to_be_visible()
    assert page.get_by_text("revoked").count() == 0, "what stands above every screen is said anew"
    assert not found, "\n".join(found)


@pytest.mark.long
def test_a_log_that_was_rewritten_is_told_in_english(phone: Abroad, server: Office) -> None:
    shown(server, LOG, 40)
    phone.modules.sync()
    rewrite(server)
    phone.modules.sync()
    expect(phone.page.get_by_text("The log at the server")).to_be_visible()
    phone.tap("I was told of a restoration")
    expect(phone.page.get_by_role("heading", name="Follow the new log?")).to_be_visible()
    assert mixed(phone.page) == []
    assert faults(phone.page) == []


@pytest.mark.long
def test_a_refusal_of_the_server_is_told_in_the_language_that_is_spoken(phone: Abroad, server: Office) -> None:
    refused = {
        "detail": "Yêu cầu trước đang chờ duyệt.",
        "detail_en": "The request before this one waits for approval.",
    }
    for _language in range(2):
        server.next("POST devices", lambda one: bool(one.say(409, refused) or True))
    for title, button, told in (("Forgotten", "Send the request", refused["detail_en"]), ("Quên", "Gửi yêu cầu", refused["detail"])):  # fmt: skip
        phone.go("/forgotten")
        phone.arrives(title)
        phone.tap(button)
        expect(phone.page.get_by_text(told)).to_be_visible()
        phone.go("/device")
        phone.page.get_by_role("button", name="Tiếng Việt").tap()
        phone.arrives("Máy này")


def test_the_lock_and_the_way_back_speak_english(phone: Abroad) -> None:
    phone.go("/device")
    phone.tap("Lock now")
    phone.arrives("Unlock")
    assert mixed(phone.page) == []
    phone.type("Passphrase of this phone", "sai")
    phone.tap("Unlock")
    expect(phone.page.get_by_text("The passphrase is not correct. Try again.")).to_be_visible()
    phone.type("Passphrase of this phone", PASSPHRASE)
    phone.tap("Unlock")
    phone.arrives("This phone")
    assert faults(phone.page) == []
