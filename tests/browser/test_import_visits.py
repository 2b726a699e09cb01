"""Importing a table of visits in the browser: the form and both kinds of preview, at both widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person
from tests.browser.axe import check_page
from tests.desk import Desk, desk
from tests.inspections.test_import_visits import FIRST, ROWS, book, changed

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]


@pytest.mark.long
def test_from_the_file_to_the_visits(
    transactional_db: None, desk: Desk, live_server: LiveServer, sign_in: SignIn
) -> None:
    page = sign_in(desk.people["aggregator"])
    address = f"{live_server.url}/inspections/import/"
    check_page(page, address)
    for rows in ([changed(FIRST, D="Xã Lạ", E="31/02/2019")], ROWS):
        page.goto(address)
        page.set_input_files("input[type=file]", {"name": "l.xlsx", "mimeType": "", "buffer": book(rows)})
        page.get_by_role("button", name="Xem trước").click()
        page.wait_for_url("**/inspections/import/*/")
        check_page(page, page.url)
    page.get_by_role("button", name="Nhập các dòng này").click()
    page.wait_for_url(address)
    assert Visit.objects.counting().count() == 3
