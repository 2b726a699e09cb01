"""A campaign is sent, a unit answers on a phone, a visit finds otherwise, and the gap shows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.selfchecks.models import SelfCheck
from tests.browser.axe import faults
from tests.browser.test_conclusion import become, look, press
from tests.desk import Desk
from tests.selfchecks.declared import declared
from tests.selfchecks.test_gaps import DAYS_AGO, moved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


@pytest.mark.long
def test_from_the_campaign_to_the_gap(transactional_db: None, desk: Desk, live_server: LiveServer, page: Page) -> None:
    become(page, desk.people["coordinator"], live_server)
    page.goto("/self-checks/")
    page.get_by_role("link", name="Soạn đợt tự kiểm tra").click()
    press(page, "Lưu")
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    page.get_by_label(re.compile("^Tên đợt")).fill("Tự kiểm tra đầu năm")
    page.get_by_label("UBND cấp xã").check()
    look(page)
    press(page, "Lưu")
    expect(page.get_by_text("2 đơn vị")).to_be_visible()
    look(page)
    page.get_by_role("link", name="Gửi cho các đơn vị").click()
    press(page, "Gửi cho các đơn vị")
    expect(page.get_by_text("1 đơn vị chưa có ai có tài khoản")).to_be_visible()
    look(page)
    campaign = page.url

    become(page, desk.people["unit_head"], live_server)
    page.set_viewport_size(PHONE)
    page.goto("/mine/")
    page.get_by_role("link", name=re.compile("^Tự kiểm tra và nộp")).click()
    expect(page.get_by_text("Đơn vị tự trả lời mọi tiêu chí")).to_be_visible()
    assert faults(page) == []
    page.locator("input[name='D3-outcome'][value=fail]").check(force=True)
    press(page, "Lưu và đọc lại để nộp")
    expect(page.get_by_text("Hãy mô tả tồn tại của tiêu chí D3.").first).to_be_visible()
    page.locator("input[name='D3-outcome'][value=pass]").check(force=True)
    check = SelfCheck.objects.get(unit=desk.units["commune"])
    for code, answer in declared(check).items():
        for name, value in answer.items():
            if name == "outcome":
                page.locator(f"input[name='{code}-outcome'][value={value}]").check(force=True)
            else:
                page.locator(f"[name='{code}-{name}']").fill(str(value))
    expect(page.get_by_text("Đã trả lời đủ các tiêu chí")).to_be_visible()
    press(page, "Lưu và đọc lại để nộp")
    expect(page.get_by_role("heading", name="Câu trả lời của đơn vị")).to_be_visible()
    assert faults(page) == []
    press(page, "Nộp bản tự kiểm tra")
    expect(page.get_by_text("Đã nộp bản tự kiểm tra.")).to_be_visible()
    look(page)

    moved(check, DAYS_AGO)
    visit = desk.visit()
    desk.answered(visit, D3={"outcome": "fail", "finding": "Chưa có biển tên ở bàn làm việc"})
    desk.sign(visit)
    page.goto(check.get_absolute_url())
    expect(page.get_by_text("Tự khai tốt hơn phát hiện")).to_be_visible()
    look(page)

    become(page, desk.people["coordinator"], live_server)
    page.goto(campaign)
    page.get_by_role("link", name="Tự khai so với phát hiện").click()
    page.get_by_text("1 tự khai tốt hơn").click()
    expect(page.get_by_role("row", name=re.compile("^D3")).get_by_text("Tự khai tốt hơn phát hiện")).to_be_visible()
    look(page)
    page.goto("/self-checks/rules/")
    look(page)
