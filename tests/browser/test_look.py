"""The gallery, sign-in and problem pages as browsers show them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from kycuong.orgs.models import Person
from tests.browser.axe import check_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]


@pytest.fixture
def person(transactional_db: None) -> Person:
    return Person.objects.create_user("mau", "mot mat khau dai", full_name="Cán bộ Mẫu", position="Chuyên viên")


@pytest.mark.parametrize("path", ["/ui/", "/ui/print/", "/ui/problem/", "/password/", "/sign-out/"])
@pytest.mark.long
def test_pages_for_signed_in_people_are_accessible(
    live_server: LiveServer, sign_in: SignIn, person: Person, path: str
) -> None:
    check_page(sign_in(person), live_server.url + path)


def test_sign_in_is_accessible(live_server: LiveServer, page: Page) -> None:
    check_page(page, live_server.url + "/sign-in/?next=/ui/")
