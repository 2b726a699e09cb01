"""Pages on paper, as Chromium prints them: black on white, whole, and saying what they are a part of."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.served import window

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
ON_SCREEN_ONLY = "nav.bar, .account, .account-notices, .skip, .button, .list-files, .pagination-list, .crumbs, .foot"
SHOWN = "found => found.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 80))"
COLOURS = "() => [getComputedStyle(document.body).color, getComputedStyle(document.documentElement).colorScheme]"
WIDE = "() => [...document.querySelectorAll('table')].filter((one) => one.scrollWidth > one.parentElement.clientWidth + 1).length"
A4 = 680
"""Pixels between the margins of a sheet."""
PAGES = ("/figures/", "/inspections/?q=Bac", "/recommendations/", "/plans/", "/calendar/")


def test_what_is_printed_is_black_on_white_and_whole(browser: Browser, product: str) -> None:
    page = window(browser, product, "tonghop", width=A4)
    page.context.add_cookies([{"name": "scheme", "value": "dark", "url": product}])
    for path in PAGES:
        page.goto(path)
        page.emulate_media(media="print", color_scheme="dark")
        assert page.locator(ON_SCREEN_ONLY).evaluate_all(SHOWN) == [], path
        assert page.evaluate(COLOURS) == ["rgb(0, 0, 0)", "light"], path
        assert page.evaluate(WIDE) == 0, path
        page.emulate_media(media="screen", color_scheme="dark")
    page.context.close()


@pytest.mark.long
def test_a_sheet_has_its_number_and_says_what_was_asked(browser: Browser, product: str) -> None:
    page = window(browser, product, "tonghop")
    page.goto("/inspections/?q=Bac")
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    page.goto("/inspections/")
    pages = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    whole = "".join(sheet.extract_text() for sheet in pages)
    page.context.close()
    assert f"1/{len(sheets)}" in sheets[0]
    assert "Đơn vị, số quyết định" in sheets[0]
    assert "Bac" in sheets[0]
    assert "Tải Excel" not in "".join(sheets)
    assert " trong " in whole, "of a long list only a page is printed, and the sheet says so"
