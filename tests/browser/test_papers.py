"""Papers as browsers show them: settings of a unit, a Word file checked, a document taken away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as WordFile
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.orgs.models import Person
from tests.browser.axe import check_page, faults
from tests.desk import Desk, desk
from tests.papers.samples import found_in

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SignIn = Callable[[Person], Page]


@pytest.mark.long
def test_the_settings_of_papers_are_accessible(live_server: LiveServer, sign_in: SignIn, desk: Desk) -> None:
    page, unit = sign_in(desk.people["records_clerk"]), desk.units["department"].slug
    for path in (
        "",
        "check/",
        f"units/{unit}/",
        f"units/{unit}/signing/all/",
        f"units/{unit}/wording/plan/purpose/",
        f"units/{unit}/templates/plan/",
    ):
        check_page(page, f"{live_server.url}/papers/{path}")


@pytest.mark.long
def test_a_file_is_checked_and_minutes_are_taken_away(sign_in: SignIn, desk: Desk, tmp_path: Path) -> None:
    visit = desk.signed()
    page = sign_in(desk.people["team_head"])
    bare = tmp_path / "nháp.docx"
    WordFile().save(str(bare))
    page.goto("/papers/check/")
    page.get_by_label("Văn bản Word (.docx)").set_input_files(bare)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.get_by_text("thiếu hoặc sai chữ; phải ghi «CỘNG HÒA")).to_be_visible()
    assert faults(page) == []
    page.goto(f"/visits/{visit.uid}/minutes/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải Word").click()
    place = tmp_path / taken.value.suggested_filename
    taken.value.save_as(place)
    assert place.name.startswith("bien-ban-kiem-tra-")
    assert found_in(place.read_bytes()) == []


@pytest.mark.long
def test_an_office_begins_with_the_standard_form_and_uses_its_own(sign_in: SignIn, desk: Desk, tmp_path: Path) -> None:
    page, unit = sign_in(desk.people["records_clerk"]), desk.units["department"].slug
    page.goto(f"/papers/units/{unit}/templates/plan/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Tải mẫu chuẩn để sửa").click()
    place = tmp_path / "mau-so.docx"
    taken.value.save_as(place)
    page.get_by_label("Mẫu Word (.docx)").set_input_files(place)
    page.get_by_role("button", name="Kiểm tra và gửi").click()
    expect(page.get_by_text("Bản thử đúng thể thức")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Tôi đã mở bản thử và thấy dùng được").check()
    page.get_by_role("button", name="Dùng mẫu này").click()
    expect(page.get_by_role("heading", name="Mẫu Word: Kế hoạch kiểm tra")).to_be_visible()
    expect(page.get_by_role("link", name="Dùng lại thể thức chuẩn")).to_be_visible()
