"""At a visit, in the browser: a repeat at once, photos over a line that breaks, case files at random, people by position."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from kycuong.inspections import actions
from kycuong.inspections.actions import Planned
from kycuong.inspections.models import VisitFile
from kycuong.orgs.models import Person
from tests.browser.axe import WIDTHS, faults
from tests.desk import YESTERDAY, Desk
from tests.photos import jpeg, pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Person], Page]
FAILED = {"outcome": "fail", "finding": "Chưa có biển tên ở bàn làm việc"}


def look(page: Page) -> None:
    """Accessible and inside the window at a desk and on a phone."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []


@pytest.mark.long
def test_a_repeat_shows_with_the_answer_and_the_last_result_after_it(
    transactional_db: None, desk: Desk, sign_in: SignIn
) -> None:
    day = YESTERDAY - timedelta(days=50)
    old = desk.answered(desk.visit(visits=[Planned(desk.units["commune"], day, "short")]), D3=FAILED)
    desk.sign(old, number="7/BB")
    visit = desk.visit()
    page = sign_in(desk.people["team_head"])
    page.goto(visit.get_absolute_url())
    box = page.locator("#criterion-D3")
    expect(box.get_by_text("Tái phạm")).to_be_hidden()
    expect(box.get_by_text("Lần trước")).to_be_hidden()
    box.locator("input[value=fail]").check()
    expect(box.get_by_role("link", name=f"đã ghi ngày {day:%d/%m/%Y}, biên bản số 7/BB")).to_be_visible()
    expect(box.get_by_text("Lần trước")).to_be_hidden()  # the repeat has said it
    box.locator("input[value=pass]").check()
    expect(box.get_by_text("Tái phạm")).to_be_hidden()
    expect(box.get_by_text(re.compile("Lần trước.*không đạt"))).to_be_visible()
    page.get_by_text("Vắng có lý do: ghi theo từng lý do").click()
    expect(page.get_by_label("Thai sản")).to_be_visible()
    look(page)


def test_photos_over_a_line_that_breaks(transactional_db: None, desk: Desk, sign_in: SignIn, tmp_path: Path) -> None:
    visit = desk.answered(desk.visit(), D3=FAILED)
    photo, paper = tmp_path / "anh.jpg", tmp_path / "giay.pdf"
    photo.write_bytes(jpeg() + bytes(range(256)) * 800)
    paper.write_bytes(pdf())
    page = sign_in(desk.people["team_member"])
    page.goto(visit.get_absolute_url())
    page.get_by_role("link", name="Thêm ảnh, tệp cho tiêu chí D3").click()
    expect(page.get_by_label("Về tiêu chí")).to_have_value("D3")
    lost: list[str] = []

    def lose_one(route: Route) -> None:
        """The first answer to the third part never arrives."""
        if route.request.url.endswith("/chunks/2") and not lost:
            lost.append(route.request.url)
            route.fulfill(status=408, body="{}")
        else:
            route.continue_()

    page.route("**/chunks/**", lose_one)
    page.get_by_label("Ảnh hoặc PDF").set_input_files([photo, paper])
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("img", name="anh.jpg")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("link", name="giay.pdf")).to_be_visible()
    assert lost
    assert VisitFile.objects.filter(visit=visit, criterion_code="D3").count() == 2
    look(page)
    paper.write_bytes(b"GIF89a")
    page.get_by_label("Ảnh hoặc PDF").set_input_files([paper])
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_text("giay.pdf: Tệp không phải ảnh")).to_be_visible()
    assert VisitFile.objects.count() == 2


@pytest.mark.long
def test_case_files_and_people_before_signing(transactional_db: None, desk: Desk, sign_in: SignIn) -> None:
    visit = desk.answered(desk.visit(), D3=FAILED)
    actions.add_concerned(
        visit.findings.get(), by=desk.people["team_member"], category="contract", position="Bảo vệ", name="Người Thử"
    )
    page = sign_in(desk.people["team_head"])
    page.goto(visit.get_absolute_url())
    page.get_by_role("link", name="Chọn hồ sơ").click()
    page.get_by_label("Hồ sơ gì").fill("Hồ sơ đất đai tháng 10")
    page.get_by_label("Tổng số hồ sơ").fill("40")
    page.get_by_label("Cần chọn").fill("3")
    page.get_by_role("button", name="Chọn ngẫu nhiên").click()
    expect(page.get_by_text("Tính lại từ số gieo: khớp")).to_be_visible()
    page.get_by_text("Tính lại thế nào").click()
    look(page)
    page.goto(f"/visits/{visit.uid}/signing/")
    expect(page.get_by_text("hợp đồng lao động, Bảo vệ (Người Thử)")).to_be_visible()
    expect(page.get_by_text("chọn 3 trong 40 hồ sơ")).to_be_visible()
    page.get_by_role("link", name="Ghi người liên quan").click()
    expect(page.get_by_label("Chức vụ, vị trí việc làm")).to_be_visible()
    look(page)
