"""A page that is left alone, and a tab that another person uses next: nothing is read there, and nothing typed is lost (ADR 0038)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.orgs.models import Person
from tests.budget import few
from tests.desk import Desk, desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["desk"]
SignIn = Callable[[Person], Page]
FORM = "/inspections/new/"
TITLE = "Kiểm tra việc chấp hành giờ làm"
BACK = "Đã khôi phục nội dung nhập dở lần trước."
KEPT = "() => Object.values(sessionStorage).join(' ')"


def typed_in(page: Page) -> None:
    page.goto(FORM)
    page.get_by_label("Tên cuộc kiểm tra").fill(TITLE)
    page.wait_for_function("() => Object.keys(sessionStorage).some((name) => name.endsWith(':inspection-new'))")


@pytest.fixture
def at_desk(transactional_db: None, desk: Desk, sign_in: SignIn, live_server: LiveServer) -> Callable[[str], Page]:
    return lambda role: sign_in(desk.people[role])


def test_what_is_typed_can_be_read_by_its_writer_alone(at_desk: Callable[[str], Page]) -> None:
    page = at_desk("aggregator")
    typed_in(page)
    kept = page.evaluate(KEPT)
    assert kept.startswith("1.")
    assert "Kiểm tra" not in kept
    Session.objects.all().delete()  # nobody signed out: the lid was closed, the hours were over
    page = at_desk("team_head")
    page.goto(FORM)
    expect(page.get_by_label("Tên cuộc kiểm tra")).to_have_value("")
    opened = page.evaluate(
        """async () => {
          const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
          const key = await crypto.subtle.importKey("raw", bytes(document.body.dataset.keepKey), "AES-GCM", false, ["decrypt"])
          const [name, text] = Object.entries(sessionStorage).find(([name]) => name.endsWith(":inspection-new"))
          const all = bytes(text.slice(2))
          const way = { name: "AES-GCM", iv: all.slice(0, 12), additionalData: new TextEncoder().encode(name) }
          return crypto.subtle.decrypt(way, key, all.slice(12)).then(() => "opened", () => "closed")
        }"""
    )
    assert opened == "closed"
    page = at_desk("aggregator")
    page.goto(FORM)
    page.get_by_text(BACK).wait_for()
    assert page.get_by_label("Tên cuộc kiểm tra").input_value() == TITLE


@pytest.mark.parametrize("offline", few([False, True]))
def test_a_page_whose_session_is_over_shows_nothing_and_loses_nothing(
    at_desk: Callable[[str], Page], settings: Any, offline: bool
) -> None:
    page = at_desk("aggregator")
    settings.SESSION_IDLE_SECONDS = 4
    typed_in(page)
    page.context.set_offline(offline)
    page.get_by_role("heading", name="Phiên đăng nhập đã hết").wait_for()
    shown = page.content()
    for words in (TITLE, "aggregator", "data-keep-key", "data-person"):
        assert words not in shown
    assert "Phiên đăng nhập đã hết" in page.title()
    page.context.set_offline(False)
    settings.SESSION_IDLE_SECONDS = 1800
    page = at_desk("aggregator")
    page.get_by_role("link", name="Đăng nhập lại").click()
    page.get_by_text(BACK).wait_for()
    assert page.get_by_label("Tên cuộc kiểm tra").input_value() == TITLE


def test_signing_out_clears_every_tab(at_desk: Callable[[str], Page]) -> None:
    first = at_desk("aggregator")
    typed_in(first)
    second = first.context.new_page()
    second.goto("/sign-out/")
    second.get_by_role("button", name="Đăng xuất").last.click()
    first.get_by_text("Bạn đã đăng xuất ở một thẻ khác").wait_for()
    assert TITLE not in first.content()
    assert first.evaluate(KEPT) == ""


@pytest.mark.long
def test_the_next_form_of_a_kind_does_not_begin_with_what_was_just_saved(at_desk: Callable[[str], Page]) -> None:
    """A page that says what was saved may hold the next form of the same key."""
    page = at_desk("aggregator")
    typed_in(page)
    page.route(
        f"**{FORM}",
        lambda route: (
            (answer := route.fetch())
            and route.fulfill(
                response=answer, body=answer.text().replace("<main", '<p data-kept-clear="inspection-new"></p><main', 1)
            )
        ),
    )
    page.goto(FORM)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Tên cuộc kiểm tra")).to_have_value("")
    assert page.evaluate(KEPT) == ""
    assert page.get_by_text(BACK).count() == 0


@pytest.mark.long
def test_nobody_is_put_out_while_typing(at_desk: Callable[[str], Page], settings: Any) -> None:
    page = at_desk("aggregator")
    settings.SESSION_IDLE_SECONDS = 62
    page.clock.install()
    typed_in(page)
    with page.expect_request(lambda request: request.url.endswith("/session/?typing")):
        page.clock.fast_forward(63_000)
    assert page.get_by_label("Tên cuộc kiểm tra").input_value() == TITLE
