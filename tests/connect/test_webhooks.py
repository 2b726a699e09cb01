"""Other programs are told what happens: signed, in order, again when it is not taken; and only what the owner may see."""

from __future__ import annotations

import socket
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from kycuong.audit.reconcile import differences
from kycuong.connect import posting
from kycuong.connect.actions import make_webhook, remove_webhook, resume_webhook, send_again, try_webhook
from kycuong.connect.models import Delivery, Destination
from kycuong.connect.rules.webhooks import AGAIN, is_private
from kycuong.connect.tasks import send_due, send_waiting, sending
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.followup import actions as followup
from kycuong.inspections import actions as inspecting
from kycuong.inspections.models import Visit
from kycuong.notices.models import Notice
from kycuong.orgs.actions import deactivate_account
from kycuong.orgs.authority import at_the_machine
from kycuong.rounds.actions import sign_round
from tests.clocks import Jumping
from tests.connect.receiver import Receiver, genuine, made, receiver
from tests.desk import Desk
from tests.followup.issued import drafted as concluding
from tests.followup.issued import issue
from tests.notices.post import certificate
from tests.rounds.asked import opened
from tests.sealed import seal

pytestmark = pytest.mark.django_db


def test_what_happens_is_told_in_order_signed_and_without_a_word_of_the_record(desk: Desk, there: Receiver) -> None:
    _place, secret = made(desk, there)
    conclusion = concluding(desk)
    visit = conclusion.visit
    issue(desk, conclusion)
    assert send_due() == 4
    kinds = ["visit.signed", "conclusion.issued", "recommendation.issued", "recommendation.issued"]
    assert [one["type"] for one in there.told] == kinds
    first = there.told[0]
    assert first["data"] == {
        "uid": str(visit.uid),
        "url": f"/api/v1/visits/{visit.uid}",
        "unit": str(visit.unit.uid),
    }
    assert set(first) == {"type", "timestamp", "data"}
    for headers, body in there.got:
        assert genuine(secret, headers, body)
        assert not genuine(secret, headers, body + b" ")
    assert len(set(there.ids)) == 4
    assert send_due() == 0, "nothing is told twice"


def test_changes_and_ends_are_told(desk: Desk, there: Receiver) -> None:
    made(desk, there, ["visit.annulled", "visit.corrected", "recommendation.changed", "recommendation.settled"])
    conclusion = concluding(desk)
    issue(desk, conclusion)
    one = conclusion.visit.recommendations.first()
    followup.acknowledge(one, by=desk.people["unit_head"])
    followup.close_recommendation(one, by=desk.people["leader"], reason="Đơn vị đã giải thể")
    person = desk.people["team_head"]
    inspecting.add_addendum(
        conclusion.visit,
        by=person,
        text="Bổ sung số biên bản.",
        reason="Ghi thiếu một số văn bản",
        team_signatory="A",
        unit_signatory="B",
    )
    inspecting.annul_visit(conclusion.visit, by=desk.people["aggregator"], reason="Ghi nhầm đơn vị")
    send_due()
    told = [one["type"] for one in there.told]
    assert told[:2] == ["recommendation.changed", "recommendation.settled"]
    assert told.index("visit.corrected") < told.index("visit.annulled")


def test_a_signed_round_is_told(desk: Desk, there: Receiver) -> None:
    made(desk, there, ["round.signed"])
    found = opened(desk)
    sign_round(found, by=desk.people["aggregator"])
    send_due()
    assert [(one["type"], one["data"]["unit"]) for one in there.told] == [
        ("round.signed", str(desk.units["province"].uid))
    ]


def test_only_what_its_owner_may_see_when_it_is_sent(
    desk: Desk, there: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, _secret = made(desk, there)
    visit = desk.signed()
    draft = desk.answered(desk.visit())
    Delivery.objects.create(destination=place, kind="visit.signed", subject=draft.uid)
    assert send_due() == 1
    assert [one["data"]["uid"] for one in there.told] == [str(visit.uid)], (
        "nothing unsigned, whatever stands in the queue"
    )
    assert not Delivery.objects.filter(subject=draft.uid).exists(), "and no trace that there was something"
    Destination.objects.update(owner=desk.outsider)
    Delivery.objects.create(destination=place, kind="visit.signed", subject=visit.uid)
    monkeypatch.setattr(sending, "_forbidden", lambda destination: None)
    assert send_due() == 0
    assert len(there.got) == 1


def test_of_what_is_sealed_nothing_is_even_noted(desk: Desk, there: Receiver) -> None:
    place, _secret = made(desk, there)
    seal(desk)
    assert Delivery.objects.count() == 0
    sealed = Visit.objects.filter(inspection__sealed_at__isnull=False)
    assert sealed.exists()
    for one in sealed:
        Delivery.objects.create(destination=place, kind="visit.signed", subject=one.uid)
    assert send_due() == 0
    assert there.got == []


def test_an_act_that_fails_tells_nothing(desk: Desk, there: Receiver) -> None:
    made(desk, there)
    visit = desk.answered(desk.visit())
    with transaction.atomic():
        desk.sign(visit)
        assert Delivery.objects.count() == 1
        transaction.set_rollback(True)
    assert Delivery.objects.count() == 0


def test_failures_are_tried_again_later_in_order_and_then_a_person_is_told(
    desk: Desk, there: Receiver, clock: Jumping
) -> None:
    place, _secret = made(desk, there)
    there.answers = [500]
    first, second = desk.signed(), desk.signed()
    for number, wait in enumerate(AGAIN, 1):
        assert send_due() == 0
        assert len(there.got) == number, "the first holds up the second"
        clock.by(wait - timedelta(seconds=2))
        send_due()
        assert len(there.got) == number, "not before its time"
        clock.by(timedelta(seconds=3))
    send_due()
    place.refresh_from_db()
    assert (place.state, len(there.got)) == ("paused", 8)
    assert "Đã thử 8 lần không được: trả lời lỗi 500." in place.why
    assert Notice.objects.filter(person=place.owner, subject__startswith="Tạm dừng gửi").count() == 1
    assert len(set(there.ids)) == 1, "the same id each time"
    clock.by(timedelta(days=2))
    assert send_due() == 0
    there.answers = [200]
    resume_webhook(place, by=place.owner)
    assert send_due() == 2
    assert [one["data"]["uid"] for one in there.told[-2:]] == [str(first.uid), str(second.uid)]


@pytest.mark.parametrize(
    ("answer", "outcome", "status"), [(302, "redirect", 302), (500, "refused", 500), (410, "refused", 410)]
)
def test_answers_that_are_no_success(desk: Desk, there: Receiver, answer: int, outcome: str, status: int) -> None:
    place, _secret = made(desk, there)
    there.answers = [answer, 200]
    desk.signed()
    assert send_due() == 0
    assert len(there.got) == 1, "no redirect is followed"
    one = Delivery.objects.get()
    assert (one.done, one.outcome, one.status, one.tries) == (False, outcome, status, 1)
    place.refresh_from_db()
    assert place.state == ("paused" if answer == 410 else "active")


def test_who_is_slow_or_closed_holds_up_nothing_else(
    desk: Desk, there: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.3)
    there.slow = 1
    made(desk, there, ["visit.signed"])
    with receiver() as other:
        settings.WEBHOOK_HOSTS |= {("127.0.0.1", other.port)}
        made(desk, other, ["visit.signed"])
        with receiver() as closed:
            settings.WEBHOOK_HOSTS |= {("127.0.0.1", closed.port)}
            made(desk, closed, ["visit.signed"])
        desk.signed()
        assert send_due() == 1
        assert len(other.got) == 1
    assert sorted(Delivery.objects.values_list("outcome", flat=True)) == ["slow", "taken", "unreachable"]


@pytest.mark.parametrize("drip", [0, 0.2])
def test_the_status_alone_decides_however_long_the_rest(
    desk: Desk, there: Receiver, monkeypatch: pytest.MonkeyPatch, drip: float
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.6)
    made(desk, there)
    there.length, there.drip = 50_000_000, drip
    desk.signed()
    assert send_due() == 1
    assert there.written < 10_000_000, "no more than what lies in buffers"


def test_a_certificate_is_looked_at(desk: Desk, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, public = certificate(tmp_path)
    with receiver(context) as there:
        settings.WEBHOOK_HOSTS = frozenset({("127.0.0.1", there.port)})
        place, secret = made(desk, there)
        desk.signed()
        assert send_due() == 0
        assert (Delivery.objects.get().outcome, there.got) == ("certificate", [])
        monkeypatch.setenv("SSL_CERT_FILE", str(public))
        send_again(Delivery.objects.get(), by=place.owner)
        assert send_due() == 1
        assert genuine(secret, *there.got[0])


def test_a_public_name_never_leads_into_a_private_network(there: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    assert posting.post(there.address, b"{}", {}, private=False) == ("private", None)
    assert there.got == []
    assert posting.post(there.address, b"{}", {}, private=True) == ("taken", None)
    asked, real, opened = [], socket.getaddrinfo, []

    def changing(host: str, *given: Any, **options: Any) -> Any:
        """A name that leads to a public address when it is looked at, and home from then on."""
        if host != "hooks.example":
            return real(host, *given, **options)
        asked.append(host)
        address = "8.8.8.8" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443))]

    def noting(place: tuple[str, int], *_given: Any, **_options: Any) -> socket.socket:
        opened.append(place[0])
        raise OSError("no line leaves this machine")

    monkeypatch.setattr(socket, "getaddrinfo", changing)
    monkeypatch.setattr(socket, "create_connection", noting)
    assert posting.post("https://hooks.example/", b"{}", {}, private=False) == ("unreachable", None)
    assert (asked, opened) == (["hooks.example"], ["8.8.8.8"]), "the line goes to the address that was looked at"
    assert posting.post("https://hooks.example/", b"{}", {}, private=False) == ("private", None)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
    ]
    + [
        "::ffff:10.0.0.1",
        "2002:a00:1::",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "fec0::1",
        "::7f00:1",
        "ff02::1",
        "2001:db8::1",
    ],
)
def test_what_is_no_public_address(address: str) -> None:
    assert is_private(address)
    assert not any(map(is_private, ("8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8")))


class Killed(BaseException):
    """The process is gone: nothing is caught."""


def test_killed_between_sending_and_noting_it_is_sent_again_under_the_same_id(
    desk: Desk, there: Receiver, clock: Jumping, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(desk, there)
    desk.signed()

    def die(*_given: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_note", die)
        with pytest.raises(Killed):
            send_due()
    Destination.objects.update(holder="nobody lives here", held_at=clock.by(timedelta()))  # no `finally` runs in a kill
    assert send_due() == 0, "another run might live"
    clock.by(timedelta(minutes=2))
    assert send_due() == 1
    assert len(there.ids) == 2
    assert len(set(there.ids)) == 1


def test_where_it_may_be_sent_is_the_installation_s_word(desk: Desk, there: Receiver, settings: Any) -> None:
    person = desk.people["aggregator"]
    for address in (
        f"http://127.0.0.1:{there.port + 1}/",
        "https://hooks.example:8443/",
        "https://169.254.169.254/latest/",
        "http://hooks.example/",
        "https://user:word@hooks.example/",
        "ftp://hooks.example/",
        "https://hooks.example/#x",
        "https://hooks.example:99999/",
        "https://hooks.example:0/",
        "https://hooks.example/?token=abc",
        "https://hooks.example/?",
        "https:///x",
        "https://hooks.example.evil.example/",
    ):
        settings.WEBHOOK_HOSTS = frozenset({("127.0.0.1", there.port), ("hooks.example", None)})
        with pytest.raises((BadInput, RuleBroken)):
            make_webhook(person, by=person, name="Nơi khác", address=address, kinds=["visit.signed"])
    place, _secret = made(desk, there)
    desk.signed()
    listed = frozenset({("127.0.0.1", there.port)})
    settings.WEBHOOK_HOSTS = frozenset({("hooks.example", None)})
    assert send_due() == 0
    place.refresh_from_db()
    assert (place.state, there.got) == ("active", []), "another process may be allowed to: it waits, and is not paused"
    said = StringIO()
    call_command("webhooks", "list", stdout=said)
    assert f"không có http://127.0.0.1:{there.port}" in said.getvalue()
    with pytest.raises(RuleBroken):
        try_webhook(place, by=place.owner)
    settings.WEBHOOK_HOSTS = listed
    assert send_due() == 1


def test_whose_account_is_shaken_is_told_nothing_more(desk: Desk, there: Receiver) -> None:
    place, _secret = made(desk, there)
    desk.signed()
    with at_the_machine():
        deactivate_account(place.owner, by=None)
    assert send_due() == 0
    place.refresh_from_db()
    assert (place.state, there.got) == ("paused", [])


@pytest.mark.parametrize("who", ["leader", "team_head", "system_admin", "nobody"])
def test_only_who_gathers_for_all_makes_one(desk: Desk, there: Receiver, who: str) -> None:
    person = desk.people[who]
    with pytest.raises(NotAllowed):
        make_webhook(person, by=person, name="Của tôi", address=there.address, kinds=["visit.signed"])


def test_the_secret_is_shown_once_and_kept_sealed(desk: Desk, there: Receiver, as_person: Any) -> None:
    client = as_person(desk.people["aggregator"])
    form = {"name": "Trục", "address": there.address, "kinds": ["visit.signed"]}
    answer = client.post("/webhooks/new/", form).content.decode()
    place = Destination.objects.get()
    assert place.secret() in answer
    assert place.secret() not in place.sealed
    assert place.secret() not in client.get(place.get_absolute_url()).content.decode()
    assert place.secret() not in client.get("/api/v1/webhooks").content.decode()
    assert list(differences()) == []


def test_pages_show_what_was_sent_and_send_it_again(desk: Desk, there: Receiver, as_person: Any) -> None:
    place, _secret = made(desk, there)
    there.answers = [500, 200]
    visit = desk.signed()
    client: Client = as_person(place.owner)
    page = place.get_absolute_url()
    assert str(visit.uid) not in client.get(page).content.decode(), (
        "what waits may be of something that one may not see"
    )
    send_due()
    assert "trả lời lỗi" in client.get(page).content.decode()
    one = Delivery.objects.get()
    client.post(f"{page}deliveries/{one.uid}/again/")
    client.post(f"{page}trial/")
    assert send_due() == 2
    assert [told["type"] for told in there.told] == ["visit.signed", "test", "visit.signed"], "a trial goes first"
    assert there.ids[0] == there.ids[2]
    assert "đã nhận" in client.get(page).content.decode()
    listed = client.get("/webhooks/").content.decode()
    assert "Trục liên thông" in listed
    assert "Đang gửi" in listed
    Destination.objects.update(state="paused", why="Không kết nối được")
    assert "Tạm dừng" in client.get("/webhooks/").content.decode()
    assert "Gửi tiếp" in client.get(page).content.decode()
    assert client.post(f"{page}trial/").status_code == 422
    client.post(f"{page}resumption/")
    api = f"/api/v1/webhooks/{place.uid}"
    rows = client.get(f"{api}/deliveries").json()
    assert [(row["kind"], row["done"], row["outcome"]) for row in rows["deliveries"]] == [
        ("test", True, "taken"),
        ("visit.signed", True, "taken"),
    ]
    assert client.post(f"{api}/trial").json()["kind"] == "test"
    assert client.post(f"{api}/deliveries/{one.uid}/again").json()["done"] is False
    assert send_due() == 2
    assert as_person(desk.people["leader"]).get(page).status_code == 404
    client.post(f"{page}removal/")
    assert client.get(page).status_code == 404
    desk.signed()
    assert Delivery.objects.count() == 0


def test_the_machine_lists_sends_and_removes(desk: Desk, there: Receiver) -> None:
    place, _secret = made(desk, there)
    desk.signed()
    said = StringIO()
    call_command("webhooks", "list", stdout=said)
    assert said.getvalue().split("\t")[0] == str(place.uid)
    assert said.getvalue().split("\t")[5] == "1", "one waits"
    call_command("webhooks", "send", stdout=said, stderr=said)
    assert len(there.got) == 1
    call_command("webhooks", "remove", str(place.uid), "--reason", "Thôi dùng", stdout=said, stderr=said)
    place.refresh_from_db()
    assert (place.state, place.why) == ("removed", "Thôi dùng")
    with pytest.raises(RuleBroken), at_the_machine():
        remove_webhook(place, by=None, reason="Lần nữa")


def test_what_is_older_than_thirty_days_goes(desk: Desk, there: Receiver, clock: Jumping) -> None:
    place, _secret = made(desk, there)
    desk.signed()
    send_due()
    try_webhook(place, by=place.owner)
    clock.by(timedelta(days=31))
    assert send_waiting(today()) == "Đã gửi 1 tin tới phần mềm khác."
    assert Delivery.objects.count() == 0


def test_what_happens_is_noted_by_a_process_that_may_not_send(desk: Desk, there: Receiver, settings: Any) -> None:
    place, _secret = made(desk, there)
    listed, settings.WEBHOOK_HOSTS = settings.WEBHOOK_HOSTS, frozenset()
    desk.signed()
    assert Delivery.objects.count() == 1
    with pytest.raises(BadInput, match="KYCUONG_WEBHOOK_HOSTS"):
        call_command("webhooks", "send")
    assert send_due() == 0
    place.refresh_from_db()
    assert place.state == "active"
    settings.WEBHOOK_HOSTS = listed
    assert send_due() == 1
