"""A part is switched off for one district as the guide says; a coordinator there is told so, a citizen finds another way, and it is on again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test.client import Client
from playwright.sync_api import Page, expect

from kycuong.orgs.models import Person
from tests.browser.axe import faults
from tests.desk import Desk, desk
from tests.openness.reporting import address, open_and_hear

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]


def switched(page: Page, feature: str, how: str) -> None:
    """From the page of features through the form and back."""
    page.get_by_role("link", name=re.compile(f"Bật, tắt ?: {feature}")).click()
    expect(page.get_by_text("3 đơn vị, kể cả đơn vị này")).to_be_visible()
    page.get_by_label(how, exact=True).check()
    page.get_by_label("Lý do hoặc số văn bản").fill("Quyết định 12/QĐ-SNV")
    assert faults(page) == []
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.get_by_role("status").get_by_text("Đã ghi. Có hiệu lực từ bây giờ.")).to_be_visible()


@pytest.mark.long
def test_a_district_does_without_two_parts_for_a_while(sign_in: SignIn, desk: Desk, width: int) -> None:
    open_and_hear(desk)
    page = sign_in(desk.people["system_admin"])
    page.goto("/features/")
    page.get_by_label("Đơn vị", exact=False).first.fill("Huyện Đông")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Xem").click()
    switched(page, "Bốc thăm", "Tắt")
    switched(page, "Phản ánh của người dân", "Tắt")
    expect(page.get_by_text("Đang tắt")).to_have_count(2)
    assert faults(page) == []
    page = sign_in(desk.people["coordinator"])
    page.goto("/draws/new/")
    expect(page.get_by_text("«Bốc thăm» đang tắt tại Huyện Đông")).to_be_visible()
    page.goto("/mine/")
    expect(page.locator('nav.bar a[href="/draws/"]')).to_have_count(0)
    page.goto(address(desk))
    expect(page.get_by_text("Đơn vị này chưa nhận phản ánh qua trang này.")).to_be_visible()
    expect(page.get_by_role("heading", name="Cách phản ánh khác")).to_be_visible()
    assert faults(page) == []
    page = sign_in(desk.people["system_admin"])
    page.goto(f"/features/?unit={desk.units['district'].slug}")
    switched(page, "Phản ánh của người dân", "Theo đơn vị cấp trên")
    assert "<textarea" in Client().get(address(desk)).content.decode()
