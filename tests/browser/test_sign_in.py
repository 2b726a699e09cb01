"""Signing in: the first thing anybody does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from kycuong.orgs.models import Person
from tests.browser.axe import faults

PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def binh(transactional_db: None) -> Person:
    return Person.objects.create_user("binh", PASSWORD, full_name="Nông Thị Bình")


def type_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.keyboard.press("Enter")


def test_a_wrong_password_is_said_and_the_name_kept(page: Page, binh: Person, width: int) -> None:
    page.goto("/sign-in/")
    type_in(page, "binh", "khong-phai")
    page.get_by_text("Tên đăng nhập hoặc mật khẩu chưa đúng").first.wait_for()
    assert page.get_by_label("Tên đăng nhập").input_value() == "binh"
    assert faults(page) == []


def test_the_right_password_opens_the_page_that_was_asked_for(page: Page, binh: Person, width: int) -> None:
    page.goto("/password/")
    type_in(page, "binh", PASSWORD)
    page.wait_for_url(lambda url: url.endswith("/password/") and "?" not in url)
    assert page.get_by_role("heading", level=1).inner_text() == "Đổi mật khẩu"
    assert faults(page) == []
