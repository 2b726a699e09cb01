"""Announcements: who writes them, whom they reach, until when; put away by each for oneself; and what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from kycuong.audit.models import AuditEntry
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.notices.actions import end_announcement, write_announcement
from kycuong.notices.inbox import put_away
from kycuong.notices.models import Announcement, PutAway
from kycuong.notices.queries import shown_to
from tests.desk import Desk

SAID = "Họp giao ban lúc 8 giờ <b>thứ hai</b>"
pytestmark = pytest.mark.django_db


def announced(desk: Desk, unit: str = "department", **given: object) -> Announcement:
    options: dict[str, object] = {"text": SAID, "last_on": today(), **given}
    return write_announcement(by=desk.people["aggregator"], unit=desk.units[unit], **options)  # type: ignore[arg-type]


def reader(desk: Desk, who: str) -> Client:
    client = Client()
    client.force_login(desk.people[who])
    return client


def test_it_reaches_the_people_of_the_unit_and_of_those_below_and_nobody_else(desk: Desk) -> None:
    announced(desk, "district")
    reached = {who for who, person in desk.people.items() if SAID in [one.text for one in shown_to(person)]}
    assert reached == {"coordinator", "unit_head"}
    announced(desk, "province", text="Toàn tỉnh")
    everybody = {who for who, person in desk.people.items() if "Toàn tỉnh" in [one.text for one in shown_to(person)]}
    assert everybody == set(desk.people) - {"nobody"}


def test_it_stands_on_every_page_escaped_until_it_is_put_away(desk: Desk) -> None:
    row, client = announced(desk), reader(desk, "team_head")
    text = client.get("/mine/").content.decode()
    assert "Họp giao ban lúc 8 giờ &lt;b&gt;thứ hai&lt;/b&gt;" in text
    assert "aria-live" not in text
    assert f'lang="vi">: {escape(SAID)}</span>' in text
    assert '<p lang="vi">' in text
    assert '<span lang="vi">Sở Nội vụ</span>' in text
    assert '<p role="status" data-told></p>' in text
    answer = client.post(f"/announcements/{row.uid}/putting-away/", {"next": "/mine/"})
    assert answer.headers["Location"] == "/mine/"
    assert "Họp giao ban" not in client.get("/mine/").content.decode()
    assert "Họp giao ban" in client.get("/announcements/").content.decode()
    assert "Họp giao ban" in reader(desk, "team_member").get("/mine/").content.decode()


def test_putting_away_twice_is_once_and_leads_nowhere_else(desk: Desk) -> None:
    row, client = announced(desk), reader(desk, "team_head")
    for _again in range(2):
        answer = client.post(f"/announcements/{row.uid}/putting-away/", {"next": "//example.org/"})
        assert answer.headers["Location"] == "/announcements/"
    assert PutAway.objects.count() == 1


def test_it_is_shown_from_its_first_day_to_its_last(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = today() + timedelta(days=2)
    announced(desk, first_on=first, last_on=first + timedelta(days=1))
    shown = []
    for day in range(5):
        monkeypatch.setattr("kycuong.notices.queries.today", lambda day=day: today() + timedelta(days=day))
        shown.append(bool(shown_to(desk.people["team_head"])))
    assert shown == [False, False, True, True, False]


def test_ended_it_is_gone_and_cannot_be_ended_again(desk: Desk) -> None:
    row = announced(desk)
    end_announcement(row, by=desk.people["system_admin"])
    assert shown_to(desk.people["team_head"]) == []
    with pytest.raises(RuleBroken):
        end_announcement(row, by=desk.people["system_admin"])
    told = [bytes(one.meta) for one in AuditEntry.objects.filter(model="notices.Announcement").order_by("seq")]
    assert [b"announcement.write" in told[0], b"announcement.stop" in told[1], len(told)] == [True, True, 2]


def test_only_who_may_writes_and_only_for_the_own_units(desk: Desk) -> None:
    for who in ("leader", "team_head", "coordinator", "unit_head", "nobody"):
        with pytest.raises(NotAllowed):
            write_announcement(by=desk.people[who], unit=desk.units["commune"], text=SAID, last_on=today())
    row = announced(desk)
    with pytest.raises(NotAllowed):
        end_announcement(row, by=desk.people["team_head"])


@pytest.mark.parametrize(
    "given",
    [
        {"text": "  "},
        {"text": "a" * 501},
        {"last_on": today() - timedelta(days=1)},
        {"first_on": today() + timedelta(days=2)},
        {"first_on": today() - timedelta(days=1)},
        {"last_on": today() + timedelta(days=400)},
        {"text": "a\0b"},
    ],
)
def test_what_cannot_be_announced_is_refused_in_words(desk: Desk, given: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        announced(desk, **given)
    assert not Announcement.objects.exists()
    assert not AuditEntry.objects.filter(model="notices.Announcement").exists()


def test_nothing_announced_asks_no_question_and_something_one(desk: Desk) -> None:
    client, counts = reader(desk, "team_head"), []
    client.get("/days-off/")
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/days-off/")
        counts.append(len(queries))
        asked = [query["sql"] for query in queries if 'FROM "notices_announcement"' in query["sql"]]
        announced(desk, "department")
    assert len(asked) == 2, "inside the question for the unit, and once for itself"
    assert counts[1] == counts[0] + 1


def test_it_is_never_on_paper_and_never_for_everybody(desk: Desk) -> None:
    announced(desk, "province")
    client = reader(desk, "aggregator")
    assert "Họp giao ban" in client.get("/figures/", follow=True).content.decode()
    print_page = client.get(f"/figures/print/?scope={desk.units['department'].slug}&from=2019-01-01&to=2019-04-30")
    assert print_page.status_code == 200
    assert "Họp giao ban" not in print_page.content.decode()
    assert "Họp giao ban" not in Client().get("/sign-in/").content.decode()


def test_the_page_writes_lists_and_ends(desk: Desk) -> None:
    client = reader(desk, "system_admin")
    typed = {"text": SAID, "unit": desk.units["department"].slug, "last_on": f"{today():%d/%m/%Y}"}
    assert client.post("/announcements/new/", {**typed, "text": ""}).status_code == 422
    assert client.post("/announcements/new/", typed).headers["Location"] == "/announcements/"
    row = Announcement.objects.get()
    assert (row.first_on, row.written_by) == (today(), desk.people["system_admin"])
    assert "Đang hiện" in client.get("/announcements/").content.decode()
    assert client.post(f"/announcements/{row.uid}/ending/").status_code == 302
    assert "Đã kết thúc sớm" in client.get("/announcements/").content.decode()


def test_a_program_reads_writes_and_ends(desk: Desk) -> None:
    client = reader(desk, "aggregator")
    said = {"unit": desk.units["department"].slug, "text": "Qua API", "last_on": today().isoformat()}
    made = client.post("/api/v1/announcements", said, content_type="application/json")
    assert made.status_code == 201, made.content
    assert made.json()["running"] is True
    wrong = client.post("/api/v1/announcements", {**said, "ended_by": 1}, content_type="application/json")
    assert wrong.status_code == 422
    listed = reader(desk, "team_head").get("/api/v1/announcements").json()
    assert [one["text"] for one in listed["announcements"]] == ["Qua API"]
    ended = client.post(f"/api/v1/announcements/{made.json()['uid']}/ending")
    assert ended.json()["running"] is False


def test_who_has_put_one_away_still_sees_the_next(desk: Desk) -> None:
    put_away(announced(desk), desk.people["team_head"])
    announced(desk, text="Thông báo thứ hai")
    assert [one.text for one in shown_to(desk.people["team_head"])] == ["Thông báo thứ hai"]


def test_the_list_asks_as_often_for_many_as_for_one(desk: Desk) -> None:
    client, counts = reader(desk, "aggregator"), []
    client.get("/announcements/")
    for unit in ("department", "district", "commune"):
        announced(desk, unit)
        with CaptureQueriesContext(connection) as queries:
            client.get("/announcements/")
        counts.append(len(queries))
    assert counts[1] == counts[2]
