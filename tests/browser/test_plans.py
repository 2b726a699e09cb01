"""A plan as browsers show it: drafted with items, submitted, sent back, approved, issued, and watched over the year."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.core.clock import today
from kycuong.orgs.models import Person
from kycuong.plans import actions
from kycuong.plans.actions import Item
from kycuong.plans.models import InspectionPlan
from tests.browser.axe import check_page, faults
from tests.desk import Desk, desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]
YEAR = today().year


@pytest.fixture
def plan(desk: Desk) -> InspectionPlan:
    """The department's plan, issued and amended, meeting the district's in one commune."""
    planner, commune = desk.people["aggregator"], desk.units["commune"]
    theirs = actions.draft_plan(by=planner, agency=desk.units["district"], year=YEAR)
    actions.add_item(theirs, by=planner, said=Item(unit=commune, month=4))
    actions.submit_plan(theirs, by=planner)
    plan = actions.draft_plan(by=planner, agency=desk.units["department"], year=YEAR, target_units=30)
    for said in (Item(unit=commune, month=3), Item(unit=commune), Item(form="surprise", units_count=4, month=9)):
        actions.add_item(plan, by=planner, said=said)
    actions.issue_plan(plan, by=planner, issued_on=today(), number="1/KH")
    actions.amend_plan(
        plan, by=planner, version=plan.version, document_number="2/QĐ", document_on=today(), target_units=20
    )
    actions.record_dissemination(by=planner, agency=desk.units["department"], year=YEAR, kind="briefing",
                                 held_on=today(), title="Hội nghị quán triệt", people=40)  # fmt: skip
    actions.remind_agencies([desk.units["commune"]], by=planner, year=YEAR, words="Đề nghị ban hành kế hoạch.")
    return plan


@pytest.mark.long
def test_pages_of_plans_are_accessible(
    live_server: LiveServer, sign_in: SignIn, desk: Desk, plan: InspectionPlan, tmp_path: Path
) -> None:
    page = sign_in(desk.people["aggregator"])
    for path in (
        "/plans/", plan.get_absolute_url(), f"/plans/{plan.uid}/items/", f"/plans/{plan.uid}/progress/",
        "/plans/overlaps/", "/plans/reminders/", "/plans/theme/spreading/", "/plans/theme/spreading/of/so-noi-vu/",
        f"/calendar/?month={YEAR}-03&whose=all",
    ):  # fmt: skip
        check_page(page, live_server.url + path, shots=tmp_path)


@pytest.mark.long
def test_a_plan_is_drafted_sent_back_approved_and_issued(sign_in: SignIn, desk: Desk, width: int) -> None:
    page = sign_in(desk.people["coordinator"])
    page.goto("/plans/new/")
    page.get_by_label("Chỉ tiêu: số đơn vị").fill("2")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Thêm mục").click()
    unit = page.get_by_role("combobox", name="Đơn vị")
    unit.press_sequentially("hoang d")
    page.get_by_role("option", name="Xã Hoàng Đồng").click()
    page.get_by_label("Thời gian").select_option("Tháng 3")
    page.get_by_role("button", name="Thêm và ghi mục tiếp").click()
    page.get_by_label("Hình thức").select_option("Đột xuất")
    page.get_by_label("hoặc số đơn vị chọn sau").fill("3")
    page.get_by_role("button", name="Thêm", exact=True).click()
    expect(page.get_by_text("3 đơn vị, chọn sau")).to_be_visible()
    take(page, "Trình duyệt")
    at = page.url
    sign_in(desk.people["leader"])
    page.goto(at)
    take(page, "Trả lại để sửa", "Cần nêu rõ tháng kiểm tra đột xuất.")
    sign_in(desk.people["coordinator"])
    page.goto(at)
    expect(page.get_by_text("Cần nêu rõ tháng kiểm tra đột xuất.")).to_be_visible()
    take(page, "Trình duyệt")
    sign_in(desk.people["leader"])
    page.goto(at)
    take(page, "Duyệt")
    sign_in(desk.people["coordinator"])
    page.goto(at)
    take(page, "Ghi nhận ban hành")
    expect(page.get_by_text("Đã ban hành").first).to_be_visible()
    page.get_by_role("link", name="Tiến độ").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tiến độ kế hoạch")
    assert faults(page) == []


def take(page: Page, button: str, note: str = "") -> None:
    """One step: the button on the plan's page, what it asks, and back."""
    page.get_by_role("link", name=button, exact=True).click()
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()  # a click does not wait for the page
    assert faults(page) == []
    if note:
        page.locator("textarea").first.fill(note)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", name="Quá trình của kế hoạch")).to_be_visible()
