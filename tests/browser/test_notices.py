"""The inbox, its settings and what ran by itself, as browsers show them; a notice is opened and no longer counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.core.clock import now
from kycuong.notices.models import TickRun
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from tests.browser.axe import check_page
from tests.desk import Desk, desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.long
def test_the_inbox_and_the_runs_are_accessible(
    live_server: LiveServer, sign_in: Callable[[Person], Page], desk: Desk
) -> None:
    person = desk.people["system_admin"]
    for number in range(32):
        tell(
            [person], key=f"k{number}", subject=f"Việc số {number}", url="/units/", text="Chi tiết", due=number % 2 == 0
        )
    TickRun.objects.create(ended_at=now(), fault="1 bước không xong.", times=3)
    TickRun.objects.create(step="kycuong.notices.tasks.tidying.tidy")
    page = sign_in(person)
    for path in ("/notices/", "/notices/?show=due&page=2", "/notices/settings/", "/ticks/"):
        check_page(page, live_server.url + path)
    page.goto("/notices/")
    page.get_by_role("button", name="Việc số 31", exact=False).first.click()
    page.wait_for_url("**/units/")
    expect(page.get_by_role("link", name="31 chưa đọc")).to_be_visible()
