"""A long list is asked for, watched, and fetched; without JavaScript too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.exports.models import ListExport
from kycuong.exports.tasks import make_next
from kycuong.orgs.models import Person
from tests.browser.axe import check_page
from tests.desk import Desk, desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_file_is_watched_until_it_can_be_fetched(
    live_server: LiveServer, sign_in: Callable[[Person], Page], desk: Desk
) -> None:
    page = sign_in(desk.people["aggregator"])
    page.goto(f"{live_server.url}/inspections/?year=2026")
    page.get_by_role("link", name="Làm ở chế độ nền").click()
    expect(page.get_by_text("Điều kiện: Năm: 2026.")).to_be_visible()
    check_page(page, page.url)
    page.get_by_role("button", name="Làm tệp").click()
    expect(page.get_by_text("Đang chờ")).to_be_visible()
    export = ListExport.objects.get()
    check_page(page, page.url)
    assert make_next()
    fetched = page.get_by_role("link", name="Tải tệp")
    expect(fetched).to_be_visible()
    with page.expect_download() as download:
        fetched.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    ListExport.objects.filter(pk=export.pk).update(state="failed", fault_vi="Hết chỗ.", fault_en="No room.")
    for path in (export.get_absolute_url(), "/exports/", "/exports/rules/"):
        check_page(page, live_server.url + path)
