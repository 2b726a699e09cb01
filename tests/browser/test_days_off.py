"""The calendar of days off as browsers show it: a swap refused, mended and written, and a term computed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.deadlines.actions import fill_year, remove_day_off, swap_days
from kycuong.deadlines.models import CalendarDay
from kycuong.orgs.models import Person
from tests.browser.axe import check_page, faults
from tests.desk import Desk, desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]


@pytest.mark.long
def test_pages_of_days_off_are_accessible(live_server: LiveServer, sign_in: SignIn, desk: Desk) -> None:
    by = desk.people["aggregator"]
    fill_year(2026, by=by)
    swap_days(by=by, off=date(2026, 1, 2), worked=date(2026, 1, 10), note="Thông báo ngày 25/12/2025")
    remove_day_off(CalendarDay.objects.get(day=date(2026, 11, 24)), by=by)
    page = sign_in(by)
    for path in ("?year=2026&start=22/04/2026&days=6", "?year=2031&start=x&days=0", "new/", "2026/confirmation/"):
        check_page(page, f"{live_server.url}/days-off/{path}")


@pytest.mark.long
def test_a_swap_is_refused_mended_and_moves_a_term(sign_in: SignIn, desk: Desk, width: int) -> None:
    page = sign_in(desk.people["aggregator"])
    page.goto("/days-off/swap/")
    page.get_by_label("Được nghỉ ngày").fill("02/01/2026")
    page.get_by_label("Làm bù ngày").fill("12/01/2026")
    page.get_by_role("button", name="Ghi hoán đổi").click()
    expect(page.get_by_text("ngày làm bù phải là thứ Bảy hoặc Chủ nhật").first).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Làm bù ngày").fill("10/01/2026")
    page.get_by_role("button", name="Ghi hoán đổi").click()
    expect(page.get_by_text("Đã ghi: nghỉ 02/01/2026, làm bù 10/01/2026.")).to_be_visible()
    page.get_by_label("Kể từ ngày").fill("01/01/2026")
    page.get_by_label("Số ngày làm việc").fill("6")
    page.get_by_role("button", name="Tính hạn").click()
    expect(page.get_by_text("tính cả 10/01 (làm bù) → 10/01/2026")).to_be_visible()
