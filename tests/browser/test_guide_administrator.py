"""The guide for administrators, walked: the first hour, people by a sheet, an announcement, mail and what runs by itself."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from kycuong.core.clock import today
from tests.browser.guides import Camera, ensure_told
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
TEXT = "Hệ thống bảo trì từ 18 giờ thứ bảy đến 6 giờ chủ nhật; xin nộp báo cáo trước giờ ấy."


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    page = window(browser, guided, "quantri")
    page.goto("/mine/")
    page.get_by_text("Khác", exact=True).click()
    page.get_by_role("link", name="Bắt đầu", exact=True).click()
    page.get_by_role("heading", name="Bắt đầu").wait_for()
    camera.shot("administrator-start", page)
    many_people(page, camera)
    announced(page, camera)
    for path in ("/exports/", "/notices/", "/notices/settings/", "/ticks/"):
        page.goto(path)
        camera.read(page)
    page.get_by_text("Lần chạy xong gần nhất").wait_for()  # the server has run it by itself
    switched(page, camera)
    page.context.close()
    ensure_told("administrator", camera)


def many_people(page: Page, camera: Camera) -> None:
    """A title is changed in the sheet of all people, and one account is new."""
    page.goto("/people/")
    camera.read(page)
    page.get_by_role("link", name="Thay đổi bằng bảng tính").click()
    page.get_by_role("button", name="Xem trước").wait_for()
    camera.read(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải danh sách hiện có (Excel)").click()
    page.set_input_files(
        "input[type=file]", {"name": "nguoi.xlsx", "mimeType": "", "buffer": changed(taken.value.path())}
    )
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Thực hiện các thay đổi này").wait_for()
    camera.shot("administrator-people", page)
    page.get_by_role("button", name="Thực hiện các thay đổi này").click()
    page.get_by_text("Mật khẩu tạm chỉ hiện lần này").wait_for()


def changed(path: Path) -> bytes:
    """The sheet as an administrator sends it back."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    head = next(number for number, row in enumerate(rows) if "Tên đăng nhập *" in row)
    like = dict(zip(rows[head], rows[head + 1], strict=True))
    new = {**like, "Tên đăng nhập *": "hoant", "Họ và tên *": "Nông Thị Hoa (minh họa)", "Thư điện tử": None}
    book.worksheets[0].append([None if name == "Mã vai trò" else new[name] for name in rows[head]])
    book.worksheets[0].cell(head + 2, rows[head].index("Chức vụ") + 1, "Chuyên viên chính")
    sent = io.BytesIO()
    book.save(sent)
    return sent.getvalue()


def announced(page: Page, camera: Camera) -> None:
    """Written, seen on top, put away, and ended before its day."""
    page.goto("/announcements/")
    camera.read(page)
    page.get_by_role("link", name="Viết thông báo chung").click()
    page.get_by_label("Nội dung").fill(TEXT)
    page.get_by_role("combobox", name="Gửi tới đơn vị").fill("tinh-lang-son")
    page.get_by_label("Đến hết ngày").fill((today() + timedelta(days=3)).strftime("%d/%m/%Y"))
    camera.read(page)
    page.get_by_role("button", name="Đăng thông báo").click()
    page.get_by_role("link", name="Kết thúc").wait_for()
    camera.shot("administrator-announcement", page)
    page.get_by_role("button", name="Đã đọc").click()
    page.get_by_role("button", name="Đã đọc").wait_for(state="detached")
    page.get_by_role("link", name="Kết thúc").click()
    camera.read(page)
    page.get_by_role("button", name="Kết thúc thông báo").click()
    page.get_by_text("Đã kết thúc sớm").wait_for()


def switched(page: Page, camera: Camera) -> None:
    """Ranking goes off for the province and back to what is usual: others walk here, too."""
    page.goto("/features/")
    page.get_by_role("button", name="Xem").click()
    camera.shot("administrator-features", page)
    for how in ("Tắt", "Theo đơn vị cấp trên"):
        page.get_by_role("link", name="Bật, tắt : Xếp hạng đơn vị").click()
        camera.read(page)
        page.get_by_label(how, exact=True).check()
        page.get_by_label("Lý do hoặc số văn bản").fill("Quyết định 12/QĐ-SNV: triển khai từng bước")
        page.get_by_role("button", name="Ghi quyết định").click()
        page.get_by_text("Đã ghi. Có hiệu lực từ bây giờ.").wait_for()
        camera.read(page)
