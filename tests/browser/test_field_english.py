"""A visit without a signal on a phone that speaks English: no Vietnamese on any screen but data, and none of it lost from the record."""

from __future__ import annotations

import io
import os
import re
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from kycuong.demo.accounts import DEMO_PASSWORD
from tests.browser.axe import faults
from tests.browser.pocket import ALL_PASS, FULL, PASSPHRASE, Pocket, arranged, asked
from tests.browser.spoken import mixed
from tests.browser.weighing import scales

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
SHOTS = Path(os.environ["KYCUONG_FIELD_SHOTS"]) if "KYCUONG_FIELD_SHOTS" in os.environ else None
FINDING = "Hai công chức chơi trò chơi điện tử trong giờ làm việc."
DESK = "Bàn tiếp dân bị dùng làm nơi để xe."
DESCRIBED = "Finding: described so that the unit can remedy it"
SIGNATORY = "Chủ tịch UBND xã"
SENT = "Everything is sent"
WEIGHT = 25_000
"""Bytes that English costs once whoever chooses it, over the line."""


class Abroad(Pocket):
    """A phone whose owner reads English. What is wrong with a screen is noted and told at the end."""

    def __init__(self, browser: Browser, address: str, username: str) -> None:
        super().__init__(browser, address, username)
        self.context.set_default_timeout(30_000)
        self.wrong: list[str] = []

    def look(self, name: str, title: str = "") -> None:
        if title:
            self.arrives(title)
        with suppress(
            AssertionError
        ):  # what was tapped is pale until it is kept; a pad stays so while it is written on
            expect(self.page.locator("[aria-busy=true]")).to_have_count(0, timeout=3_000)
        self.wrong += [f"{name}: {fault}" for fault in [*mixed(self.page), *faults(self.page)]]
        if SHOTS:
            self.page.screenshot(path=SHOTS / f"field-en-{name}.png", full_page=True)

    def enter(self) -> None:
        self.tap("English")
        self.look("sign-in", "Sign in")
        self.type("User name", self.username)
        self.type("Password", DEMO_PASSWORD)
        self.tap("Sign in")
        self.look("passphrase", "Set a passphrase for this phone")
        self.type("Passphrase of this phone", PASSPHRASE)
        self.type("Type it again", PASSPHRASE)
        self.tap("Set the passphrase")
        self.look("empty", "My visits")

    def prepare(self) -> None:
        self.tap("Prepare for the field", "link")
        self.tap("Prepare")
        expect(self.page.get_by_text("Ready to go offline")).to_be_visible(timeout=60_000)
        self.look("prepare", "Prepare for the field")
        self.tap("To the list", "link")

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.look("unlock", "Unlock")
        self.type("Passphrase of this phone", passphrase)
        self.tap("Unlock")

    def write_by_hand(self, whose: str) -> None:
        self.tap(f"Sign here: {whose}")
        self.page.locator("dialog svg.pad").wait_for()
        self.look(f"pad of {whose}")
        self.draw("Use this signature")


@pytest.mark.long
def test_a_visit_is_made_in_english_and_recorded_in_vietnamese(browser: Browser, product: str) -> None:
    uid, other = arranged(product, "xa-cao-loc"), arranged(product, "xa-that-khe")
    visit = asked(product, f"visits/{other}")
    asked(product, f"visits/{other}/answers", version=visit["version"], answers=ALL_PASS, headcount=FULL)
    phone = Abroad(browser, product, "truongdoan")
    try:
        phone.enrol()
        phone.prepare()
        phone.has(uid)
        phone.offline()
        phone.page.reload()
        phone.unlock()
        phone.look("visits", "My visits")
        phone.go(f"/visit/{uid}")
        written(phone, uid)
        aside(phone, uid)
        phone.online()
        phone.says(SENT, timeout=60_000)
        signed(phone, other)
        phone.look("signed", "Signed minutes")
        phone.says(SENT, timeout=60_000)
        expect(phone.page.get_by_text("the minutes are on the record")).to_be_visible(timeout=60_000)
        phone.go(f"/visit/{other}/addendum")
        phone.look("addendum", "Addendum")
    finally:
        phone.context.close()
    assert not [*phone.found, *phone.wrong], "\n".join([*phone.found, *phone.wrong])
    told = asked(product, f"visits/{uid}")
    assert told["answers"]["E1"]["note"] == "Đơn vị không giải quyết thủ tục hành chính."
    assert told["answers"]["C2"]["note"] == "Đơn vị không có nội dung này."
    assert sorted(one["description"] for one in told["findings"]) == sorted([DESK, FINDING])
    assert asked(product, f"visits/{other}")["minutes"]["unit_signatory"] == SIGNATORY


def written(phone: Abroad, uid: str) -> None:
    """From the gate to the words of the unit, without a network."""
    page = phone.page
    page.get_by_text("Decision, inspection team").tap()
    phone.look("visit")
    phone.tap("Start the inspection")
    phone.arrives("Headcount at the inspection")
    page.get_by_text("Record each reason").tap()
    for label, number in (("Staff quota", "12"), ("Present", "11"), ("Absent without reason", "0"), ("On leave", "1")):
        phone.type(label, number)
    expect(page.get_by_text("Present 11 / quota 12; absent with reason 1;")).to_be_visible()
    phone.look("headcount")
    phone.go(f"/visit/{uid}/group/C")
    phone.arrives("C. ")
    phone.tap("Not applicable", within=page.locator("#c-C2"))
    phone.tap("Đơn vị không có nội dung này.", within=page.locator("#c-C2"))
    phone.tap("Fail", within=page.locator("#c-C3"))
    phone.type(DESCRIBED, FINDING)
    page.locator("#c-C3 input[type=file]").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": shot()}
    )
    expect(page.locator("#c-C3 .thumb canvas")).to_be_visible()
    phone.look("criteria")
    phone.go(f"/visit/{uid}/group/D")
    phone.arrives("D. ")
    phone.type("Total", "3")
    phone.type("Number that pass", "5")
    expect(page.get_by_text("Criterion D1: 5 is more than the total 3.")).to_be_visible()
    phone.type("Number that pass", "3")
    phone.look("typed")
    phone.go(f"/visit/{uid}/group/E")
    phone.tap("Whole group not applicable")
    expect(page.get_by_text("3 questions recorded as not applicable")).to_be_visible()
    phone.look("undo")
    phone.go(f"/visit/{uid}/findings")
    phone.tap("Add a finding", "link")
    phone.arrives("Finding beyond the checklist")
    phone.type(DESCRIBED, DESK)
    phone.tap("Serious")
    phone.look("finding")
    phone.tap("Who is concerned", "link")
    phone.type("Find somebody of the unit", "thu truong")
    page.locator(".hits button").first.tap()
    phone.tap("Add this person")
    expect(page.get_by_role("button", name=re.compile("^Remove "))).to_be_visible()
    phone.look("people")


def aside(phone: Abroad, uid: str) -> None:
    """Every other screen of a phone that is under way."""
    for name, path, title in (
        ("findings", f"/visit/{uid}/findings", "Other findings"),
        ("word", f"/visit/{uid}/word", "Strengths and the unit’s answer"),
        ("photos", f"/visit/{uid}/photos", "Photos"),
        ("missing", f"/visit/{uid}/missing", "Missing before the signature"),
        ("half read", f"/visit/{uid}/read", "Read back before signing"),
        ("conflicts", f"/visit/{uid}/conflicts", "Two people recorded different values"),
        ("waiting", "/waiting", "Waiting to be sent"),
        ("device", "/device", "This phone"),
        ("forgotten", "/forgotten", "Forgotten passphrase"),
        ("enrolment", "/enrolment", "Enrol this phone again"),
        ("gone", "/visit/none", "Not on this phone"),
    ):
        phone.go(path)
        phone.look(name, title)
    phone.go(f"/visit/{uid}/photos")
    phone.arrives("Photos")
    phone.page.locator(".thumb").first.tap()
    phone.look("photo", "Photo of C3")


def signed(phone: Abroad, uid: str) -> None:
    """What the desk has answered is read back and signed here."""
    phone.go("/")
    phone.has(uid)
    phone.go(f"/visit/{uid}/read")
    phone.look("read back", "Read back before signing")
    minutes = phone.page.locator("article.minutes")
    expect(minutes).to_have_attribute("lang", "vi")
    expect(minutes).to_contain_text("Không ghi nhận tồn tại.")
    expect(minutes).to_contain_text("Có mặt 5 / biên chế 5")
    phone.tap("Sign the minutes", "link")
    phone.arrives("Sign the minutes")
    phone.tap("Sign and lock the minutes")
    expect(phone.page.get_by_text("The team has not signed.")).to_be_visible()
    phone.tap("The unit refuses to sign")
    phone.look("refusal")
    phone.tap("The unit signs")
    phone.write_by_hand("Signature of the team")
    phone.write_by_hand("Signature of the unit")
    phone.type("Signatory of the unit (position)", SIGNATORY)
    phone.look("sign")
    phone.tap("Sign and lock the minutes")


def shot() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((640, 480), 80).save(out, "JPEG", quality=80)
    return out.getvalue()


def test_english_is_light(browser: Browser, product: str) -> None:
    page = browser.new_context(base_url=product, service_workers="block").new_page()
    page.goto("/field/", wait_until="networkidle")
    with scales(page) as moved:
        page.get_by_role("button", name="English", exact=True).click()
        expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()
        page.wait_for_load_state("networkidle")
    page.context.close()
    assert 0 < sum(moved.values()) < WEIGHT, moved
