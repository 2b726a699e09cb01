"""A person's days in a calendar program: nothing that the person's own page does not show, and nothing without the address."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kycuong.audit.reconcile import differences
from kycuong.connect.actions import make_feed, revoke_feed, revoke_feed_of
from kycuong.connect.models import CalendarFeed
from kycuong.connect.rules import calendar, folded
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.inspections.actions import Planned
from kycuong.notices.models import Notice
from kycuong.orgs.actions import deactivate_account, set_temporary_password
from kycuong.orgs.models import Person
from kycuong.signin.actions.resetting import reset_factors
from kycuong.ui.todo import Dated
from tests.connect.ics import read
from tests.desk import Desk
from tests.signin.soft_key import app_of

pytestmark = pytest.mark.django_db
PAGE = "/calendar/subscription/"
SOON = today() + timedelta(days=40)


def address_on(page: str) -> str:
    """The path of the address that a page shows."""
    found = re.search(r"<code>https?://[^/]+(/calendar/feeds/[\w-]{43}\.ics)</code>", page)
    assert found, "no address"
    return found[1]


def made(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return address_on(client.post(PAGE).content.decode())


def events(address: str) -> list[dict[str, str]]:
    answer = Client().get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return read(answer.content)[1]


def test_visits_and_terms_stand_on_their_days(desk: Desk) -> None:
    opened = desk.open(visits=[Planned(desk.units["commune"], SOON, "short")])
    address = made(desk.people["team_head"])
    (event,) = events(address)
    assert event["SUMMARY"].startswith("Kiểm tra · ")
    assert "Hoàng Đồng" in event["SUMMARY"]
    assert (event["DTSTART"], event["DTEND"]) == (f"{SOON:%Y%m%d}", f"{SOON + timedelta(days=1):%Y%m%d}")
    assert event["URL"].endswith(opened.visits.get().get_absolute_url())
    assert events(made(desk.people["nobody"])) == [], "of the own units and teams"
    assert events(made(desk.outsider)) == []


def test_what_is_late_says_so(desk: Desk) -> None:
    desk.open()
    assert events(made(desk.people["team_head"]))[0]["SUMMARY"].startswith("Quá hạn: Chưa ký biên bản · ")


def test_nothing_sealed_is_in_it_not_even_for_the_short_list(desk: Desk) -> None:
    opened = desk.open(sealed=True)
    address = made(desk.people["team_head"])
    assert events(address) == []
    (draft,) = desk.begin(opened)
    assert events(address) == []
    desk.sign(desk.answered(draft))
    assert len(events(address)) == 1


def test_what_did_not_change_is_not_sent_again(desk: Desk) -> None:
    address = made(desk.people["team_head"])
    first = Client().get(address)
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    desk.open()
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert Client().head(address).status_code == 200
    assert "no-store" not in first["Cache-Control"]
    assert "sid" not in first.cookies


def test_the_address_is_shown_once_made_anew_and_taken_back(desk: Desk) -> None:
    head = desk.people["team_head"]
    client = Client()
    client.force_login(head)
    assert "chưa có địa chỉ" in client.get(PAGE).content.decode()
    first = made(head)
    token = first.split("/")[-1].removesuffix(".ics")
    assert token not in client.get(PAGE).content.decode()
    assert token not in CalendarFeed.objects.get().digest
    second = made(head)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    assert client.post(f"{PAGE}removal/").status_code == 302
    assert Client().get(second).status_code == 404
    assert client.post(f"{PAGE}removal/").status_code == 404
    with pytest.raises(RuleBroken):
        revoke_feed(head, by=head)
    told = Notice.objects.filter(person=head, subject__contains="địa chỉ lịch")
    assert list(told.values_list("url", flat=True)) == [PAGE] * 3, "where the address can be taken back"
    assert [*differences()] == []
    for wrong in ("x", "ă", "%00", "a" * 3000):
        assert Client().get(f"/calendar/feeds/{wrong}.ics").status_code in (400, 404, 422), wrong


@pytest.mark.parametrize("act", [set_temporary_password, deactivate_account, reset_factors])
def test_an_account_that_is_shaken_loses_it(desk: Desk, act: Any) -> None:
    head, admin = desk.people["team_head"], desk.people["system_admin"]
    address = made(head)
    act(head, by=admin, **({"reason": "Mất điện thoại"} if act is reset_factors else {}))
    assert Client().get(address).status_code == 404
    assert not CalendarFeed.objects.exists()
    assert [*differences()] == []


def test_it_opens_nothing_while_a_factor_is_missing(desk: Desk, settings: Any) -> None:
    head = desk.people["team_head"]
    address = made(head)
    settings.SECOND_FACTOR = "required"
    assert Client().get(address).status_code == 404
    app_of(head)
    assert Client().get(address).status_code == 404, "it was made by the password alone, and goes with the first factor"
    assert Client().get(made(head)).status_code == 200


def test_an_administrator_sees_that_there_is_one_and_takes_it_back(desk: Desk) -> None:
    head, admin = desk.people["team_head"], desk.people["system_admin"]
    client, place = Client(), f"/people/{head.uid}/calendar/"
    client.force_login(admin)
    assert place in client.get(f"/people/{head.uid}/").content.decode()
    assert "chưa có địa chỉ lịch" in client.get(place).content.decode()
    assert client.post(place, {"reason": "Mất điện thoại"}).status_code == 422, "there is none"
    address = made(head)
    page = client.get(place).content.decode()
    assert "Địa chỉ tạo lúc" in page
    assert address.split("/")[-1] not in page
    assert client.post(place, {"reason": ""}).status_code == 422
    assert Client().get(address).status_code == 200
    assert client.post(place, {"reason": "Mất điện thoại"}).status_code == 302
    assert Client().get(address).status_code == 404
    assert Notice.objects.get(person=head, text__contains="Mất điện thoại").url == PAGE
    client.force_login(desk.people["leader"])
    assert client.get(place).status_code == 403
    assert [*differences()] == []


def test_nobody_takes_back_the_own_one_with_a_reason(desk: Desk) -> None:
    admin = desk.people["system_admin"]
    made(admin)
    with pytest.raises(RuleBroken, match="của chính bạn"):
        revoke_feed_of(admin, by=admin, reason="Mất điện thoại")
    with pytest.raises(NotAllowed):
        revoke_feed_of(admin, by=desk.people["leader"], reason="Mất điện thoại")


def test_addresses_at_the_machine(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    head, address = desk.people["team_head"], made(desk.people["team_head"])
    made(desk.people["leader"])
    late = datetime(2026, 1, 31, 20, tzinfo=UTC)
    CalendarFeed.objects.filter(person=head).update(last_used_at=late)
    call_command("calendar", "list", head.username.upper())
    assert capsys.readouterr().out == f"{head.username}\t{timezone.localdate()}\t2026-02-01\n", "days of here"
    call_command("calendar", "list")
    assert len(capsys.readouterr().out.splitlines()) == 2
    call_command("calendar", "revoke", head.username, "--reason", "Địa chỉ bị lộ")
    assert Client().get(address).status_code == 404
    assert Notice.objects.filter(person=head, text__contains="Địa chỉ bị lộ").count() == 1
    for wrong in (head.username, "khong-co"):
        with pytest.raises(BadInput, match="không có địa chỉ lịch"):
            call_command("calendar", "revoke", wrong, "--reason", "Địa chỉ bị lộ")


def test_everybody_makes_ones_own(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        make_feed(desk.people["team_head"], by=desk.people["system_admin"])


WORDS = st.text(min_size=1, max_size=200)


@given(what=WORDS, about=WORDS)
def test_whatever_a_unit_is_called_can_be_read_back(what: str, about: str) -> None:
    lines = [Dated(what, about, "/x/", date(2026, 1, 31)), Dated(what, about, "/x/", date(2026, 1, 31))]
    text = calendar(lines, name=about, base="https://kycuong.example", stamp=datetime(2026, 1, 1, tzinfo=UTC))
    _head, found = read(text.encode("utf-8", "surrogateescape"))
    expected = " ".join(f"{what} · {about}".split())
    assert {one["SUMMARY"] for one in found} == {"".join(letter for letter in expected if letter.isprintable())}
    assert {one["DTEND"] for one in found} == {"20260201"}


def test_lines_are_folded_within_75_bytes() -> None:
    assert folded("a" * 75) == "a" * 75
    assert folded("a" * 76) == "a" * 75 + "\r\n a"
    assert all(len(part.encode()) <= 75 for part in folded("ộ" * 300).split("\r\n"))


def test_no_log_of_requests_keeps_the_address() -> None:
    """Ours knows patterns only (core/access.py); the proxy's is off there."""
    text = (Path(__file__).parents[2] / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    found = re.search(r"location /calendar/feeds/ \{([^}]*)\}", text)
    assert found
    assert "access_log off;" in found[1]
