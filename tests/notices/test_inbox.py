"""The inbox is its person's alone: what is read is marked, counted in the head of every page, and asked by programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from kycuong.notices.models import MailWish, Notice
from kycuong.notices.telling import tell
from tests.desk import Desk

SignIn = Callable[[Any], Client]


def test_a_notice_is_opened_marked_and_no_longer_counted(desk: Desk, as_person: SignIn) -> None:
    head, client = desk.people["unit_head"], as_person(desk.people["unit_head"])
    for number in (1, 2, 3):
        tell([head], key=f"k{number}", subject=f"Việc số {number}", url="/mine/", due=number == 3)
    tell([desk.people["leader"]], key="k1", subject="Chuyện của lãnh đạo", url="/mine/")
    page = client.get("/calendar/").content.decode()
    assert "3<span" in page.split("account-unread")[1][:40]
    text = client.get("/notices/").content.decode()
    assert text.index("Việc số 3") < text.index("Việc số 2")
    assert "Chuyện của lãnh đạo" not in text
    first, second, third = Notice.objects.filter(person=head).order_by("pk")
    assert client.post(f"/notices/{third.uid}/reading/", {"open": "1"}).url == "/mine/"  # type: ignore[attr-defined]
    text = client.get("/notices/").content.decode()
    assert text.index("Việc số 2") < text.index("Việc số 3"), "what is unread stands first"
    assert "Việc số 3" not in client.get("/notices/?show=unread").content.decode()
    assert "Việc số 2" not in client.get("/notices/?show=due").content.decode()
    client.post("/notices/reading/", {"until": str(first.pk)})
    second.refresh_from_db()
    assert second.read_at is None, "it came after the page was shown"
    for odd in ("²", "9" * 5000, "", "12345678"):
        client.post("/notices/reading/", {"until": odd})
        assert "account-unread" in client.get("/calendar/").content.decode(), "nothing that was not shown is marked"
    client.post("/notices/reading/", {"until": str(third.pk)})
    assert "account-unread" not in client.get("/calendar/").content.decode()


def test_programs_ask_for_their_own_and_the_first_reading_stays(desk: Desk, as_person: SignIn) -> None:
    head, other = desk.people["unit_head"], desk.people["system_admin"]
    tell([head], key="k", subject="Việc", url="/mine/", text="Chi tiết")
    client = as_person(head)
    [told] = client.get("/api/v1/notices?unread=true").json()["notices"]
    assert (told["subject"], told["text"], told["url"], told["read_at"]) == ("Việc", "Chi tiết", "/mine/", None)
    assert as_person(other).get("/api/v1/notices").json()["total"] == 0
    place = f"/api/v1/notices/{told['uid']}/reading"
    assert as_person(other).post(place).status_code == 404
    read = [client.post(place).json()["read_at"] for _ in range(2)]
    assert read[0] == read[1] is not None
    assert client.get("/api/v1/notices?unread=true").json()["total"] == 0


def test_a_person_sets_how_to_hear_by_mail(desk: Desk, as_person: SignIn) -> None:
    head = desk.people["unit_head"]
    client = as_person(head)
    text = client.get("/notices/settings/").content.decode()
    assert "chưa đặt máy chủ thư" in text
    assert "chưa có địa chỉ thư điện tử" in text
    assert client.post("/notices/settings/", {"wish": "due"}).status_code == 302
    assert client.post("/notices/settings/", {"wish": "hourly"}).status_code == 422
    assert MailWish.objects.get(person=head).wish == "due"
