"""What announcements show, and to whom: readers and writers, heirs of units that have ended, order, origin, the answer to a script."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.notices import queries
from kycuong.notices.actions import end_announcement, write_announcement
from kycuong.notices.models import Announcement, PutAway
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import Draft, absorb_units, merge_units, move_unit
from kycuong.orgs.models import Unit
from tests.desk import Desk

pytestmark = pytest.mark.django_db


def announced(desk: Desk, unit: Unit, text: str, **given: object) -> Announcement:
    options: dict[str, object] = {"last_on": today() + timedelta(days=9), **given}
    return write_announcement(by=desk.people["aggregator"], unit=unit, text=text, **options)  # type: ignore[arg-type]


def reader(desk: Desk, who: str) -> Client:
    client = Client()
    client.force_login(desk.people[who])
    return client


def seen(desk: Desk, who: str) -> set[str]:
    client = reader(desk, who)
    page = client.get("/announcements/").content.decode()
    listed = {one["text"] for one in client.get("/api/v1/announcements").json()["announcements"]}
    assert all((text in page) == (text in listed) for text in ("Chưa tới", "Đã thôi", "Đang hiện ra"))
    return listed


def merged(desk: Desk) -> Unit:
    with at_the_machine():
        into = Draft("Xã Hợp Nhất", "commune_pc", desk.units["other_district"])
        old = [desk.units["commune"], desk.units["second_commune"]]
        return merge_units(old, by=None, on=today(), into=into).born[0]


def shown(desk: Desk, who: str) -> set[str]:
    return {one.text for one in queries.shown_to(desk.people[who])}


def test_readers_see_what_has_begun_and_was_not_ended_and_writers_all(desk: Desk) -> None:
    unit = desk.units["department"]
    announced(desk, unit, "Chưa tới", first_on=today() + timedelta(days=1))
    end_announcement(announced(desk, unit, "Đã thôi"), by=desk.people["aggregator"])
    announced(desk, unit, "Đang hiện ra")
    assert seen(desk, "team_head") == {"Đang hiện ra"}
    assert seen(desk, "system_admin") == {"Đang hiện ra", "Đã thôi", "Chưa tới"}


def test_what_was_ended_while_a_page_was_open_is_put_away_in_peace_and_what_has_not_begun_is_not_there(
    desk: Desk,
) -> None:
    row = announced(desk, desk.units["department"], "Đã thôi")
    end_announcement(row, by=desk.people["aggregator"])
    client = reader(desk, "team_head")
    assert client.post(f"/announcements/{row.uid}/putting-away/", {"next": "/mine/"}).headers["Location"] == "/mine/"
    future = announced(desk, desk.units["department"], "Chưa tới", first_on=today() + timedelta(days=1))
    assert client.post(f"/announcements/{future.uid}/putting-away/").status_code == 404


def test_people_of_a_merged_unit_see_what_is_for_its_heir_and_those_above_the_heir(desk: Desk) -> None:
    heir = merged(desk)
    announced(desk, heir, "Cho xã mới")
    announced(desk, desk.units["other_district"], "Cho huyện của xã mới")
    announced(desk, desk.units["district"], "Cho huyện cũ")
    assert shown(desk, "unit_head") == {"Cho xã mới", "Cho huyện của xã mới"}
    assert shown(desk, "coordinator") == {"Cho huyện cũ"}
    assert {one.text for one in queries.announcements(desk.people["unit_head"])} == shown(desk, "unit_head")


def test_what_was_announced_to_a_unit_that_ended_reaches_its_heirs(desk: Desk) -> None:
    announced(desk, desk.units["second_commune"], "Cho xã đã sáp nhập")
    assert shown(desk, "unit_head") == set()
    with at_the_machine():
        absorb_units([desk.units["second_commune"]], by=None, on=today(), into=desk.units["commune"])
    assert shown(desk, "unit_head") == {"Cho xã đã sáp nhập"}
    assert shown(desk, "outsider") == shown(desk, "coordinator") == set()


def test_a_unit_that_has_ended_is_told_nothing_and_its_heirs_are_named(desk: Desk) -> None:
    merged(desk)
    with pytest.raises(BadInput, match="Xã Hợp Nhất"):
        announced(desk, desk.units["commune"], "Muộn rồi")
    typed = {"text": "Muộn", "unit": desk.units["commune"].slug, "last_on": f"{today():%d/%m/%Y}"}
    answer = reader(desk, "aggregator").post("/announcements/new/", typed)
    assert answer.status_code == 422
    assert "Hãy gửi tới đơn vị kế thừa: Xã Hợp Nhất" in answer.content.decode()
    assert not Announcement.objects.exists()


def test_when_it_was_written_and_by_which_role_stands_with_it(desk: Desk) -> None:
    row = announced(desk, desk.units["department"], "Đang hiện ra")
    client = reader(desk, "team_head")
    when = f"đăng {timezone.localtime(row.written_at):%d/%m/%Y %H:%M}"
    for address in ("/mine/", "/announcements/"):
        page = client.get(address).content.decode()
        assert when in page
        assert 'Cán bộ tổng hợp (Sở Nội vụ), <span lang="vi">Tỉnh Thử Nghiệm</span>' in page
        assert "Người aggregator" not in page
    assert 'gửi <span lang="vi">Sở Nội vụ</span>' in client.get("/mine/").content.decode()
    [one] = client.get("/api/v1/announcements").json()["announcements"]
    assert one["writer"] == "Cán bộ tổng hợp (Sở Nội vụ), Tỉnh Thử Nghiệm"
    desk.people["aggregator"].assignments.update(role="leader")
    [one] = client.get("/api/v1/announcements").json()["announcements"]
    assert one["writer"] == "Người aggregator"


def test_the_newest_first_day_comes_first_three_at_most_and_a_link_tells_of_the_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = announced(desk, desk.units["department"], "Viết trước, từ mai", first_on=today() + timedelta(days=1))
    for number in range(3):
        announced(desk, desk.units["department"], f"Hôm nay {number}")
    client = reader(desk, "team_head")
    assert "thông báo</a>" not in client.get("/mine/").content.decode()
    tomorrow = later.first_on
    for module in ("queries", "models.announcements"):
        monkeypatch.setattr(f"kycuong.notices.{module}.today", lambda: tomorrow)
    texts = [one.text for one in queries.shown_to(desk.people["team_head"])]
    assert texts == ["Viết trước, từ mai", "Hôm nay 2", "Hôm nay 1"]
    assert '<a href="/announcements/">còn 1 thông báo</a>' in client.get("/mine/").content.decode()
    assert [one.text for one in queries.announcements(desk.people["team_head"])][:2] == texts[:2]


def test_a_script_is_answered_with_nothing_and_a_form_with_a_page(desk: Desk) -> None:
    row, client = announced(desk, desk.units["department"], "Đang hiện ra"), reader(desk, "team_head")
    address = f"/announcements/{row.uid}/putting-away/"
    assert Client().post(address, headers={"Accept": "application/json"}).status_code != 204
    assert not PutAway.objects.exists()
    answer = client.post(address, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.content, PutAway.objects.count()) == (204, b"", 1)
    assert client.post(address).status_code == 302


def test_the_list_offers_to_end_only_what_may_be_ended_today(desk: Desk) -> None:
    """A unit that was once under the writer's and now stands elsewhere is none of theirs any more."""
    writer = desk.people["coordinator"]
    writer.assignments.update(role="system_admin")
    row = announced(desk, desk.units["commune"], "Đang hiện ra")
    address = f"/announcements/{row.uid}/ending/"
    assert address in reader(desk, "coordinator").get("/announcements/").content.decode()
    with at_the_machine():
        move_unit(desk.units["commune"], by=None, on=today(), to=desk.units["other_district"])
    page = reader(desk, "coordinator").get("/announcements/").content.decode()
    assert "Đang hiện ra" in page
    assert address not in page
    assert address in reader(desk, "aggregator").get("/announcements/").content.decode()
