"""A planned inspection of three communes by two groups: opened, divided, declared, each lead signs, the head reports."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.inspections.models import Inspection, Visit
from kycuong.orgs.actions import create_account, grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from tests.browser.axe import WIDTHS, faults
from tests.desk import BEGIN, YESTERDAY, Desk, settle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = f"{YESTERDAY:%d/%m/%Y}"
UNITS = ("xa-hoang-dong", "xa-binh-minh", "xa-xa")
Become = Callable[[Person], None]


def look(page: Page) -> None:
    """Accessible and inside the window at a desk and on a phone."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def second_lead(desk: Desk) -> Person:
    """One more member of the department's teams."""
    with at_the_machine():
        person, _ = create_account(
            by=None, at=desk.units["department"], username="to.hai", full_name="Người tổ hai", position="Chuyên viên"
        )
        grant_role(person, by=None, role="team_member", unit=desk.units["department"], valid_from=BEGIN)
    return settle(person)


def open_planned(page: Page, desk: Desk, second: Person) -> None:
    page.goto("/inspections/new/")
    page.get_by_label("Hình thức").select_option("planned")
    page.get_by_label("Phiếu kiểm tra").select_option("")
    for place, unit in enumerate(UNITS):
        page.get_by_role("combobox", name="Đơn vị được kiểm tra").nth(place).fill(unit)
        page.get_by_label("Ngày kiểm tra").nth(place).fill(DAY)
    page.get_by_label("Trưởng đoàn", exact=True).select_option(str(desk.people["team_head"].uid))
    members = page.get_by_role("group", name="Thành viên có tài khoản")
    for person in (desk.people["team_member"], second):
        members.get_by_label(person.full_name).check()
    page.get_by_label("Thành viên khác").fill("Thư ký: Chuyên viên Ban Nội chính Tỉnh ủy")
    look(page)
    press(page, "Mở cuộc kiểm tra")
    expect(page.get_by_text("Đã mở cuộc kiểm tra.")).to_be_visible()


def divide(page: Page, desk: Desk, second: Person) -> None:
    """Two communes for the first group, one for the second; the first wish is refused for a kinship."""
    follow(page, "Chia tổ")
    look(page)
    leads = (desk.people["team_member"], second)
    for place, (lead, units) in enumerate(zip(leads, ((0, 1), (2,)), strict=True)):
        group = page.get_by_role("group", name=f"Tổ mới ({place + 1})")
        group.get_by_label("Tên tổ").fill(f"Tổ {place + 1}")
        group.get_by_label("Tổ trưởng").select_option(label=f"{lead.full_name}, Chuyên viên – Thành viên")
        for unit in units:
            group.get_by_label(("Xã Hoàng Đồng", "Xã Bình Minh", "Xã Xa")[unit]).check()
    press(page, "Lưu các tổ")


def record_and_sign(page: Page, unit: str) -> None:
    """One visit from «Việc của tôi» to signed minutes."""
    page.goto("/mine/")
    row = page.get_by_role("row").filter(has_text=unit)
    row.get_by_role("link", name="Ghi kết quả và ký biên bản").click()
    page.get_by_label("Ưu điểm").fill(f"{unit} chấp hành nghiêm túc")
    press(page, "Lưu và đọc lại để ký")
    expect(page.get_by_label("Thư ký đoàn (chức vụ)")).to_have_value("Chuyên viên Ban Nội chính Tỉnh ủy")
    page.get_by_label(re.compile("^Người ký của đơn vị")).fill("Chủ tịch UBND xã")
    press(page, "Ký biên bản")
    expect(page.get_by_text("Đã ký biên bản. Lượt này được tính")).to_be_visible()


def test_three_communes_by_two_groups(transactional_db: None, desk: Desk, live_server: LiveServer, page: Page) -> None:
    def become(person: Person) -> None:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.clear_cookies()
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    second, head, first = second_lead(desk), desk.people["team_head"], desk.people["team_member"]
    become(head)
    open_planned(page, desk, second)
    address = page.url
    declare(page, become, second, address)

    become(head)
    page.goto(address)
    expect(page.get_by_text("tự khai: quan hệ gia đình, thân thuộc")).to_be_visible()
    divide(page, desk, second)
    expect(page.get_by_text("Người tổ hai có xung đột lợi ích với Xã Xa").first).to_be_visible()
    look(page)
    become(desk.people["leader"])
    page.goto(address)
    follow(page, "Chấp nhận xung đột")
    page.get_by_label("Lý do chấp nhận").fill("Quan hệ xa, không còn ai khác")
    look(page)
    press(page, "Lưu")
    become(head)
    page.goto(address)
    divide(page, desk, second)
    expect(page.get_by_text("Đã chia tổ.")).to_be_visible()
    look(page)
    change(page)

    for lead, units in ((first, ("Xã Hoàng Đồng", "Xã Bình Minh")), (second, ("Xã Xa",))):
        become(lead)
        page.goto("/mine/")
        expect(page.get_by_role("link", name="Ghi kết quả và ký biên bản")).to_have_count(len(units))
        for unit in units:
            record_and_sign(page, unit)
    finish(page, become, desk, address)


def declare(page: Page, become: Become, second: Person, address: str) -> None:
    become(second)
    page.goto("/mine/")
    page.get_by_role("link", name="Khai báo xung đột lợi ích").click()
    look(page)
    row = page.get_by_role("group", name="Quan hệ 1")
    row.get_by_label("Loại quan hệ").select_option("kinship")
    row.get_by_role("combobox", name="Đơn vị").fill("xa-xa")
    press(page, "Ghi khai báo")
    expect(page.get_by_text("Đã ghi khai báo của bạn.")).to_be_visible()


def change(page: Page) -> None:
    """Somebody without an account joins; the head cannot be taken out without a successor, and nothing typed is lost."""
    follow(page, "Sửa đoàn")
    look(page)
    page.get_by_label("hoặc chức vụ, đơn vị (không ghi tên)").first.fill("Phóng viên Báo Lạng Sơn")
    page.get_by_label("Rút khỏi đoàn").first.check()
    page.get_by_label("Lý do (nếu rút)").first.fill("Điều động sang đoàn khác")
    press(page, "Lưu đoàn kiểm tra")
    expect(page.get_by_text("Đoàn không thể thiếu trưởng đoàn").first).to_be_visible()
    page.get_by_label("Rút khỏi đoàn").first.uncheck()
    press(page, "Lưu đoàn kiểm tra")
    expect(page.get_by_text("Đã sửa đoàn kiểm tra.")).to_be_visible()
    expect(page.get_by_text("Phóng viên Báo Lạng Sơn")).to_be_visible()


def finish(page: Page, become: Become, desk: Desk, address: str) -> None:
    """The clerk records the decision, the head reports."""
    become(desk.people["records_clerk"])
    page.goto(address)
    follow(page, "Ghi số quyết định")
    page.get_by_label("Số quyết định").fill("15/QĐ-SNV")
    page.get_by_label("Ngày quyết định").fill(DAY)
    press(page, "Lưu")
    expect(page.get_by_text("Đã ghi quyết định.")).to_be_visible()
    become(desk.people["team_head"])
    page.goto("/mine/")
    page.get_by_role("link", name="Nộp báo cáo kết quả kiểm tra").click()
    press(page, "Nộp báo cáo")
    page.goto(address)
    expect(page.get_by_text("Xã Xa chấp hành nghiêm túc")).to_be_visible()
    look(page)
    inspection = Inspection.objects.get()
    assert (inspection.state, inspection.decision_number) == ("reported", "15/QĐ-SNV")
    signers = {
        str(visit.unit): visit.signed_by.username
        for visit in Visit.objects.select_related("signed_by")
        if visit.signed_by
    }
    assert signers == {"Xã Hoàng Đồng": "team_member", "Xã Bình Minh": "team_member", "Xã Xa": "to.hai"}
