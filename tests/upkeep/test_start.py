"""«Bắt đầu»: what the first hour still asks for is read from the data; once all is done the menu forgets it."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from kycuong.audit.models import AuditEntry
from kycuong.backups.store.remembered import Remembered
from kycuong.core.clock import now, today
from kycuong.deadlines.actions import confirm_year, fill_year
from kycuong.notices.models import TickRun
from kycuong.orgs.actions import create_account, grant_role
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, create_units
from kycuong.orgs.models import Person
from kycuong.orgs.rules import FOREVER
from kycuong.plans.models import InspectionPlan
from kycuong.upkeep.queries import beginning
from kycuong.upkeep.queries.beginning import _steps_done, is_begun, steps
from tests.desk import BEGIN, Desk

pytestmark = pytest.mark.django_db
LINK = 'href="/start/"'


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def first_province() -> Person:
    """A province alone, with an account that may import and looks after the system."""
    with at_the_machine():
        top = create_units([Draft("Tỉnh Lạng Sơn", "province", None, slug="tinh-lang-son")], by=None, on=BEGIN).born[0]
        person, _password = create_account(by=None, at=top, username="dau", full_name="Người đầu tiên")
        grant_role(person, by=None, role="aggregator", unit=top, valid_from=today(), valid_to=FOREVER)
    Person.objects.filter(pk=person.pk).update(password_ends_at=None)
    return Person.objects.get(pk=person.pk)


def test_nothing_is_done_where_there_is_nothing(settings: Any) -> None:
    settings.BACKUP_FOLDER = settings.BACKUP_KEY = settings.EMAIL_HOST = ""
    assert set(_steps_done().values()) == {False}
    assert [step.done for step in steps()] == [False] * 12
    assert all(bool(step.url) != bool(step.command) for step in steps()), "a page or a command, for each"


def test_a_step_is_done_when_the_data_say_so(
    desk: Desk, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(beginning, "_BEGUN", set())
    settings.BACKUP_FOLDER = settings.BACKUP_KEY = settings.EMAIL_HOST = ""
    before = AuditEntry.objects.count()
    done = _steps_done()
    assert [code for code, is_done in done.items() if is_done] == [
        "province",
        "account",
        "units",
        "people",
        "checklist",
    ]
    assert AuditEntry.objects.count() == before, "looking writes nothing"
    with at_the_machine():
        fill_year(today().year, by=None)
    confirm_year(today().year, by=desk.people["system_admin"], announcement="1/TB")
    TickRun.objects.create(step="", begun_at=now() - timedelta(days=3), ended_at=now() - timedelta(days=2))
    assert not _steps_done()["tick"], "a run of the day before yesterday says nothing of today"
    TickRun.objects.create(step="", begun_at=now(), ended_at=now())
    Person.objects.filter(pk=desk.people["coordinator"].pk).update(last_login=now())
    last_year = today().replace(month=1, day=1) - timedelta(days=20)
    visit = desk.signed()
    type(visit).objects.filter(pk=visit.pk).update(visited_on=last_year)
    settings.BACKUP_FOLDER, settings.BACKUP_KEY, settings.EMAIL_HOST = str(tmp_path), "age1", "mail"
    assert not _steps_done()["backup"], "a setting is no copy"
    archive = tmp_path / "kycuong-20260101T000000.age"
    archive.write_bytes(b"sealed")
    last = Remembered("good", archive.name, now().isoformat(), 1.0, folder=str(tmp_path.resolve()))
    monkeypatch.setattr(beginning, "last_of", {"good": last}.get)
    assert [code for code, is_done in _steps_done().items() if not is_done] == ["plan"]
    InspectionPlan.objects.create(
        agency=desk.units["department"], year=today().year, issued_on=today(), state="issued", number="1/KH"
    )
    assert is_begun()
    with django_assert_num_queries(0):
        assert is_begun(), "asked no more once all was done"


def test_the_menu_leads_there_until_all_is_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    administrator = signed_in(desk.people["system_admin"])
    assert LINK in text_of(administrator, "/people/")
    assert LINK in text_of(administrator, "/figures/"), "the page of those who see no figures leads there, too"
    assert LINK not in text_of(signed_in(desk.people["team_head"]), "/mine/")
    page = text_of(administrator, "/start/")
    assert "5/12" in page
    assert "Xác nhận lịch nghỉ năm nay" in page
    monkeypatch.setattr("kycuong.upkeep.nav.is_begun", lambda: True)
    assert LINK not in text_of(administrator, "/people/")
    assert administrator.get("/start/").status_code == 200, "it stays at its address"
    assert signed_in(desk.people["team_head"]).get("/start/").status_code == 403


def test_the_communes_of_the_first_province_come_from_the_catalogue_on_the_page() -> None:
    client = signed_in(first_province())
    assert "of=T%E1%BB%89nh+L%E1%BA%A1ng+S%C6%A1n" in text_of(client, "/units/import/")
    answer = client.get("/units/import/template.xlsx", {"of": "Tỉnh Lạng Sơn"})
    rows = list(
        load_workbook(io.BytesIO(b"".join(answer) if answer.streaming else answer.content)).worksheets[0].values
    )
    assert sum("Đồng Đăng" in str(row) for row in rows) == 1
    sent = io.BytesIO(answer.content)
    sent.name = "xa.xlsx"
    page = client.post("/units/import/", {"file": sent}, follow=True).content.decode()
    assert "Nhập các dòng này" in page
    assert "Có lỗi" not in page
    assert client.get("/units/import/template.xlsx", {"of": "Nơi Nào"}).status_code == 422


def test_where_there_are_communes_the_page_offers_no_catalogue(desk: Desk) -> None:
    assert "template.xlsx?of=" not in text_of(signed_in(desk.people["aggregator"]), "/units/import/")
