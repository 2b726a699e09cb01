"""After the conclusion, in the browser, by those who do it: a remedy with proof, more time, an unread report, a day off that
moves a term, a unit that ends, and units that were cleared and hear nothing more."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.core.clock import today
from kycuong.deadlines.queries import term_of
from kycuong.followup import actions
from kycuong.followup.models import Recommendation, Reminder
from kycuong.followup.tasks import remind_of_terms, tell_of_unread_reports
from kycuong.notices.models import Notice
from kycuong.orgs.actions import grant_role
from kycuong.orgs.authority import at_the_machine
from tests.browser.axe import WIDTHS
from tests.browser.test_conclusion import become, look, press
from tests.clocks import it_is
from tests.desk import Desk
from tests.followup.issued import DONE, WHY, drafted, issue, recommended
from tests.photos import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def vn(day: object) -> str:
    return f"{day:%d/%m/%Y}"


def notice(page: Page, words: str) -> None:
    """Open the first notice that says so."""
    page.get_by_role("button", name=re.compile(f"^Chưa đọc: .*{words.replace('/', '.')}")).first.click()


def test_from_the_finding_to_the_verified_remedy(
    transactional_db: None, desk: Desk, live_server: LiveServer, page: Page
) -> None:
    conclusion = drafted(desk)
    become(page, desk.people["team_head"], live_server)
    page.goto(conclusion.get_absolute_url())
    expect(page.get_by_role("heading", name="Kiến nghị", exact=True)).to_be_visible()
    look(page)
    page.get_by_role("link", name="Thêm kiến nghị").click()
    page.get_by_label(re.compile("^Kiến nghị")).fill("Chấn chỉnh toàn cơ quan")
    press(page, "Lưu")
    expect(page.get_by_text("Hãy chọn ít nhất một tồn tại").first).to_be_visible()
    page.get_by_role("checkbox", name=re.compile("^C2")).check()
    look(page)
    press(page, "Lưu")
    expect(page.get_by_text("Đã thêm kiến nghị vào dự thảo.")).to_be_visible()
    issue(desk, conclusion)

    become(page, desk.people["unit_head"], live_server)
    page.set_viewport_size({"width": WIDTHS[1], "height": 900})
    page.goto("/mine/")
    page.get_by_role("link", name="Nhận kiến nghị").last.click()
    press(page, "Đã nhận")
    page.get_by_role("link", name="Báo cáo khắc phục").click()
    page.get_by_label(re.compile("^Đã làm gì")).fill(DONE)
    photo = {"name": "bien-ten.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.get_by_label(re.compile("^Minh chứng")).set_input_files(photo)
    look(page)
    press(page, "Gửi báo cáo")
    expect(page.get_by_text("đơn vị không bị tính quá hạn").first).to_be_visible()
    look(page)
    address = page.url

    become(page, desk.people["team_head"], live_server)
    page.goto(address)
    page.get_by_role("link", name="Trả lại").click()
    page.get_by_label(re.compile("^Lý do")).fill("Ảnh chụp không thấy rõ biển tên.")
    press(page, "Trả lại")
    expect(page.get_by_text("Đã trả lại báo cáo")).to_be_visible()
    become(page, desk.people["unit_head"], live_server)
    page.goto("/notices/")
    notice(page, "bị trả lại")
    page.get_by_role("link", name="Báo cáo khắc phục").click()
    page.get_by_label(re.compile("^Đã làm gì")).fill("Đã chụp lại rõ từng biển tên.")
    press(page, "Gửi báo cáo")
    become(page, desk.people["team_head"], live_server)
    page.goto(address)
    page.get_by_role("link", name="Ghi kết quả kiểm chứng").click()
    look(page)
    press(page, "Ghi kết quả")
    expect(page.get_by_text("Đã khắc phục đúng hạn").first).to_be_visible()
    look(page)
    page.goto("/recommendations/?standing=verified")
    expect(page.get_by_role("cell", name="Đã khắc phục đúng hạn")).to_have_count(1)
    look(page)


@pytest.mark.long
def test_more_time_is_asked_for_and_nothing_is_overdue_until_the_answer(
    transactional_db: None, desk: Desk, live_server: LiveServer, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = recommended(desk)[0]
    assert one.due_on
    wanted = one.due_on + timedelta(days=60)
    become(page, desk.people["unit_head"], live_server)
    page.goto(one.get_absolute_url())
    page.get_by_role("link", name="Xin gia hạn").click()
    page.get_by_label(re.compile("^Xin gia hạn")).fill(vn(wanted))
    page.get_by_label(re.compile("^Lý do")).fill(WHY)
    look(page)
    press(page, "Gửi đề nghị")
    late = one.due_on + timedelta(days=9)
    it_is(monkeypatch, late)
    remind_of_terms(late)
    page.goto(one.get_absolute_url())
    expect(page.get_by_text("Chờ trả lời gia hạn").first).to_be_visible()
    become(page, desk.people["leader"], live_server)
    page.goto(one.get_absolute_url())
    page.get_by_role("link", name="Trả lời").click()
    page.get_by_role("radio", name="Đồng ý gia hạn").check()
    look(page)
    press(page, "Trả lời")
    expect(page.get_by_text(f"Hạn {vn(wanted)}").first).to_be_visible()
    assert not Reminder.objects.filter(recommendation=one).exists()


@pytest.mark.long
def test_an_unread_report_never_counts_against_the_unit(
    transactional_db: None, desk: Desk, live_server: LiveServer, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = recommended(desk)
    report = actions.report_remedy(one, by=desk.people["unit_head"], text=DONE)
    late = term_of(report.check_until, 15).due_on
    it_is(monkeypatch, late)
    remind_of_terms(late)
    tell_of_unread_reports(late)
    become(page, desk.people["leader"], live_server)
    page.goto("/notices/")
    expect(
        page.get_by_role("button", name=re.compile("^Chưa đọc: Báo cáo khắc phục chưa được kiểm chứng"))
    ).to_be_visible()
    page.goto("/recommendations/?standing=overdue")
    expect(page.get_by_role("link", name=other.text)).to_be_visible()
    expect(page.get_by_role("link", name=one.text)).to_have_count(0)
    become(page, desk.people["team_head"], live_server)
    page.goto(one.get_absolute_url())
    page.get_by_role("link", name="Ghi kết quả kiểm chứng").click()
    press(page, "Ghi kết quả")
    expect(page.get_by_text("Đã khắc phục đúng hạn").first).to_be_visible()


@pytest.mark.long
def test_a_day_off_announced_late_moves_the_term_and_says_so(
    transactional_db: None, desk: Desk, live_server: LiveServer, page: Page
) -> None:
    one = recommended(desk)[0]
    assert one.due_on
    off = term_of(today(), 5).due_on
    become(page, desk.people["aggregator"], live_server)
    page.goto("/days-off/new/")
    page.get_by_label(re.compile("^Ngày")).first.fill(vn(off))
    page.get_by_label(re.compile("^Tên")).fill("Nghỉ theo thông báo của tỉnh")
    press(page, "Thêm ngày nghỉ")
    expect(page.get_by_text(re.compile("hạn đang chạy")).first).to_be_visible()
    moved = Recommendation.objects.get(pk=one.pk).due_on
    assert moved
    assert moved > one.due_on
    become(page, desk.people["unit_head"], live_server)
    page.goto("/notices/")
    notice(page, f"{vn(one.due_on)} thành {vn(moved)}")
    expect(page.get_by_text(re.compile(r"Nghỉ theo thông báo của tỉnh\)")).first).to_be_visible()
    expect(page.get_by_text("Lịch nghỉ thay đổi")).to_be_visible()


@pytest.mark.long
def test_open_recommendations_of_a_unit_that_ends_go_to_its_heir(
    transactional_db: None, desk: Desk, live_server: LiveServer, page: Page
) -> None:
    one = recommended(desk)[0]
    with at_the_machine():
        grant_role(desk.people["nobody"], by=None, role="unit_head", unit=desk.units["second_commune"])
    become(page, desk.people["aggregator"], live_server)
    page.goto("/units/change/absorb/")
    page.get_by_label(re.compile("^Các đơn vị chấm dứt")).fill("Xã Hoàng Đồng")
    page.get_by_role("combobox", name=re.compile("^Sáp nhập vào")).fill("Xã Bình Minh")
    page.get_by_label(re.compile("^Ngày có hiệu lực")).fill(vn(today()))
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("kiến nghị còn mở (tự chuyển)")).to_be_visible()
    look(page)
    press(page, "Thực hiện")
    expect(page.get_by_text(re.compile("^Đã ghi"))).to_be_visible()
    become(page, desk.people["nobody"], live_server)
    page.goto("/notices/")
    notice(page, "Nhận kiến nghị của đơn vị trước sắp xếp")
    expect(page.get_by_text("Xã Hoàng Đồng → Xã Bình Minh")).to_be_visible()
    look(page)
    assert Recommendation.objects.get(pk=one.pk).unit == desk.units["second_commune"]


@pytest.mark.long
def test_who_was_cleared_hears_nothing_more(
    transactional_db: None, desk: Desk, live_server: LiveServer, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in recommended(desk):
        actions.accept_remedy(
            actions.report_remedy(one, by=desk.people["unit_head"], text=DONE), by=desk.people["team_head"]
        )
    Notice.objects.all().delete()
    late = today() + timedelta(days=200)
    it_is(monkeypatch, late)
    assert remind_of_terms(late) == tell_of_unread_reports(late) == ""
    become(page, desk.people["unit_head"], live_server)
    page.goto("/mine/")
    expect(page.get_by_text("Không có việc nào đang chờ bạn.")).to_be_visible()
    page.goto("/notices/")
    expect(page.get_by_text(re.compile("Chưa có thông báo|Không có thông báo")).first).to_be_visible()
