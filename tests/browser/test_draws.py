"""The pages of draws as browsers show them, and one draw from the source to the reveal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from kycuong.draws import actions
from kycuong.draws.models import Draw
from kycuong.orgs.models import Person
from tests import drawing
from tests.browser.axe import check_page, faults
from tests.desk import Desk, desk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["desk"]
SignIn = Callable[[Person], Page]
SHOTS = os.environ.get("KYCUONG_SHOTS")


def made(desk: Desk, make: Callable[..., Draw]) -> Draw:
    return make(
        by=desk.people["team_head"],
        lead=desk.units["department"],
        area=desk.units["province"],
        ago=30,
        excluded={desk.units["second_commune"]: "Đang có đoàn thanh tra khác."},
    )


@pytest.mark.long
def test_pages_of_draws_are_accessible(
    live_server: LiveServer, transactional_db: None, desk: Desk, sign_in: SignIn
) -> None:
    made(desk, drawing.committed)
    draw = made(desk, drawing.drawn)
    actions.reveal_draw(draw, by=desk.people["team_head"])
    page = sign_in(desk.people["team_head"])
    paths = ("/draws/", "/draws/how/", "/draws/new/", "/draws/new/inspectors/", f"/draws/{draw.uid}/")
    for path in paths:
        check_page(page, live_server.url + path, shots=Path(SHOTS) if SHOTS else None)


@pytest.mark.long
def test_a_draw_goes_from_the_source_to_its_proof(
    transactional_db: None, desk: Desk, sign_in: SignIn, width: int, tmp_path: Path
) -> None:
    draw = made(desk, drawing.committed)
    page = sign_in(desk.people["team_head"])
    page.goto(f"/draws/{draw.uid}/")
    page.get_by_role("link", name="Nhập kết quả của nguồn").click()
    page.get_by_label("Kết quả của nguồn").fill("48213")
    page.get_by_label("Gõ lại kết quả").fill("48213")
    page.get_by_role("button", name="Nhập kết quả của nguồn").press("Enter")
    expect(page.get_by_text("Đã bốc thăm. Kết quả đang niêm phong.")).to_be_visible()
    page.get_by_role("button", name="Mở phần niêm phong").click()
    expect(page.get_by_role("heading", name="Trúng thăm")).to_be_visible()
    assert faults(page) == []
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"sealed-{width}.png", full_page=True)
    page.get_by_role("link", name="Quay lại").click()
    page.get_by_role("link", name="Công bố", exact=True).click()
    page.get_by_label("Tôi hiểu").check()
    page.get_by_role("button", name="Công bố lần bốc thăm").click()
    expect(page.get_by_text("Bây giờ ai cũng kiểm tra lại được")).to_be_visible()
    with page.expect_download() as proof:
        page.get_by_role("link", name="Tải bằng chứng").click()
    with page.expect_download() as script:
        page.get_by_role("link", name="Tải chương trình kiểm tra").click()
    proof.value.save_as(tmp_path / "proof.json")
    script.value.save_as(tmp_path / "verify_draw.py")
    command = [sys.executable, "-I", str(tmp_path / "verify_draw.py"), str(tmp_path / "proof.json"), draw.commitment]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stdout[:3]) == (0, "YES")
    assert json.loads((tmp_path / "proof.json").read_text(encoding="utf-8"))["state"] == "revealed"
