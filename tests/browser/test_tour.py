"""A newcomer's first minutes: from the sign-in page through the tour to a signed visit, and the number that moved."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import WIDTHS, faults
from tests.browser.conftest import watch

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("served")]
FIGURES = "/api/v1/figures?scope=tinh-lang-son"


@pytest.fixture(params=WIDTHS)
def visitor(request: pytest.FixtureRequest, browser: Browser, product: str) -> Iterator[Page]:
    """A window of somebody who has just typed `./run`; it must have had nothing to complain about."""
    context = browser.new_context(
        base_url=product, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", reduced_motion="reduce",
        viewport={"width": request.param, "height": 900},
    )  # fmt: skip
    context.set_default_timeout(15_000)
    found: list[str] = []
    page = context.new_page()
    watch(page, product, found)
    yield page
    context.close()
    assert not found, "\n".join(found)


def test_a_newcomer_signs_a_visit_and_sees_the_number_move(visitor: Page) -> None:
    page = visitor
    enter(page)
    read_the_first_statements(page)
    before = page.request.get(FIGURES).json()
    page.get_by_role("button", name="Ghi một lượt").click()
    record(page)
    sign(page)
    after = page.request.get(FIGURES).json()
    assert after["visits"] == before["visits"] + 1
    assert after["units_inspected"] == before["units_inspected"] + 1
    assert after["inspections_by_form"]["surprise"] == before["inspections_by_form"]["surprise"] + 1
    shown = page.locator(".tour-move", has_text="Lượt kiểm tra")
    assert number(shown.locator(".tour-move-now").inner_text()) == after["visits"]
    assert number(shown.locator(".tour-move-before").inner_text()) == before["visits"]
    assert page.get_by_role("heading", name="Số đã thay đổi").is_visible()
    assert faults(page) == []
    page.goto("/figures/")
    assert page.locator("[data-figure=visits]").get_attribute("value") == str(after["visits"])


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def enter(page: Page) -> None:
    """The address that `./run` printed; one button signs in and leads to the tour."""
    page.goto("/")
    page.wait_for_url("**/sign-in/**")
    assert faults(page) == []
    page.get_by_role("button", name=re.compile("Vào.*Cán bộ tổng hợp")).click()
    page.wait_for_url("**/tour/")
    assert faults(page) == []


def read_the_first_statements(page: Page) -> None:
    """All agree; the list is one step away, and the way back too."""
    assert "9/9" in page.locator(".tour-tally").inner_text()
    assert page.get_by_text("không khớp", exact=True).count() == 0
    page.locator("#first-months-2019 .tour-number a").click()
    page.wait_for_url("**/figures/units_inspected/list/**")
    assert page.locator(".list-number").inner_text() == "197"
    assert faults(page) == []
    page.go_back()


def record(page: Page) -> None:
    """The short form, with nothing to object to."""
    page.get_by_role("button", name="Bắt đầu ghi").click()
    page.wait_for_url("**/visits/*-*/")
    assert faults(page) == []
    for name, value in {
        "quota": "8",
        "present": "8",
        "absent_excused": "0",
        "absent_unexcused": "0",
        "late": "0",
    }.items():
        page.fill(f"[name={name}]", value)
    for counted in page.locator("input[name$='-part'], input[name$='-whole']").all():
        counted.fill("8")
    for passed in page.locator("label:has(input[value=pass])").all():
        passed.click()
    page.get_by_role("button", name="Lưu và đọc lại để ký").click()


def sign(page: Page) -> None:
    """Read again, two names, and back on the tour."""
    page.wait_for_url("**/signing/")
    assert faults(page) == []
    page.fill("[name=team_signatory]", "Trưởng đoàn")
    page.fill("[name=unit_signatory]", "Chủ tịch UBND xã")
    page.get_by_role("button", name="Ký biên bản").click()
    page.wait_for_url("**/tour/**")
