"""The desk's pages about phones, at both widths: what has come, two values, what was set aside, a photo that is lost, the policy."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kycuong.core.clock import now, today
from kycuong.field.models import FieldAside, FieldMedia, FieldPolicy
from kycuong.inspections import actions
from kycuong.inspections.actions import Seat
from kycuong.inspections.models import Visit
from kycuong.inspections.rules import TeamRole, VisitState
from kycuong.orgs.models import Person
from tests.browser.axe import WIDTHS, faults
from tests.desk import Desk
from tests.field.phone import Phone
from tests.field.test_record import answer_all, sign, snapshot_of
from tests.photos import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = Path(os.environ["KYCUONG_FIELD_SHOTS"]) if "KYCUONG_FIELD_SHOTS" in os.environ else None
"""Where pictures of every page are kept, for people to look at."""
LONG = "Bộ phận một cửa niêm yết đủ thủ tục, có sổ theo dõi hồ sơ trễ hẹn và thư xin lỗi. " * 3


def look(page: Page, name: str) -> None:
    """Accessible and inside the window at a desk and on a phone."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == []
        if SHOTS:
            page.screenshot(path=SHOTS / f"desk-{name}-{width}.png", full_page=True)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


@pytest.fixture
def visit(transactional_db: None, desk: Desk, tmp_path: Path, settings: Any) -> Visit:
    """Two phones wrote differently; one of them left the team and sent later; it lost a photo, and the head signed on glass."""
    settings.HOME = tmp_path
    people = desk.people
    head, member = Phone(people["team_head"]), Phone(people["coordinator"])
    visit = desk.visit(team=[Seat(head.person, role=TeamRole.HEAD), Seat(member.person)])
    answer_all(head, visit)
    for phone, text in ((head, LONG), (member, "Có sổ theo dõi hồ sơ.")):
        phone.say(visit, "t/strengths", text)
    lost = member.announce(visit, jpeg())
    sha = member.said[-1]["value"]["sha256"]
    head.sent()
    member.sent()
    actions.change_team(
        visit.inspection, by=head.person, leaving={visit.inspection.team.get(person=member.person): "Chuyển công tác"}
    )
    wall = int(now().timestamp() * 1000)
    late = member.say(visit, "t/explanation", "Đơn vị đã nhắc nhở người vi phạm.")
    waits = {"ops": 4, "media": 1, "oldest_wall": wall - int(timedelta(hours=30).total_seconds() * 1000)}
    assert member.send([late], seq_head=len(member.said) + 4, sent_wall=wall, queued=waits).status_code == 200
    head.sent([sign(head, visit, snapshot_of(head, visit, media={str(lost): sha}))])
    return visit


@pytest.mark.long
def test_the_head_of_the_team_decides(visit: Visit, desk: Desk, page: Page, sign_in: Callable[[Person], Page]) -> None:
    sign_in(desk.people["team_head"])
    page.goto("/field/received/")
    expect(page.get_by_text("Đã ký tại chỗ, chờ ảnh")).to_be_visible()
    look(page, "received")
    page.get_by_role("table", name="Theo lượt").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Hai người ghi khác nhau")).to_be_visible()
    expect(page.get_by_text("còn chờ 1 ảnh")).to_be_visible()
    look(page, "visit")

    page.get_by_role("radio", name="Ghi khác").check()
    press(page, "Ghi giá trị đã chọn")
    expect(page.get_by_text("Hãy ghi giá trị khác.")).to_be_visible()
    expect(page.get_by_role("radio", name="Ghi khác")).to_be_checked()
    page.get_by_role("radio", name=re.compile("^Có sổ theo dõi hồ sơ")).check()
    press(page, "Ghi giá trị đã chọn")
    expect(page.get_by_text("Đã ghi giá trị được chọn.")).to_be_visible()

    page.get_by_role("checkbox", name=re.compile("^Ý kiến giải trình")).check()
    page.get_by_label("Lý do nhận").fill("ừ")
    press(page, "Nhận vào hồ sơ")
    expect(page.get_by_text("Chưa ghi được")).to_be_visible()
    expect(page.get_by_label("Lý do nhận")).to_have_value("ừ")
    expect(page.get_by_role("checkbox", name=re.compile("^Ý kiến giải trình"))).to_be_checked()
    look(page, "refused")
    page.get_by_label("Lý do nhận").fill("Ghi khi còn trong đoàn, đã đối chiếu")
    press(page, "Nhận vào hồ sơ")
    expect(page.get_by_text("Đã nhận vào hồ sơ.")).to_be_visible()

    page.get_by_role("checkbox", name=re.compile("^Còn trên máy của")).check()
    page.get_by_label("Lý do ký thiếu ảnh").fill("Máy rơi xuống suối, không có gói dự phòng")
    press(page, "Khai ảnh không còn")
    expect(page.get_by_text("Đã ghi nhận ảnh không còn.")).to_be_visible()
    look(page, "decided")
    visit.refresh_from_db()
    assert visit.state == VisitState.SIGNED
    assert FieldAside.objects.get().accepted_by == FieldMedia.objects.get().lost_by == desk.people["team_head"]


@pytest.mark.long
def test_photos_that_came_after_the_signing(
    transactional_db: None, desk: Desk, page: Page, sign_in: Callable[[Person], Page], tmp_path: Path, settings: Any
) -> None:
    """Two of them: one is joined by an addendum, one is put beside with a reason."""
    settings.HOME = tmp_path
    visit, head = desk.visit(), Phone(desk.people["team_head"])
    answer_all(head, visit)
    head.sent()
    head.sent([sign(head, visit, snapshot_of(head, visit))])
    photos = [
        head.announce(visit, jpeg() + tail, caption=caption, criterion_code="C3")
        for tail, caption in ((b"", "Cổng trụ sở"), (b"\n", "Nơi khác"))
    ]
    head.sent()
    for media, tail in zip(photos, (b"", b"\n"), strict=True):
        assert head.upload(media, jpeg() + tail, 5000).status_code == 204
    sign_in(desk.people["team_head"])
    page.goto("/mine/")
    page.get_by_role("link", name=re.compile("Xử lý ảnh về sau khi ký biên bản")).click()
    expect(page.get_by_role("heading", name="Ảnh về sau khi ký")).to_be_visible()
    look(page, "late")
    page.get_by_role("checkbox", name=re.compile("Nơi khác")).check()
    press(page, "Ghi: không thuộc biên bản")
    expect(page.get_by_text("Chưa ghi được")).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("Nơi khác"))).to_be_checked()
    page.get_by_label("Lý do không thuộc biên bản").fill("Chụp nhầm trụ sở khác")
    press(page, "Ghi: không thuộc biên bản")
    expect(page.get_by_text("các ảnh này không thuộc biên bản")).to_be_visible()
    page.get_by_role("link", name="Đưa vào biên bản bổ sung").click()
    expect(page.get_by_role("checkbox", name=re.compile("Cổng trụ sở"))).to_be_checked()
    look(page, "late-addendum")
    page.get_by_label("Lý do bổ sung, đính chính").fill("Ảnh về muộn do mất mạng")
    page.get_by_label("Nội dung bổ sung, đính chính").fill("Bổ sung ảnh cổng trụ sở.")
    page.get_by_label("Người ký của đoàn (chức vụ)").fill("Trưởng đoàn")
    page.get_by_label("Người ký của đơn vị (chức vụ)").fill("Chủ tịch UBND xã")
    press(page, "Ký biên bản bổ sung")
    expect(page.get_by_text("Kèm biên bản bổ sung lần 1")).to_be_visible()
    look(page, "late-decided")
    assert str(FieldMedia.objects.get(uid=photos[0]).sha256) in visit.minutes.addenda.get().text


@pytest.mark.long
def test_phones_and_their_policy(visit: Visit, desk: Desk, page: Page, sign_in: Callable[[Person], Page]) -> None:
    phone = Phone(desk.people["aggregator"])
    assert phone.post(f"devices/{phone.uid}/key-request", {"reason": "Quên mật khẩu của máy"}).status_code == 201
    sign_in(desk.people["system_admin"])
    page.goto("/field/devices/")
    expect(page.get_by_text("quá 24 giờ")).to_be_visible()
    expect(page.get_by_role("button", name="Duyệt mở khóa")).to_be_visible()
    look(page, "devices")
    sign_in(desk.people["aggregator"])
    page.goto("/field/devices/")
    page.get_by_role("link", name="Quy định cho máy").click()
    expect(page.get_by_text("Đề xuất, chưa được")).to_be_visible()
    look(page, "policy")
    page.get_by_label(re.compile("^Tự khóa sau")).fill("90")
    page.get_by_label(re.compile("^Căn cứ")).fill("QĐ 5/QĐ-UBND")
    press(page, "Đặt quy định")
    expect(page.get_by_text("Hãy ghi từ 1 đến 60.").first).to_be_visible()
    look(page, "policy-refused")
    page.get_by_label(re.compile("^Tự khóa sau")).fill("3")
    press(page, "Đặt quy định")
    expect(page.get_by_text("Đã đặt quy định mới")).to_be_visible()
    look(page, "policy-set")
    held = FieldPolicy.objects.get()
    assert (held.valid_from, held.autolock_minutes, held.basis) == (today(), 3, "QĐ 5/QĐ-UBND")
