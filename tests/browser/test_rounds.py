"""Periodic reports in the browser, from the question to the signature: one story, at one width."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kycuong.core.clock import today
from kycuong.orgs.models import Person
from kycuong.rounds.models import AgencyReport, SignedReport
from tests.browser.axe import check_page
from tests.desk import Desk, desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]
WHY = "Chưa nêu khó khăn, vướng mắc của huyện."


def test_a_report_is_asked_for_handed_in_returned_handed_in_again_and_signed(
    transactional_db: None, desk: Desk, live_server: LiveServer, sign_in: SignIn
) -> None:
    lead, agency = desk.people["aggregator"], desk.people["coordinator"]
    page = sign_in(lead)
    asked(page, live_server.url, desk)
    sign_in(agency).goto(f"{live_server.url}/mine/")
    page.get_by_role("link", name="Nộp báo cáo định kỳ").first.click()
    handed_in(page, "Thiếu người.")
    report = f"{live_server.url}{AgencyReport.objects.get().get_absolute_url()}"
    sign_in(lead).goto(report)
    page.get_by_role("link", name="Trả lại").click()
    page.get_by_label("Lý do").fill(WHY)
    page.get_by_role("button", name="Trả lại").click()
    page.get_by_text("Đã trả lại báo cáo.").wait_for()
    sign_in(agency).goto(report)
    page.get_by_text(WHY).first.wait_for()
    handed_in(page, "Thiếu người, thiếu xe.")
    page.get_by_text("Số liệu không đổi; chỉ có thể khác ở phần cơ quan viết.").wait_for()
    check_page(sign_in(lead), report)
    page.get_by_role("link", name="Nhận báo cáo").click()
    page.get_by_role("button", name="Nhận báo cáo").click()
    page.get_by_role("link", name="Tổng hợp và ký").click()
    page.get_by_label("Khó khăn, vướng mắc").fill("Còn kiêm nhiệm.")
    page.get_by_role("button", name="Ký và khóa báo cáo").click()
    page.get_by_role("link", name="Thay đổi từ khi ký").wait_for()
    assert "Còn kiêm nhiệm." in SignedReport.objects.get().content
    check_page(page, page.url)


def asked(page: Page, address: str, desk: Desk) -> None:
    """The year before, of one district; named by itself."""
    page.goto(f"{address}/rounds/new/")
    page.get_by_label("Kỳ báo cáo").select_option("year")
    page.get_by_label("Năm").fill(str(today().year - 1))
    page.get_by_label("Cơ quan phải báo cáo").fill(desk.units["district"].slug)
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("heading", name=f"Báo cáo năm {today().year - 1}").wait_for()
    page.get_by_role("link", name="Gửi cho các cơ quan").click()
    page.get_by_role("button", name="Gửi cho các cơ quan").click()
    page.get_by_role("button", name="Nhắc cơ quan chưa nộp").wait_for()


def handed_in(page: Page, difficulties: str) -> None:
    """Written, read as it will be frozen, submitted."""
    page.get_by_label("Khó khăn, vướng mắc").fill(difficulties)
    page.get_by_role("button", name="Lưu và đọc lại để nộp").click()
    page.get_by_text(difficulties).wait_for()
    page.get_by_role("button", name="Nộp báo cáo").click()
    page.get_by_text("Đã nộp báo cáo. Nội dung đã khóa.").wait_for()
