"""A version of the checklist in the browser: built, tried out as on a phone, compared and published, at both widths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.catalog.actions import add_group, change_criterion, start_draft
from kycuong.catalog.models import Checklist
from kycuong.orgs.models import Person
from tests.browser.axe import check_page, faults
from tests.desk import Desk, desk

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]


@pytest.mark.long
def test_pages_of_versions_are_accessible(live_server: LiveServer, sign_in: SignIn, desk: Desk) -> None:
    by = desk.people["aggregator"]
    draft = start_draft(by=by, version="1.1", title="Phiếu", based_on=desk.checklist)
    add_group(draft, by=by, code="K", title="Việc khác")
    change_criterion(draft.criteria.get(code="D5"), by=by, content={"asked_after": "D3", "asked_on": "short"})
    page, place = sign_in(by), draft.get_absolute_url()
    for path in (
        "/checklists/bases/", "/checklists/compare/?old=1.0&new=1.1", "/checklists/1.1/preview/?checklist_form=short",
        place, f"{place}criteria/D5/",
    ):  # fmt: skip
        check_page(page, live_server.url + path)


@pytest.mark.long
def test_a_version_is_built_tried_out_and_published(sign_in: SignIn, desk: Desk, width: int) -> None:
    page = sign_in(desk.people["aggregator"])
    page.goto("/checklists/1.0/")
    page.get_by_role("link", name="Các phiên bản").click()
    page.get_by_role("link", name="Lập phiên bản mới").click()
    page.get_by_label("Số phiên bản").fill("1.1")
    page.get_by_role("button", name="Lưu").click()
    page.get_by_role("link", name="Thêm tiêu chí vào D").click()
    page.get_by_label("Nội dung").fill("Đã nhắc nhở người không đeo thẻ")
    page.get_by_label("Có trong phiếu rút gọn").check()
    page.get_by_label("Chỉ hỏi theo kết quả của").select_option("D3")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("Hãy chọn cả tiêu chí đi trước")
    page.get_by_label("Khi kết quả đó là").select_option("fail")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("chỉ hỏi khi D3: Không đạt (Không)")).to_be_visible()
    page.get_by_role("link", name="Xem thử trên điện thoại").click()
    page.locator("[name=checklist_form]").select_option("short")
    page.get_by_role("button", name="Xem").click()
    waiting = page.locator("#criterion-D10")
    expect(waiting).to_be_hidden()
    page.locator("#criterion-D3").get_by_label("Không đạt").check()
    expect(waiting).to_be_visible()
    page.locator("#criterion-D3").get_by_label("Đạt", exact=True).check()
    expect(waiting).to_be_hidden()
    assert faults(page) == []
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Công bố").click()
    expect(page.get_by_text("thêm 1, bỏ 0, sửa 0")).to_be_visible()
    page.get_by_role("button", name="Công bố").click()
    page.wait_for_url("**/checklists/1.1/")
    assert Checklist.objects.get(version="1.1").published_on is not None
