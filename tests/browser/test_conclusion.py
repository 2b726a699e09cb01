"""A refusal to sign, an addendum, and the conclusion after hearing the unit: in the browser, by those who do it, at both widths."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.inspections.models import Conclusion, Visit
from kycuong.orgs.models import Person
from tests.browser.axe import WIDTHS, faults
from tests.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Person], Page]


def look(page: Page) -> None:
    """Accessible and inside the window at a desk and on a phone."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []


def become(page: Page, person: Person, live_server: LiveServer) -> None:
    """Somebody else sits down at the same window."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_refusal_an_addendum_and_a_conclusion(
    transactional_db: None, desk: Desk, live_server: LiveServer, page: Page
) -> None:
    visit = desk.answered(desk.visit(), D3={"outcome": "fail", "finding": "Chưa có biển tên ở bàn làm việc"})
    become(page, desk.people["team_head"], live_server)
    page.goto(f"/visits/{visit.uid}/signing/")
    page.get_by_label(re.compile("^D3: Chưa có biển tên")).fill("Đã đặt làm, chờ giao")
    page.get_by_role("radio", name="Từ chối ký").check()
    page.get_by_label(re.compile("^Lý do từ chối")).fill("Không đồng ý mục D3")
    press(page, "Ký biên bản")
    expect(page.get_by_text("Hãy ghi người chứng kiến việc từ chối ký.").first).to_be_visible()
    look(page)
    page.get_by_label(re.compile("^Người chứng kiến")).fill("Công an xã")
    press(page, "Ký biên bản")
    expect(page.get_by_text("khớp nội dung đang lưu")).to_be_visible()
    page.get_by_role("link", name="Biên bản bổ sung").click()
    page.get_by_label(re.compile("^Lý do bổ sung")).fill("Ghi sót số phòng")
    page.get_by_label(re.compile("^Nội dung bổ sung")).fill("Tiêu chí D3: phòng 203.")
    page.get_by_label(re.compile("^Người ký của đơn vị")).fill("Chủ tịch UBND xã")
    press(page, "Ký biên bản bổ sung")
    look(page)
    press(page, "Soạn kết luận")
    page.get_by_role("link", name="Lấy ý kiến đơn vị").click()
    press(page, "Gửi lấy ý kiến")
    address = page.url

    become(page, desk.people["unit_head"], live_server)
    page.goto(address)
    page.get_by_role("link", name="Ghi ý kiến của đơn vị").click()
    look(page)
    page.get_by_label(re.compile("^Ý kiến của đơn vị")).fill("Nhất trí, khắc phục trong tháng")
    press(page, "Gửi ý kiến")

    become(page, desk.people["leader"], live_server)
    page.goto(address)
    look(page)
    press(page, "Duyệt kết luận")
    expect(page.get_by_text("Đã duyệt kết luận.")).to_be_visible()
    assert Conclusion.objects.get().state == "approved"
    assert Visit.objects.get().minutes.witness == "Công an xã"
