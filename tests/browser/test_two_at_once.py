"""Two people at one draft: the later one is asked in the browser which text to keep, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kycuong.core.clock import today
from kycuong.inspections.actions import record_answers
from kycuong.inspections.models import Visit
from kycuong.orgs.models import Person
from kycuong.plans import actions
from kycuong.plans.models import InspectionPlan
from tests.browser.axe import faults
from tests.desk import Desk, desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]


def test_the_later_of_two_chooses(sign_in: SignIn, desk: Desk, width: int) -> None:
    planner = desk.people["coordinator"]
    plan = actions.draft_plan(by=planner, agency=desk.units["district"], year=today().year, target_units=5)
    page = sign_in(planner)
    page.goto(f"/plans/{plan.uid}/text/")
    target = page.get_by_label("Chỉ tiêu: số đơn vị")
    target.fill("8")
    by = desk.people["aggregator"]
    words = dict.fromkeys(["window_from", "window_to", "target_percent"])
    title = "Kế hoạch kiểm tra của huyện"
    actions.change_plan(plan, by=by, version=plan.version, target_units=6, title=title, **words)
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", name="Hai người cùng sửa: giữ bản nào?")).to_be_visible()
    expect(page.get_by_text("Đã lấy vào những chỗ người khác vừa sửa")).to_be_visible()
    expect(target).to_have_value("8")
    assert faults(page) == []
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", name="Hai người cùng sửa: giữ bản nào?")).to_be_visible()
    page.get_by_role("radio", name="Bản của bạn 8").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Đã lưu kế hoạch.")).to_be_visible()
    kept = InspectionPlan.objects.get()
    assert (kept.target_units, kept.title) == (8, title)


def test_two_inspectors_answer_one_criterion(sign_in: SignIn, desk: Desk, width: int) -> None:
    visit = desk.visit()
    page = sign_in(desk.people["team_member"])
    page.goto(visit.get_absolute_url())
    page.locator("#criterion-D3").get_by_label("Đạt", exact=True).check()
    page.get_by_label("Ưu điểm").fill("Trụ sở sạch sẽ")
    found = {"D3": {"outcome": "fail", "finding": "Bàn tiếp dân chưa có biển tên"}, "D4": {"outcome": "pass"}}
    record_answers(visit, by=desk.people["team_head"], answers=found)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("heading", name="Hai người cùng sửa: giữ bản nào?")).to_be_visible()
    expect(page.get_by_text("Bàn tiếp dân chưa có biển tên").first).to_be_visible()
    assert faults(page) == []
    page.get_by_role("radio", name="Bản đang lưu").check()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Đã lưu.")).to_be_visible()
    kept = Visit.objects.get()
    assert (kept.answers["D3"]["outcome"], kept.answers["D4"]["outcome"]) == ("fail", "pass")
    assert kept.strengths == "Trụ sở sạch sẽ"
