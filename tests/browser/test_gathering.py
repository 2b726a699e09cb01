"""Gathering in the browser: many files at once, the page that reads on by itself, one file, the comparison; at both widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kycuong.gathering.models import DeclaredFigure, Gathering
from kycuong.orgs.models import Person
from tests.browser.axe import check_page
from tests.desk import Desk, desk
from tests.gathering.forms_sent import gathering_of, plain_form
from tests.sheets.files import xlsx_file

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]


@pytest.mark.long
def test_from_the_files_to_the_comparison(
    transactional_db: None, desk: Desk, live_server: LiveServer, sign_in: SignIn
) -> None:
    gathering, page = gathering_of(desk), sign_in(desk.people["aggregator"])
    address = f"{live_server.url}{gathering.get_absolute_url()}"
    check_page(page, f"{live_server.url}/declared/new/")
    check_page(page, address)
    wrong = plain_form("Sở Nội vụ", last=[None] * 5 + ["nhiều"])
    sent = {
        "tot.xlsx": xlsx_file(plain_form("Huyện Đông")),
        "loi.xlsx": xlsx_file(wrong),
        "la.xlsx": xlsx_file([["a"], ["b", 1]]),
    }
    page.goto(address)
    files = [{"name": name, "mimeType": "", "buffer": data} for name, data in sent.items()]
    page.set_input_files("input[type=file]", files)  # type: ignore[arg-type]
    page.get_by_role("button", name="Tải lên và đọc").click()
    page.get_by_role("button", name="Xác nhận 1 tệp").click()
    page.get_by_text("Đã xác nhận 1 tệp.").wait_for()
    assert DeclaredFigure.objects.get(column="visits").value == 5
    for file in Gathering.objects.get().files.all():
        check_page(page, f"{live_server.url}{file.get_absolute_url()}")
    for part in ("", "comparison/", "comparison/huyen-dong/"):
        check_page(page, f"{address}{part}")
    check_page(page, f"{live_server.url}/declared/")
