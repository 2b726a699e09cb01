"""The guide for auditors, walked: from a number to its minutes, from a checkpoint that was kept to a verifier that knows no server."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kycuong.core.clock import today
from tests.browser.guides import Camera, ensure_told, signed_visit
from tests.browser.served import HOUSE, window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
KEY = re.compile(r"kycuong/[0-9a-f]{8}\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+")


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(
    browser: Browser, guided: str, camera: Camera, tmp_path: Path
) -> None:
    head = window(browser, guided, "truongdoan")
    signed_visit(head, "xa na sam")
    head.context.close()
    page = window(browser, guided, "kiemtoan")
    minutes = opened(page, camera)
    kept = kept_elsewhere(page, camera, tmp_path)
    page.get_by_label("Mốc kiểm chứng đã giữ").fill(kept.read_text(encoding="utf-8"))
    page.get_by_role("button", name="So với nhật ký").click()
    page.get_by_text("mục đầu của nhật ký đúng là").wait_for()
    camera.shot("auditor-checkpoint", page)
    page.goto(minutes)
    page.get_by_role("link", name="Biên nhận").click()
    page.get_by_role("link", name="Kiểm tra một biên nhận đã giữ").wait_for()
    camera.read(page)
    for path in (f"{minutes}files/", "/inspections/", "/seals/break/", "/measures/", "/people/"):
        page.goto(path)
        camera.read(page)
    page.context.close()
    ensure_told("auditor", camera)


def opened(page: Page, camera: Camera) -> str:
    """A number, its list, one of the minutes in it and who did what to them."""
    page.goto(f"/figures/?scope=so-noi-vu&from={today().year}-01-01&to={today()}&view=lead")
    camera.read(page)
    page.get_by_role("link", name=re.compile("Lượt kiểm tra: xem danh sách")).click()
    page.get_by_text("đúng bằng số trên").wait_for()
    camera.shot("auditor-list", page)
    page.locator("main tbody a[href^='/visits/']").first.click()
    page.get_by_text("khớp nội dung đang lưu").wait_for()
    minutes = page.url
    page.get_by_text(re.compile("^Lịch sử hồ sơ")).click()
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    camera.shot("auditor-history", page)
    return minutes


def kept_elsewhere(page: Page, camera: Camera, folder: Path) -> Path:
    """The newest checkpoint, as a file of the auditor's own, which the verifier finds signed by the key that the page tells."""
    page.goto("/inspections/")
    page.get_by_text("Khác", exact=True).click()
    camera.read(page)
    page.get_by_role("link", name="Mốc kiểm chứng", exact=True).click()
    page.get_by_text("Khóa công khai của nhật ký").wait_for()
    camera.read(page)
    with page.expect_download() as found:
        page.get_by_role("link", name=re.compile("^Tải mốc")).first.click()
    kept = folder / found.value.suggested_filename
    found.value.save_as(kept)
    key = KEY.search(page.inner_text("main"))
    assert key
    for name, code in ((key[0], 0), (key[0].replace("kycuong/", "nobody/"), 1)):
        run = [sys.executable, str(HOUSE / "verifier" / "verify.py"), "--key", name, str(kept)]
        assert subprocess.run(run, check=False, capture_output=True).returncode == code, name
    return kept
