"""Whose turn it is, what holds up what, and what a line may still do after it was given up."""

from __future__ import annotations

import socket
import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kycuong.connect import posting
from kycuong.connect.actions import remove_webhook, send_again, try_webhook
from kycuong.connect.models import Delivery, Destination
from kycuong.connect.queries import webhooks as asking
from kycuong.connect.rules.webhooks import AGAIN, Outcome
from kycuong.connect.tasks import send_due, send_waiting, sending, ticking
from kycuong.core import bounded
from kycuong.core.clock import now, today
from kycuong.core.problems import RuleBroken
from kycuong.notices.models import Notice, TickRun
from tests.clocks import Jumping
from tests.connect.receiver import Receiver, genuine, made, receiver
from tests.desk import Desk
from tests.followup.issued import drafted as concluding

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("where", ["name", "address"])
def test_a_try_that_was_given_up_sends_nothing_afterwards(
    there: Receiver, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    monkeypatch.setattr(posting, "SECONDS", 0.2)
    name = "getaddrinfo" if where == "name" else "create_connection"
    real, went_on = getattr(socket, name), threading.Event()

    def slow(*given: Any, **options: Any) -> Any:
        time.sleep(0.6)
        try:
            return real(*given, **options)
        finally:
            went_on.set()

    monkeypatch.setattr(socket, name, slow)
    assert posting.post(there.address, b"{}", {}, private=True) == ("slow", None)
    assert went_on.wait(5)
    time.sleep(0.3)
    assert there.got == []


def test_all_addresses_of_a_name_share_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []

    def full(place: Any, timeout: float, *_given: Any) -> socket.socket:
        waits.append(timeout)
        raise TimeoutError

    row = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 9))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **options: [row] * 4)
    monkeypatch.setattr(socket, "create_connection", full)
    with pytest.raises(TimeoutError):
        bounded.line_to(("hooks.example", 9), 8)
    assert waits[0] == pytest.approx(2, abs=0.1)
    assert len(waits) == 4


def test_one_that_cannot_be_sent_to_stops_no_other(
    desk: Desk, there: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed, _secret = made(desk, there, ["visit.signed"])
    broken, _secret = made(desk, there, ["visit.signed"])
    with receiver() as other:
        settings.WEBHOOK_HOSTS |= {("127.0.0.1", other.port)}
        made(desk, other, ["visit.signed"])
        desk.signed()
        Destination.objects.filter(pk=sealed.pk).update(sealed="s1.gone.AAAA")
        real = sending.told

        def fails(head: Delivery, *given: Any) -> Any:
            if head.destination_id == broken.pk:
                raise KeyError(head.kind)
            return real(head, *given)

        monkeypatch.setattr(sending, "told", fails)
        assert send_due() == 1
        assert len(other.got) == 1
    sealed.refresh_from_db()
    assert (sealed.state, sealed.why) == ("paused", "Không mở được khóa ký; hãy gỡ và thêm lại.")
    broken.refresh_from_db()
    assert (broken.state, broken.holder) == ("active", "")
    assert Delivery.objects.get(destination=broken).next_at, "looked at again in a minute, not every five seconds"


def test_while_a_receiver_is_down_nothing_is_written(desk: Desk, there: Receiver) -> None:
    made(desk, there, ["visit.signed"])
    there.answers = [500]
    for _number in range(2):
        desk.signed()
    send_due()
    with CaptureQueriesContext(connection) as asked:
        assert send_due() == 0
    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []
    assert len(there.got) == 1


def test_a_trial_goes_before_what_waits_is_tried_once_and_waits_alone(
    desk: Desk, there: Receiver, as_person: Any
) -> None:
    place, _secret = made(desk, there, ["visit.signed"])
    there.answers = [500, 500, 204]
    desk.signed()
    send_due()
    client = as_person(place.owner)
    page = client.post(f"{place.get_absolute_url()}trial/", follow=True).content.decode()
    assert "lần chạy nền (./run tick) kế tiếp" in page, "no thread sends here, so nothing is promised within seconds"
    with pytest.raises(RuleBroken):
        try_webhook(place, by=place.owner)
    assert send_due() == 0
    assert [one["type"] for one in there.told] == ["visit.signed", "test"], "a trial that was refused wakes nothing"
    trial = Delivery.objects.get(kind="test")
    assert (trial.done, trial.outcome, trial.status) == (True, "refused", 500)
    for _number in range(12):
        try_webhook(place, by=place.owner)
        send_due()
    assert [one["type"] for one in there.told][2:4] == ["test", "visit.signed"], "somebody is there again"
    assert Delivery.objects.filter(kind="test").count() == 10
    TickRun.objects.create(step="", ended_at=now() - timedelta(days=400))
    page = client.post(f"{place.get_absolute_url()}trial/", follow=True).content.decode()
    assert "Giờ máy chủ đáng ngờ" in page
    with pytest.raises(RuleBroken, match="hour"):
        call_command("webhooks", "send")


def test_a_press_never_makes_the_tries_begin_anew(desk: Desk, there: Receiver, clock: Jumping) -> None:
    place, _secret = made(desk, there, ["visit.signed"])
    there.answers = [500]
    desk.signed()
    for number in range(1, len(AGAIN) + 2):
        send_due()
        one = Delivery.objects.get()
        assert one.tries == number
        place.refresh_from_db()
        if place.state == "active":
            send_again(one, by=place.owner)
    assert place.state == "paused"


def test_what_was_never_tried_is_not_let_go_by_its_age(desk: Desk, there: Receiver, clock: Jumping) -> None:
    """A seal that has just been opened, a server that was off: nobody was ever offered it."""
    made(desk, there, ["visit.signed"])
    there.answers = [500]
    for _number in range(2):
        desk.signed()
    clock.by(timedelta(days=31))
    assert send_waiting(today()) == "Đã bỏ 1 tin quá 30 ngày chưa gửi được.", (
        "the first was tried, and holds up the second"
    )
    there.answers = [204]
    assert send_waiting(today()) == "Đã gửi 1 tin tới phần mềm khác."


def test_what_was_taken_and_is_refused_the_second_time_holds_nothing_up(desk: Desk, there: Receiver) -> None:
    place, _secret = made(desk, there, ["visit.signed"])
    desk.signed()
    assert send_due() == 1
    there.answers = [409, 204]
    send_again(Delivery.objects.get(), by=place.owner)
    desk.signed()
    assert send_due() == 1
    assert [(one.done, one.outcome) for one in Delivery.objects.order_by("pk")] == [(True, "refused"), (True, "taken")]


def test_a_run_whose_turn_is_over_notes_nothing(desk: Desk, there: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    place, _secret = made(desk, there, ["visit.signed"])
    desk.signed()
    real = posting.post

    def overtaken(*given: Any, **options: Any) -> Any:
        """While the first run waits, another one, which took it for dead, has it taken."""
        if len(there.got) == 0:
            Destination.objects.update(holder="")
            assert send_due() == 1
            return Outcome.SLOW, None
        return real(*given, **options)

    def first(*given: Any, **options: Any) -> Any:
        monkeypatch.setattr(posting, "post", real)
        return overtaken(*given, **options)

    monkeypatch.setattr(posting, "post", first)
    assert send_due() == 0
    one = Delivery.objects.get()
    assert (one.done, one.outcome, one.tries) == (True, "taken", 1)

    def removed(*_given: Any, **_options: Any) -> Any:
        remove_webhook(place, by=place.owner)
        return Outcome.SLOW, None

    desk.signed()
    monkeypatch.setattr(posting, "post", removed)
    assert send_due() == 0
    assert Delivery.objects.count() == 0


def test_two_runs_at_once_send_once(desk: Desk, there: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    made(desk, there, ["visit.signed"])
    desk.signed()
    real, inner = posting.post, []

    def within(*given: Any, **options: Any) -> Any:
        inner.append(send_due())
        return real(*given, **options)

    monkeypatch.setattr(posting, "post", within)
    assert send_due() == 1
    assert (inner, len(there.got)) == ([0], 1)


def test_a_slow_one_gets_a_turn_and_the_tick_a_minute(
    desk: Desk, there: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(desk, there, ["visit.signed"])
    moment = [0.0]
    order: list[str] = []
    monkeypatch.setattr(sending.time, "monotonic", lambda: moment[0])

    def slow(address: str, *_given: Any, **_options: Any) -> Any:
        order.append(address)
        moment[0] += 9
        return Outcome.TAKEN, None

    monkeypatch.setattr(posting, "post", slow)
    with receiver() as other:
        settings.WEBHOOK_HOSTS |= {("127.0.0.1", other.port)}
        made(desk, other, ["visit.signed"])
        for _number in range(4):
            desk.signed()
        assert send_due() == 4
        assert order == [there.address] * 2 + [other.address] * 2, "two tries each, then the next"
        Delivery.objects.update(done=False, tries=0)
        begun = moment[0]
        assert send_due(15) == 1
        assert moment[0] - begun <= 15
        assert ticking.LONGEST <= 60
    assert settings.TICKS[-1] == "kycuong.connect.tasks.send_waiting"


def test_what_was_let_go_is_counted_and_told(desk: Desk, there: Receiver, clock: Jumping, as_person: Any) -> None:
    place, _secret = made(desk, there, ["visit.signed"])
    there.answers = [500]
    for _number in range(2):
        desk.signed()
    draft = desk.answered(desk.visit())
    Delivery.objects.create(destination=place, kind="visit.signed", subject=draft.uid)
    Destination.objects.update(state="paused", why="Không kết nối được")
    clock.by(timedelta(days=31))
    assert send_waiting(today()) == "Đã bỏ 2 tin quá 30 ngày chưa gửi được."
    place.refresh_from_db()
    assert place.lost == 2
    assert Notice.objects.filter(person=place.owner, subject__startswith="Đã bỏ 2 tin").count() == 1
    assert "2 tin quá 30 ngày" in as_person(place.owner).get(place.get_absolute_url()).content.decode()
    assert as_person(place.owner).get("/api/v1/webhooks").json()["webhooks"][0]["lost"] == 2


def test_an_import_and_a_kind_that_nobody_wants_ask_nothing_of_each_record(desk: Desk, there: Receiver) -> None:
    made(desk, there, ["round.signed"])
    visit = desk.signed()
    assert list(asking.happened("visit.import", [visit], {"visit.signed"})) == []
    assert Delivery.objects.count() == 0
    conclusion = concluding(desk)
    one = conclusion.visit.recommendations.first()
    assert one is not None
    assert list(asking.happened("recommendation.import", [one], {"recommendation.issued"})) == []


def test_the_receiver_of_the_guide_refuses_what_it_cannot_read() -> None:
    secret = "whsec_" + "A" * 44
    stamp = str(int(time.time()))
    for headers in (
        {},
        {"webhook-id": "m", "webhook-timestamp": stamp},
        {"webhook-id": "m", "webhook-timestamp": stamp, "webhook-signature": "v1,é"},
        {"webhook-id": "m", "webhook-timestamp": "²", "webhook-signature": "v1,x"},
        {"webhook-id": "m", "webhook-timestamp": "x", "webhook-signature": "v1,x"},
    ):
        assert genuine(secret, headers, b"{}") is False
