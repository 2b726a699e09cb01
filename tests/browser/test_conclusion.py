"""A refusal to sign, an addendum, and the conclusion after hearing the unit: in the browser, by those who do it, at both widths."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.core.clock import today
from kycuong.inspections import actions
from kycuong.inspections.models import Conclusion, Finding, Visit, VisitFile
from kycuong.orgs.models import Person
from kycuong.reports.queries import figures_for
from kycuong.reports.rules.periods import Period
from tests.browser.axe import WIDTHS, faults
from tests.desk import YESTERDAY, Desk
from tests.photos import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[Person], Page]


def look(page: Page) -> None:
    """Accessible and inside the window at a desk and on a phone."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []


def become(page: Page, person: Person, live_server: LiveServer) -> None:
    """Somebody else sits down at the same window."""
    client = Client()
    client.force_login(person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies()
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


@pytest.mark.long
def test_a_refusal_an_addendum_and_a_conclusion(
    transactional_db: None, desk: Desk, live_server: LiveServer, page: Page
) -> None:
    desk.answered(desk.visit(), D3={"outcome": "fail", "finding": "Chưa có biển tên ở bàn làm việc"})
    become(page, desk.people["team_head"], live_server)
    page.goto("/mine/")
    look(page)
    page.get_by_role("link", name="Ghi kết quả và ký biên bản").click()
    press(page, "Lưu và đọc lại để ký")
    page.get_by_label(re.compile("^D3: Chưa có biển tên")).fill("Đã đặt làm, chờ giao")
    page.get_by_role("radio", name="Từ chối ký").check()
    page.get_by_label(re.compile("^Lý do từ chối")).fill("Không đồng ý mục D3")
    press(page, "Ký biên bản")
    expect(page.get_by_text("Hãy ghi người chứng kiến việc từ chối ký.").first).to_be_visible()
    look(page)
    page.get_by_label(re.compile("^Người chứng kiến")).fill("Công an xã")
    press(page, "Ký biên bản")
    expect(page.get_by_text("khớp nội dung đang lưu")).to_be_visible()
    page.get_by_role("link", name="Biên bản bổ sung").click()
    page.get_by_label(re.compile("^Lý do bổ sung")).fill("Ghi sót số phòng")
    page.get_by_label(re.compile("^Nội dung bổ sung")).fill("Tiêu chí D3: phòng 203.")
    page.get_by_label(re.compile("^Người ký của đơn vị")).fill("Chủ tịch UBND xã")
    press(page, "Ký biên bản bổ sung")
    look(page)
    press(page, "Soạn kết luận")
    page.get_by_role("link", name="Lấy ý kiến đơn vị").click()
    press(page, "Gửi lấy ý kiến")
    address = page.url

    become(page, desk.people["unit_head"], live_server)
    page.goto(address)
    look(page)
    page.get_by_role("link", name="Ghi ý kiến chung").click()
    look(page)
    page.get_by_label(re.compile("^Ý kiến của đơn vị")).fill("Nhất trí, khắc phục trong tháng")
    press(page, "Gửi ý kiến")

    become(page, desk.people["leader"], live_server)
    page.goto(address)
    look(page)
    press(page, "Duyệt kết luận")
    expect(page.get_by_text("Đã duyệt kết luận.")).to_be_visible()
    assert Conclusion.objects.get().state == "approved"
    assert Visit.objects.get().minutes.witness == "Công an xã"


def two_findings(desk: Desk) -> Conclusion:
    """A draft, shared with the unit, about two findings."""
    found = {"D3": "Chưa có biển tên ở bàn làm việc", "D4": "Chưa niêm yết lịch tiếp công dân"}
    visit = desk.answered(desk.visit(), **{code: {"outcome": "fail", "finding": text} for code, text in found.items()})
    desk.sign(visit)
    draft = actions.draft_conclusion(Visit.objects.get(), by=desk.people["team_head"])
    return actions.share_conclusion(draft, by=desk.people["team_head"])


def findings_counted(desk: Desk) -> int:
    period = Period(YESTERDAY, today())
    return int(figures_for(desk.units["province"], period, names=["findings"])["findings"])


@pytest.mark.long
def test_a_finding_is_disputed_with_a_photo_and_withdrawn(
    transactional_db: None, desk: Desk, live_server: LiveServer, page: Page
) -> None:
    address = two_findings(desk).get_absolute_url()
    assert findings_counted(desk) == 2
    become(page, desk.people["unit_head"], live_server)
    page.set_viewport_size({"width": WIDTHS[1], "height": 900})
    page.goto("/mine/")
    page.get_by_role("link", name="Trả lời dự thảo kết luận").click()
    expect(page.get_by_text("Không xem xét kịp thì tồn tại được rút.")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Đồng ý").last.click()
    expect(page.get_by_text("Đơn vị đồng ý", exact=True)).to_be_visible()
    page.get_by_role("link", name="Có ý kiến").first.click()
    page.get_by_label(re.compile("^Ý kiến, giải trình")).fill("Biển tên đã đặt ở bàn từ đầu tháng")
    photo = {"name": "ban-lam-viec.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.get_by_label(re.compile("^Ảnh hoặc PDF")).set_input_files(photo)
    look(page)
    press(page, "Gửi ý kiến")
    expect(page.get_by_text("Đơn vị có ý kiến khác", exact=True)).to_be_visible()
    page.get_by_role("link", name="Sửa ý kiến, thêm ảnh").first.click()
    more = {"name": "ban-2.jpg", "mimeType": "image/jpeg", "buffer": jpeg(colour="red")}
    page.get_by_label(re.compile("^Ảnh hoặc PDF")).set_input_files(more)
    look(page)
    press(page, "Gửi tệp")
    expect(page.get_by_role("button", name="Bỏ")).to_have_count(2)
    assert VisitFile.objects.filter(reply__finding__criterion_code="D3").count() == 2

    become(page, desk.people["team_head"], live_server)
    page.goto("/mine/")
    page.get_by_role("link", name="Xem xét ý kiến của đơn vị").click()
    page.get_by_role("link", name="Xem xét", exact=True).click()
    look(page)
    page.get_by_role("radio", name="Rút").check()
    page.get_by_label(re.compile("^Lý do")).fill("Ảnh cho thấy biển tên có trước ngày kiểm tra")
    press(page, "Ghi quyết định")
    expect(page.get_by_text("Đã ghi quyết định")).to_be_visible()
    look(page)

    become(page, desk.people["leader"], live_server)
    page.goto(address)
    press(page, "Duyệt kết luận")
    expect(page.get_by_text("Đã duyệt kết luận.")).to_be_visible()
    become(page, desk.people["aggregator"], live_server)
    page.goto(address)
    page.get_by_role("link", name="Ghi nhận ban hành").click()
    press(page, "Lưu")
    expect(page.get_by_text("Đã ghi nhận kết luận được ban hành")).to_be_visible()
    page.goto("/silence/")
    look(page)
    assert (Conclusion.objects.get().state, findings_counted(desk)) == ("issued", 1)


@pytest.mark.long
def test_an_unread_answer_withdraws_the_finding(
    transactional_db: None, desk: Desk, live_server: LiveServer, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    conclusion, unit = two_findings(desk), desk.people["unit_head"]
    one, other = Finding.objects.order_by("pk")
    actions.answer_finding(one, by=unit, accepts=False, text="Không đúng: đã có biển tên")
    actions.answer_finding(other, by=unit, accepts=True)
    become(page, desk.people["leader"], live_server)
    page.goto(conclusion.get_absolute_url())
    press(page, "Duyệt kết luận")
    expect(page.get_by_text("Còn 1 tồn tại đơn vị có ý kiến mà chưa xem xét").first).to_be_visible()
    conclusion.refresh_from_db()
    late = conclusion.decide_until
    assert late
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: late + timedelta(days=1))
    page.goto(conclusion.get_absolute_url())
    press(page, "Duyệt kết luận")
    expect(page.get_by_text("Hết hạn xem xét mà không trả lời.")).to_be_visible()
    look(page)
    assert findings_counted(desk) == 1
