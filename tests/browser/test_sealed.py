"""A surprise visit drawn, sealed, released, visited, concluded, as everybody concerned sees it; and its pages as they look."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.core.clock import today
from kycuong.draws.models import Draw
from kycuong.inspections import actions
from kycuong.inspections.models import Inspection, Visit
from kycuong.inspections.queries import plan_of
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.models import Person
from tests import drawing
from tests.browser.axe import check_page, faults
from tests.desk import FULL_HOUSE, Desk, desk, passing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["desk"]
SignIn = Callable[[Person], Page]
SHOTS = os.environ.get("KYCUONG_SHOTS")
REASON = "Có tin báo kế hoạch đã bị lộ, cần xem ngay."


def look(page: Page, name: str, width: int) -> None:
    """No fault on what is shown, and a picture of it when somebody wants one."""
    assert faults(page) == []
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def drawn(desk: Desk) -> Draw:
    return drawing.drawn(
        by=desk.people["team_head"],
        lead=desk.units["department"],
        area=desk.units["province"],
        ago=30,
        excluded={desk.units["second_commune"]: "Đang có đoàn thanh tra khác."},
    )


def opened_from_the_draw(page: Page, draw: Draw, desk: Desk, width: int) -> None:
    page.goto(f"/draws/{draw.uid}/")
    page.get_by_role("link", name="Mở cuộc kiểm tra").click()
    page.get_by_label("Ngày kiểm tra").fill(f"{today():%d/%m/%Y}")
    page.get_by_label("Trưởng đoàn").select_option(label=f"{desk.people['team_head'].full_name}, Chuyên viên")
    page.get_by_label("Người team_member").check()
    press(page, "Mở cuộc kiểm tra từ kết quả bốc thăm")
    expect(page.get_by_text("Đã mở cuộc kiểm tra niêm phong")).to_be_visible()
    look(page, "inspection-sealed", width)


def released(page: Page, place: str, width: int) -> None:
    page.goto(place)
    page.get_by_role("link", name="Cho thành viên đoàn biết").click()
    page.get_by_label("Từ ngày").fill(f"{today():%d/%m/%Y}")
    page.get_by_label("Lúc").fill("00:00")
    look(page, "release", width)
    press(page, "Lưu")
    expect(page.get_by_text("Đã đặt thời điểm")).to_be_visible()


def begun(page: Page, place: str, unit: str, width: int) -> None:
    page.goto(place)
    press(page, "Xem phần niêm phong")
    expect(page.get_by_role("heading", name="Nơi sẽ đi")).to_be_visible()
    expect(page.locator(".target")).to_contain_text(unit)
    look(page, "sealed-part", width)
    press(page, "Bắt đầu lượt này")
    expect(page.get_by_text("Đã bắt đầu lượt")).to_be_visible()
    look(page, "begun", width)


def test_a_surprise_visit_is_drawn_sealed_released_visited_and_concluded(
    transactional_db: None, desk: Desk, sign_in: SignIn, width: int
) -> None:
    people, draw = desk.people, drawn(desk)
    head, member, leader = people["team_head"], people["team_member"], people["leader"]
    page = sign_in(head)
    opened_from_the_draw(page, draw, desk, width)
    inspection = Inspection.objects.get(sealed_at__isnull=False)
    place = inspection.get_absolute_url()
    unit = next(unit for unit in desk.units.values() if str(unit.uid) == only_target(inspection))

    sign_in(member)
    page.goto(place)
    expect(page.get_by_text("Không tìm thấy trang này")).to_be_visible()
    sign_in(head)
    released(page, place, width)
    sign_in(member)
    page.goto("/inspections/")
    expect(page.get_by_text("Niêm phong", exact=True)).to_be_visible()
    expect(page.get_by_text(str(unit))).to_have_count(0)
    begun(page, place, str(unit), width)

    sign_in(leader)
    page.goto(place)
    expect(page.get_by_text("Không tìm thấy trang này")).to_be_visible()
    visit = Visit.objects.get()
    actions.record_answers(visit, by=head, answers=passing(visit), headcount=FULL_HOUSE)
    sign_in(head)
    page.goto(f"/visits/{visit.uid}/signing/")
    page.get_by_label("Người ký của đoàn").fill("Trưởng đoàn")
    page.get_by_label("Người ký của đơn vị").fill("Chủ tịch UBND xã")
    look(page, "signing-sealed", width)
    press(page, "Ký biên bản")
    expect(page.get_by_text("Đã ký biên bản. Lượt này")).to_be_visible()
    expect(page.locator(".watermark")).to_have_count(0)
    page.goto(place)
    press(page, "Mở toàn bộ")
    expect(page.get_by_text("Đã mở toàn bộ")).to_be_visible()
    page.get_by_text("Ai đã xem, lúc nào").click()
    expect(page.get_by_text("lần đầu").first).to_be_visible()
    look(page, "opened", width)

    sign_in(leader)
    page.goto(place)
    expect(page.get_by_role("link", name=str(unit))).to_be_visible()
    visit.refresh_from_db()
    concluded(page, visit, desk, sign_in)
    page.goto(place)
    expect(page.get_by_text("đã kết luận")).to_be_visible()


def only_target(inspection: Inspection) -> str:
    [target] = plan_of(inspection.sealing).targets
    return target.unit


def concluded(page: Page, visit: Visit, desk: Desk, sign_in: SignIn) -> None:
    """Drafted, answered by the unit, approved, issued: the last step on the page."""
    people = desk.people
    conclusion = actions.draft_conclusion(visit, by=people["team_head"])
    actions.share_conclusion(conclusion, by=people["team_head"])
    with at_the_machine():
        grant_role(people["nobody"], by=None, role="unit_head", unit=visit.unit)
    actions.reply_to_conclusion(conclusion, by=people["nobody"], reply="Nhất trí")
    actions.approve_conclusion(conclusion, by=people["leader"])
    sign_in(people["aggregator"])
    page.goto(f"/conclusions/{conclusion.uid}/issue/")
    press(page, "Lưu")
    expect(page.get_by_text("Đã ghi nhận kết luận được ban hành")).to_be_visible()


@pytest.mark.long
def test_pages_of_seals_are_accessible(
    live_server: LiveServer, transactional_db: None, desk: Desk, sign_in: SignIn
) -> None:
    inspection = desk.open(
        sealed=True, title="Bất ngờ đầu giờ", notes="Đi xe riêng", short_list=[desk.people["leader"]]
    )
    found = actions.ask_seal_break(by=desk.people["leader"], lead=desk.units["department"], reason=REASON)
    page = sign_in(desk.people["auditor"])
    shots = Path(SHOTS) if SHOTS else None
    for path in ("/seals/break/", f"/seals/break/{found.uid}/"):
        check_page(page, live_server.url + path, shots=shots)
    actions.confirm_seal_break(found, by=desk.people["auditor"])
    actions.look_at_sealing(inspection, by=desk.people["team_head"])
    [visit] = desk.begin(inspection)
    sign_in(desk.people["team_head"])
    place = f"/inspections/{inspection.uid}/"
    for path in (
        "/mine/",
        place,
        f"{place}targets/",
        f"{place}release/",
        f"/visits/{visit.uid}/minutes/",
        "/inspections/new/",
    ):
        check_page(page, live_server.url + path, shots=shots)
