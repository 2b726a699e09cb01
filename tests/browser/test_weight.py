"""What a page weighs on the line: many communes are reached by 2G only (ADR 0048)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.served import window
from tests.browser.weighing import weigh
from tests.budget import chosen, few

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
FIRST, LATER = 100_000, 30_000
"""Bytes of the first page that a browser opens here, and of the next: pages, sheets, scripts and pictures, compressed, with headers."""
PHONE_FIRST, PHONE_LATER = 220_000, 5_000
"""The phone brings everything at once, because it then works without a line; opened again it asks whether it is still the newest."""
GUIDE_FIRST = 220_000
"""A guide comes with the pictures that are seen at once and a little below (browsers fetch them two screens ahead), not with all of them."""
MAIN = ("/mine/", "/figures/", "/inspections/", "/recommendations/", "/plans/", "/units/", "/calendar/", "/visits/new/")


@pytest.mark.parametrize("name", few(["aggregator", "coordinator", "account", "glossary"]))
def test_a_guide_brings_its_pictures_when_they_are_scrolled_to(browser: Browser, product: str, name: str) -> None:
    page = window(browser, product, "tonghop", width=390)
    with_an_empty_store(page)
    first, later = weigh(page, f"/help/guide/{name}/"), weigh(page, f"/help/guide/{name}/")
    pictures = page.locator(".guide-picture img")
    waiting = [one for one in pictures.all() if not one.evaluate("one => one.complete")]
    assert len(waiting) > pictures.count() / 3 or not pictures.count()
    page.context.close()
    assert first.bytes <= GUIDE_FIRST, first
    assert later.bytes <= LATER, later


def fresh(browser: Browser, product: str) -> Page:
    return browser.new_context(base_url=product, service_workers="block").new_page()


def with_an_empty_store(page: Page) -> None:
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")


def test_a_first_page_and_the_next_ones_are_light(browser: Browser, product: str) -> None:
    page, heavy = window(browser, product, "tonghop"), []
    for path in chosen("pages weighed", MAIN[:3], MAIN):
        with_an_empty_store(page)
        first, later = weigh(page, path), weigh(page, path)
        assert first.bytes > later.bytes > 0
        if first.bytes > FIRST or later.bytes > LATER:
            heavy.append(f"{path}: {first.bytes} bytes at first, {later.bytes} later")
    page.context.close()
    assert not heavy, "\n".join(heavy)


@pytest.mark.parametrize(
    ("path", "first", "later"),
    [("/sign-in/", FIRST, LATER), ("/field/", PHONE_FIRST, PHONE_LATER)],
    ids=["sign-in", "phone"],
)
def test_what_opens_before_anybody_has_signed_in_is_light(
    browser: Browser, product: str, path: str, first: int, later: int
) -> None:
    page = fresh(browser, product)
    weighed = weigh(page, path), weigh(page, path)
    page.context.close()
    assert weighed[0].bytes <= first, weighed
    assert weighed[1].bytes <= later, weighed
