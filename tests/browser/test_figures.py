"""The pages of figures, the tour, sign-in and refusals as every role sees them: accessible, inside the window, no complaint."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import check_page
from tests.browser.served import window
from tests.budget import later

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
PERIOD = "scope=tinh-lang-son&from=2019-01-01&to=2019-04-30"
NOBODY = "a1a1a1a1-0000-7000-8000-000000000000"
FIGURES = ("/figures/", f"/figures/?{PERIOD}&view=lead&restated=2025-07-01", f"/figures/print/?{PERIOD}")
LISTS = (
    f"/figures/findings/list/?{PERIOD}",
    f"/figures/visits/list/?{PERIOD}&key=remote&page=abc",
    f"/figures/recommendations_by_state/list/?{PERIOD}&key=overdue",
)
MADE = (
    "/figures/par/?scope=tinh-lang-son&year=2019",
    f"/figures/ranking/?{PERIOD}",
    f"/figures/ranking/?{PERIOD}&apart=1",
    f"/figures/summary/?{PERIOD}",
    f"/figures/summary/?{PERIOD}&bieu=6",
)
FAULTS = (
    "/figures/?from=31/02/2019&scope=nowhere",
    "/figures/summary/?from=31/02/2019",
    f"/visits/{NOBODY}/",
    "/figures/visit/list/",
)
PAGES: dict[str, tuple[str, ...]] = {
    "lanhdao": ("/tour/", *FIGURES, *LISTS, *MADE, "/figures/definitions/", *FAULTS),
    "truongdoan": ("/tour/",),
    "tonghop": ("/figures/par/rules/", "/figures/par/rules/kiem-tra/", "/figures/ranking/rules/"),
    "thutruong": ("/figures/",),
    "quantri": ("/tour/", "/figures/", f"/figures/visits/list/?{PERIOD}"),
}
"""Demo account → what it opens that looks different for it; a refusal is a page, too."""


EACH = [(name, path) for name in PAGES for path in PAGES[name]]
RICH = (("lanhdao", "/figures/"), ("lanhdao", MADE[3]), ("lanhdao", LISTS[0]))
"""Looked at on each run; tests/browser/test_every_page.py looks at one page of each template."""


@pytest.mark.parametrize(("username", "path"), [one if one in RICH else later(*one) for one in EACH])
def test_a_page_is_accessible_to_whoever_opens_it(
    browser: Browser, product: str, look: Callable[[str], Page], username: str, path: str
) -> None:
    check_page(look(username), product + path)


@pytest.mark.long
def test_the_sign_in_page_with_the_accounts_is_accessible(browser: Browser, product: str) -> None:
    context = browser.new_context(base_url=product, locale="vi-VN")
    check_page(context.new_page(), f"{product}/sign-in/?next=/")
    context.close()


@pytest.fixture(scope="module")
def look(browser: Browser, product: str) -> Callable[[str], Page]:
    """One window for each account."""
    windows: dict[str, Page] = {}

    def of(username: str) -> Page:
        if username not in windows:
            windows[username] = window(browser, product, username)
        return windows[username]

    return of


def test_only_the_fields_that_a_period_needs_are_shown(product: str, look: Callable[[str], Page]) -> None:
    page = look("tonghop")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{product}/figures/")
    assert not page.get_by_label("Năm", exact=True).is_visible()
    page.get_by_label("Kỳ", exact=True).select_option("dates")
    page.get_by_label("Từ ngày").fill("01/01/2019")
    page.get_by_label("Đến hết ngày").fill("30/04/2019")
    page.get_by_role("button", name="Xem số liệu").click()
    page.wait_for_url("**from=2019-01-01&to=2019-04-30")
    assert page.locator("[data-figure=units_inspected]").get_attribute("value") == "197"


def test_on_a_phone_the_heads_of_the_full_table_stand_in_lines_as_long_as_the_page(
    product: str, look: Callable[[str], Page]
) -> None:
    page = look("tonghop")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{product}/figures/")
    page.locator("#all-figures > summary").click()
    heads = page.locator("#all-figures caption")
    assert heads.count() == 2
    for head in heads.all():
        box = head.bounding_box()
        assert box
        assert box["width"] > 300, "not a word a line"
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_fault_keeps_what_was_typed_and_is_mended(product: str, look: Callable[[str], Page]) -> None:
    page = look("tonghop")
    page.goto(f"{product}/figures/?scope=tinh-lang-son&part=dates&from=31/02/2019&to=30/04/2019")
    assert page.get_by_label("Từ ngày").input_value() == "31/02/2019"
    page.get_by_label("Từ ngày").fill("01/02/2019")
    page.get_by_role("button", name="Xem số liệu").click()
    page.wait_for_url("**from=2019-02-01&to=2019-04-30")
    assert page.locator(".error-summary").count() == 0
