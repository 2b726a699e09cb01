"""The guide for leaders, walked: figures, a plan, a conclusion and a longer term are decided; what is overdue, reports, what is kept apart."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page

from kycuong.core.clock import today
from tests.browser.guides import Camera, agreed, ensure_told, issued, shared_draft
from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]


@pytest.mark.long
def test_the_guide_shows_and_says_what_the_product_does(browser: Browser, guided: str, camera: Camera) -> None:
    lead = window(browser, guided, "tonghop")
    unit = window(browser, guided, "thutruong")
    leader = window(browser, guided, "lanhdao")
    plan = submitted(lead)
    conclusion = shared_draft(lead, "xa cao loc")
    agreed(unit, conclusion)
    counted(leader, camera)
    leader.goto("/mine/")
    leader.get_by_role("link", name="Duyệt kết luận").first.wait_for()
    camera.shot("leader-mine", leader, rows=500)
    approved(leader, camera, plan, conclusion)
    issued(lead, conclusion)
    recommendation = asked_for_time(unit)
    given_time(leader, camera, recommendation)
    watched(leader, camera)
    for page in (lead, unit, leader):
        page.context.close()
    ensure_told("leader", camera)


def submitted(page: Page) -> str:
    """The first plan of this year that is a draft."""
    page.goto("/plans/")
    page.locator("tr", has_text="Dự thảo").get_by_role("link").first.click()
    plan = page.url
    page.get_by_role("link", name="Trình duyệt").click()
    page.get_by_role("button", name="Trình duyệt").click()
    page.get_by_text("Đã trình kế hoạch.").wait_for()
    return plan


def counted(page: Page, camera: Camera) -> None:
    """The first page after signing in, a number opened, the sheet of paper."""
    page.goto("/")
    page.get_by_text("Toàn cảnh các đơn vị trực thuộc").wait_for()
    camera.shot("leader-figures", page)
    page.get_by_role("link", name=re.compile("quá hạn, xem tên")).click()
    page.get_by_role("link", name="Tải Excel").first.wait_for()
    camera.read(page)
    page.goto("/")
    page.get_by_role("link", name="Bản in").click()
    camera.read(page)


def approved(page: Page, camera: Camera, plan: str, conclusion: str) -> None:
    page.goto(plan)
    page.get_by_role("link", name="Trả lại để sửa").click()
    page.get_by_role("button", name="Trả lại để sửa").wait_for()
    camera.read(page)
    page.goto(plan)
    page.get_by_role("link", name="Duyệt", exact=True).wait_for()
    camera.shot("leader-plan", page)
    page.get_by_role("link", name="Duyệt", exact=True).click()
    page.get_by_role("button", name="Duyệt").click()
    page.get_by_text("Đã duyệt kế hoạch.").wait_for()
    page.goto(conclusion)
    page.get_by_role("button", name="Duyệt kết luận").wait_for()
    camera.shot("leader-conclusion", page)
    page.get_by_role("button", name="Duyệt kết luận").click()
    page.get_by_text("Đã duyệt kết luận.").wait_for()


def asked_for_time(page: Page) -> str:
    page.goto("/recommendations/?standing=in_term")
    page.locator("main tbody a[href^='/recommendations/']").last.click()
    recommendation = page.url
    page.get_by_role("link", name="Xin gia hạn").click()
    page.get_by_label("Xin gia hạn đến hết ngày").fill((today() + timedelta(days=40)).strftime("%d/%m/%Y"))
    page.get_by_label("Lý do").fill("Biển chức danh đang chờ in theo mẫu mới.")
    page.get_by_role("button", name="Gửi đề nghị").click()
    page.wait_for_url(recommendation)
    return recommendation


def given_time(page: Page, camera: Camera, recommendation: str) -> None:
    page.goto("/mine/")
    camera.read(page)
    page.goto(recommendation)
    camera.read(page)
    page.get_by_role("link", name="Trả lời", exact=True).click()
    page.get_by_label("Đồng ý gia hạn").check()
    camera.shot("leader-extension", page, rows=700)


def watched(page: Page, camera: Camera) -> None:
    """What is overdue, a round that still collects, what is public, what two people open, who stands in."""
    page.goto("/recommendations/?standing=overdue")
    page.locator("main tbody a[href^='/recommendations/']").first.click()
    page.get_by_role("link", name="Kết thúc kiến nghị").wait_for()
    camera.read(page)
    page.get_by_role("link", name="Kết thúc kiến nghị").click()
    page.wait_for_url("**/closure/")
    camera.read(page)
    page.goto("/rounds/")
    page.get_by_role("link", name=re.compile("^Báo cáo quý")).first.click()
    page.get_by_role("link", name="Tổng hợp và ký").wait_for()
    camera.read(page)
    page.get_by_role("link", name="Tổng hợp và ký").click()
    page.get_by_role("button", name="Ký và khóa báo cáo").wait_for()
    camera.read(page)
    for path in (
        "/openness/",
        "/seals/break/",
        "/measures/",
        "/me/standing-in/",
        "/notices/",
        "/recommendations/",
        "/inspections/",
        "/plans/",
    ):
        page.goto(path)
        camera.read(page)
