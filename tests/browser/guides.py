"""A guide is a story: it is walked on the demonstration, its pictures are taken, and its words are looked for.

`just guide` keeps the pictures beside the code that shows them; otherwise they go to a folder of the test.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from kycuong.core.clock import today
from tests.browser.served import HOUSE, window

GUIDE = HOUSE / "docs" / "guide"
PICTURES = HOUSE / "kycuong" / "site" / "static" / "guide"
EVERYTHING = """() => [document.body.textContent,
    ...[...document.querySelectorAll("[placeholder],[aria-label]")].flatMap(
        one => [one.getAttribute("placeholder"), one.getAttribute("aria-label")])].join(" ")"""


class Camera:
    """Takes pictures of what a person sees, and remembers every word of it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.taken: set[str] = set()
        self.words = ""

    def shot(self, name: str, page: Page, *, rows: int = 0) -> None:
        """What the window shows; with `rows`, so many rows of dots from its top, where nothing stands below them."""
        page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        picture = picture.crop((0, 0, picture.width, rows or picture.height))
        # Every dot as it was, in two fifths of the bytes of a PNG.
        picture.save(self.place / f"{name}.webp", "WEBP", lossless=True, method=6)
        self.taken.add(f"{name}.webp")
        self.read(page)

    def read(self, page: Page) -> None:
        page.wait_for_load_state()  # a page that is still coming has no body to read
        self.words += f" {plain(page.evaluate(EVERYTHING))}"


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def ensure_told(guide: str, camera: Camera) -> None:
    """The guide shows the pictures that were taken, and every label in it stood on the screen."""
    text = (GUIDE / f"{guide}.md").read_text(encoding="utf-8")
    assert set(re.findall(r"/static/guide/([\w-]+\.webp)\)", text)) == camera.taken
    assert [name for name in camera.taken if not (PICTURES / name).is_file()] == []
    unseen = [label for label in re.findall(r"«([^»]+)»", text) if plain(label) not in camera.words]
    assert not unseen, f"{guide}: on no screen of the story: {unseen}"


def reported(browser: Browser, address: str, camera: Camera, title: str) -> str:
    """A round that is asked for, and the report of one agency in it: where that report stands."""
    lead = window(browser, address, "tonghop")
    lead.goto("/rounds/")
    camera.read(lead)
    lead.goto("/rounds/new/")
    camera.read(lead)
    lead.get_by_label("Tên đợt").fill(title)
    lead.get_by_label("Kỳ báo cáo").select_option("year")
    lead.get_by_label("Năm").fill(str(today().year - 1))
    lead.get_by_role("button", name="Lưu").click()
    lead.get_by_role("link", name="Gửi cho các cơ quan").wait_for()
    camera.read(lead)
    lead.get_by_role("link", name="Gửi cho các cơ quan").click()
    lead.get_by_role("button", name="Gửi").click()
    lead.get_by_role("button", name="Nhắc cơ quan chưa nộp").wait_for()
    camera.read(lead)
    lead.context.close()
    head = window(browser, address, "thutruong")
    head.goto("/rounds/")
    head.get_by_role("link", name=title).first.click()
    head.get_by_role("button", name="Lưu và đọc lại để nộp").wait_for()
    camera.read(head)
    report = head.url
    head.get_by_role("button", name="Lưu và đọc lại để nộp").click()
    head.wait_for_url("**/submission/")
    camera.read(head)
    head.get_by_role("button", name="Nộp").click()
    head.wait_for_url("**/submissions/**")
    head.context.close()
    return report


def signed_visit(page: Page, unit: str) -> str:
    """A visit to the unit of whom the words without marks are typed, recorded and signed at once: where its minutes stand."""
    page.goto("/visits/new/")
    page.get_by_label("Đơn vị được kiểm tra").first.click()
    page.keyboard.type(unit)
    page.get_by_text(re.compile("kết quả")).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bắt đầu ghi").click()
    fill(page)
    page.get_by_role("button", name="Lưu và đọc lại để ký").click()
    page.wait_for_url("**/signing/")
    page.fill("[name=team_signatory]", "Trưởng đoàn")
    page.fill("[name=unit_signatory]", "Chủ tịch UBND xã")
    page.get_by_role("button", name="Ký biên bản").click()
    page.wait_for_url(lambda url: "signing" not in url)
    return page.url


def shared_draft(page: Page, unit: str) -> str:
    """The draft of a conclusion on such a visit, sent to the unit: where it stands."""
    signed_visit(page, unit)
    page.get_by_role("button", name="Soạn kết luận").click()
    page.get_by_role("link", name="Lấy ý kiến đơn vị").click()
    page.get_by_role("button", name="Gửi lấy ý kiến").click()
    page.get_by_text("Đã gửi dự thảo").wait_for()
    return page.url


def agreed(page: Page, conclusion: str) -> None:
    """The unit has nothing against the draft."""
    page.goto(conclusion)
    page.get_by_role("link", name="Ghi ý kiến chung").click()
    page.get_by_label(re.compile("^Ý kiến của đơn vị")).fill("Đơn vị nhất trí với dự thảo.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.get_by_text("Đã ghi ý kiến").wait_for()


def issued(page: Page, conclusion: str) -> None:
    """An approved conclusion is put on record as issued, without a number yet."""
    page.goto(conclusion)
    page.get_by_role("link", name="Ghi nhận ban hành").click()
    page.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã ghi nhận kết luận được ban hành").wait_for()


def fill(page: Page) -> None:
    """A division of eight, all present, one shortcoming."""
    page.wait_for_url("**/visits/*-*/")
    for name, value in {
        "quota": "8",
        "present": "8",
        "absent_excused": "0",
        "absent_unexcused": "0",
        "late": "0",
    }.items():
        page.fill(f"[name={name}]", value)
    for part in page.locator("input[name$='-part']").all():
        part.fill("8")
    for whole in page.locator("input[name$='-whole']").all():
        whole.fill("8")
    for passed in page.locator("input[value=pass]").all():
        passed.check(force=True)
    page.locator("input[name='D3-outcome'][value=fail]").check(force=True)
    page.locator("[name='D3-finding']").fill("Ba bàn làm việc chưa có biển chức danh.")
    page.evaluate("window.scrollTo(0, 0)")
