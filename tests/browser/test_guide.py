"""The guides as stories: each is walked on the demonstration, its pictures are taken, and its words are looked for.

`just guide` runs this and keeps the pictures in docs/guide/images; otherwise they go to a folder of the test.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kycuong.core.clock import today
from tests.browser.pocket import ALL_PASS, FULL, LAST, PASSPHRASE, Pocket, arranged, asked, pocket
from tests.browser.served import HOUSE, served, window
from tests.gathering.forms_sent import plain_form
from tests.sheets.files import xlsx_file

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]

GUIDE = HOUSE / "docs" / "guide"
PERIOD = "scope=tinh-lang-son&from=2019-01-01&to=2019-04-30"
EVERYTHING = """() => [document.body.textContent,
    ...[...document.querySelectorAll("[placeholder],[aria-label]")].flatMap(
        one => [one.getAttribute("placeholder"), one.getAttribute("aria-label")])].join(" ")"""


class Camera:
    """Takes pictures of what a person sees, and remembers every word of it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.taken: set[str] = set()
        self.words = ""

    def shot(self, name: str, page: Page) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=self.place / f"{name}.png", animations="disabled")
        self.taken.add(f"{name}.png")
        self.read(page)

    def read(self, page: Page) -> None:
        page.wait_for_load_state()  # a page that is still coming has no body to read
        self.words += f" {plain(page.evaluate(EVERYTHING))}"


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture
def camera(tmp_path: Path) -> Camera:
    keep = "KYCUONG_GUIDE_IMAGES" in os.environ
    return Camera(GUIDE / "images" if keep else tmp_path)


def aggregator(browser: Browser, address: str, camera: Camera) -> None:
    page = window(browser, address, "tonghop")
    page.goto("/tour/")
    camera.shot("aggregator-tour", page)
    page.goto(f"/figures/?{PERIOD}")
    camera.shot("aggregator-figures", page)
    page.goto(f"/figures/units_inspected/list/?{PERIOD}")
    camera.shot("aggregator-list", page)
    page.goto("/plans/")
    page.get_by_label("Chỉ cơ quan chưa ban hành").check()
    page.get_by_role("button", name="Xem").click()
    camera.shot("aggregator-plans", page)
    for path in (
        "/days-off/?year=2027",
        "/plans/theme/",
        "/plans/theme/spreading/",
        "/plans/overlaps/",
        "/checklists/versions/",
        "/checklists/1.0/",
        "/figures/summary/?scope=tinh-lang-son&period=2019&bieu=4",
        "/figures/par/?scope=tinh-lang-son&year=2019",
        "/figures/ranking/?scope=tinh-lang-son&from=2020-01-01&to=2025-12-31",
    ):
        page.goto(path)
        camera.read(page)
    page.goto("/checklists/versions/new/")
    page.get_by_label("Số phiên bản").fill("1.1")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Xem thử trên điện thoại").wait_for()
    camera.read(page)
    page.goto(f"{page.url}criteria/D5/")
    camera.read(page)
    page.goto("/figures/definitions/")
    camera.shot("aggregator-definitions", page)
    gathered(page, camera)
    for path in ("/rounds/rules/", "/exports/"):
        page.goto(path)
        camera.read(page)
    report = reported(browser, address, camera, "Báo cáo năm trước")
    page.goto(report)
    camera.read(page)
    page.get_by_role("navigation", name="Đường dẫn").get_by_role("link").last.click()
    camera.read(page)
    page.get_by_role("link", name="Tổng hợp và ký").click()
    page.get_by_role("button", name="Ký").wait_for()
    camera.read(page)
    page.get_by_role("button", name="Ký").click()
    page.get_by_role("link", name="Thay đổi từ khi ký").wait_for()
    camera.read(page)
    page.context.close()


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


def gathered(page: Page, camera: Camera) -> None:
    """The table of one agency: a file with a faulty cell, then the corrected one."""
    page.goto("/declared/")
    camera.read(page)
    page.goto("/declared/new/")
    camera.read(page)
    page.get_by_label("Năm").fill("2019")
    page.get_by_role("button", name="Mở đợt").click()
    page.get_by_role("button", name="Tải lên và đọc").wait_for()
    for name, visits in (("loi.xlsx", "nhiều"), ("dung.xlsx", 7)):
        rows = plain_form("Huyện Cao Lộc", last=[None] * 5 + [visits])
        page.set_input_files("input[type=file]", {"name": name, "mimeType": "", "buffer": xlsx_file(rows)})
        page.get_by_role("button", name="Tải lên và đọc").click()
        page.get_by_role("link", name=name).click()
        page.get_by_role("heading", name=name).wait_for()
        camera.read(page)
        page.get_by_role("navigation", name="Đường dẫn").get_by_role("link").last.click()
        page.get_by_role("button", name="Tải lên và đọc").wait_for()
    camera.shot("aggregator-declared", page)


def coordinator(browser: Browser, address: str, camera: Camera) -> None:
    page = window(browser, address, "daumoi")
    page.goto("/plans/")
    camera.shot("coordinator-plans", page)
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_role("link", name="Chép sang năm khác").click()
    page.get_by_role("button", name="Chép").click()
    page.get_by_role("link", name="Thêm mục").wait_for()
    camera.read(page)
    page.goto("/plans/new/")
    camera.read(page)
    page.goto("/inspections/new/")
    camera.read(page)
    page.goto("/visits/new/")
    unit = page.get_by_label("Đơn vị được kiểm tra").first
    unit.click()
    page.keyboard.type("van hoa dong dang")
    page.get_by_text("1 kết quả").wait_for()
    camera.shot("coordinator-unit", page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bắt đầu ghi").click()
    fill(page)
    camera.shot("coordinator-answers", page)
    page.get_by_role("button", name="Lưu và đọc lại để ký").click()
    page.wait_for_url("**/signing/")
    signing = page.url
    page.goto(signing.replace("signing", "files"))
    camera.read(page)
    page.goto(signing.replace("signing", "picks"))
    camera.read(page)
    page.goto(signing)
    page.fill("[name=team_signatory]", "Công chức Văn phòng")
    page.fill("[name=unit_signatory]", "Trưởng phòng")
    page.get_by_role("button", name="Ký biên bản").scroll_into_view_if_needed()
    camera.shot("coordinator-sign", page)
    page.get_by_role("button", name="Ký biên bản").click()
    page.wait_for_url(lambda url: "signing" not in url)
    camera.shot("coordinator-signed", page)
    minutes = page.url
    page.goto("/measures/")
    camera.read(page)
    page.goto(minutes)
    page.get_by_role("button", name="Soạn kết luận").click()
    page.get_by_role("link", name="Lấy ý kiến đơn vị").wait_for()
    camera.read(page)
    page.locator("a[href^='/inspections/0']").first.click()
    page.get_by_role("link", name="Báo cáo kết quả", exact=True).wait_for()
    camera.read(page)
    for name in ("Sửa đoàn", "Chia tổ", "Ghi số quyết định", "Khai báo của tôi"):
        page.get_by_role("link", name=name).click()
        page.get_by_role("link", name="Quay lại").wait_for()
        camera.read(page)
        page.go_back()
    for path in ("/inspections/", "/checklists/versions/", "/checklists/versions/new/"):
        page.goto(path)
        camera.read(page)
    page.goto("/figures/")
    camera.read(page)
    page.goto("/self-checks/")
    camera.read(page)
    page.get_by_role("link", name="Soạn đợt tự kiểm tra").click()
    page.get_by_label("Tên đợt").fill("Tự kiểm tra đầu năm")
    page.get_by_label("Phòng, chi cục").check()
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Gửi cho các đơn vị").click()
    page.get_by_role("button", name="Gửi cho các đơn vị").wait_for()
    camera.read(page)
    page.get_by_role("button", name="Gửi cho các đơn vị").click()
    page.get_by_role("link", name="Tự khai so với phát hiện").wait_for()
    camera.read(page)
    page.goto("/draws/")
    camera.read(page)
    page.goto("/draws/how/")
    camera.read(page)
    page.goto("/draws/new/")
    page.get_by_label("Phòng, chi cục").fill("1")
    page.get_by_role("button", name="Công bố cam kết").click()
    page.get_by_role("button", name="Mở phần niêm phong").wait_for()
    camera.read(page)
    page.context.close()


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


def team_head(browser: Browser, address: str, camera: Camera) -> None:
    page = window(browser, address, "truongdoan")
    page.goto("/mine/")
    camera.read(page)
    page.goto("/inspections/new/")
    camera.read(page)
    page.goto("/inspections/")
    camera.read(page)
    page.locator("tr", has_text="Niêm phong").get_by_role("link").first.click()
    page.get_by_role("button", name="Xem phần niêm phong").click()
    page.get_by_role("button", name="Bắt đầu lượt này").wait_for()
    camera.read(page)
    page.get_by_role("link", name="Quay lại").click()
    page.get_by_text("Ai đã xem, lúc nào").wait_for()
    camera.read(page)
    page.get_by_role("button", name="Xem phần niêm phong").click()
    page.get_by_role("button", name="Bắt đầu lượt này").click()
    page.get_by_role("link", name="Xóa nháp").wait_for()
    camera.read(page)
    page.context.close()


def unit_head(browser: Browser, address: str, camera: Camera) -> None:
    """Somebody of the lead side visits the unit and shares a draft with it first."""
    lead = window(browser, address, "tonghop")
    lead.goto("/visits/new/")
    lead.get_by_label("Đơn vị được kiểm tra").first.click()
    lead.keyboard.type("xa cao loc")
    lead.get_by_text(re.compile("kết quả")).first.wait_for()
    lead.keyboard.press("ArrowDown")
    lead.keyboard.press("Enter")
    lead.get_by_role("button", name="Bắt đầu ghi").click()
    fill(lead)
    lead.get_by_role("button", name="Lưu và đọc lại để ký").click()
    lead.wait_for_url("**/signing/")
    lead.fill("[name=team_signatory]", "Trưởng đoàn")
    lead.fill("[name=unit_signatory]", "Chủ tịch UBND xã")
    lead.get_by_role("button", name="Ký biên bản").click()
    lead.wait_for_url(lambda url: "signing" not in url)
    lead.get_by_role("button", name="Soạn kết luận").click()
    lead.get_by_role("link", name="Lấy ý kiến đơn vị").click()
    lead.get_by_role("button", name="Gửi lấy ý kiến").click()
    lead.get_by_text("Đã gửi dự thảo").wait_for()
    shared = lead.url
    lead.context.close()
    page = window(browser, address, "thutruong")
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/mine/")
    camera.read(page)
    page.goto(shared)
    page.get_by_role("link", name="Có ý kiến").first.wait_for()
    page.get_by_text("Từng tồn tại").scroll_into_view_if_needed()
    camera.shot("unit_head-findings", page)
    with page.expect_navigation():
        page.get_by_role("link", name="Có ý kiến").first.click()
    camera.read(page)
    page.get_by_label("Ý kiến, giải trình").fill("Đã có từ trước ngày kiểm tra.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.get_by_role("link", name="Sửa ý kiến, thêm ảnh").first.wait_for()
    camera.read(page)
    page.get_by_role("link", name="Ghi ý kiến chung").click()
    page.get_by_label(re.compile("^Ý kiến của đơn vị")).fill("Đề nghị xem xét mục nêu trên.")
    page.get_by_role("button", name="Gửi ý kiến").click()
    page.get_by_text("Đã ghi ý kiến").wait_for()
    conclude(browser, address, shared)
    remedy(page, camera)
    reported(browser, address, camera, "Báo cáo cả năm")
    page.context.close()


def conclude(browser: Browser, address: str, shared: str) -> None:
    """The lead side keeps the finding; a leader approves; the conclusion is issued."""
    lead = window(browser, address, "tonghop")
    lead.goto(shared)
    lead.get_by_role("link", name="Xem xét", exact=True).first.click()
    lead.get_by_role("radio", name="Giữ nguyên").check()
    lead.get_by_label(re.compile("^Lý do")).fill("Tại thời điểm kiểm tra chưa có.")
    lead.get_by_role("button", name="Ghi quyết định").click()
    lead.get_by_text("Đã ghi quyết định").wait_for()
    leader = window(browser, address, "lanhdao")
    leader.goto(shared)
    leader.get_by_role("button", name="Duyệt kết luận").click()
    leader.get_by_text("Đã duyệt kết luận.").wait_for()
    leader.context.close()
    lead.goto(shared)
    lead.get_by_role("link", name="Ghi nhận ban hành").click()
    lead.get_by_role("button", name="Lưu").click()
    lead.get_by_text("Đã ghi nhận kết luận được ban hành").wait_for()
    lead.context.close()


def remedy(page: Page, camera: Camera) -> None:
    """The unit takes note of a recommendation and reports."""
    page.goto("/recommendations/?standing=in_term")
    camera.read(page)
    page.locator("main tbody a[href^='/recommendations/']").last.click()
    page.get_by_role("button", name="Đã nhận").wait_for()
    camera.shot("unit_head-recommendation", page)
    with page.expect_navigation():
        page.get_by_role("link", name="Báo cáo khắc phục").click()
    camera.read(page)
    page.get_by_label(re.compile("^Đã làm gì")).fill("Đã lắp đủ biển tên ngày hôm qua.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("link", name="Thêm minh chứng").wait_for()
    camera.read(page)


def administrator(browser: Browser, address: str, camera: Camera) -> None:
    page = window(browser, address, "quantri")
    for path in ("/exports/", "/notices/", "/notices/settings/", "/ticks/"):
        page.goto(path)
        camera.read(page)
    page.get_by_text("Lần chạy xong gần nhất").wait_for()  # the server has run it by itself
    page.context.close()


def inspector_phone(browser: Browser, address: str, camera: Camera) -> None:
    """A visit with the phone; a colleague who wrote differently without a network."""
    uid = arranged(address, "xa-loc-binh", with_member=True)
    with pocket(browser, address, "truongdoan") as phone, pocket(browser, address, "thanhvien") as other:
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


STORIES: list[Callable[[Browser, str, Camera], None]] = [
    aggregator, coordinator, team_head, unit_head, administrator, inspector_phone,
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_guide_shows_and_says_what_the_product_does(
    browser: Browser, address: str, camera: Camera, story: Callable[[Browser, str, Camera], None]
) -> None:
    story(browser, address, camera)
    name = story.__name__ if story is not inspector_phone else "inspector-phone"
    text = (GUIDE / f"{name}.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\(images/([\w-]+\.png)\)", text)) == camera.taken
    assert [name for name in camera.taken if not (GUIDE / "images" / name).is_file()] == []
    assert [label for label in re.findall(r"«([^»]+)»", text) if plain(label) not in camera.words] == []
