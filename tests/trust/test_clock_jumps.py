"""Somebody sets the clock of the server while people work, a year forward, a day back, a second back; and phones whose clock is days off."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client

from kycuong.audit.models import AuditEntry, LogCheckpoint
from kycuong.audit.queries import known_checkpoints
from kycuong.audit.receipts import receipt_of
from kycuong.audit.reconcile import differences
from kycuong.audit.signer import take_checkpoint
from kycuong.audit.verification import verify_log
from kycuong.core.clock import now, today
from kycuong.core.ids import uuid7
from kycuong.core.presence import Presence
from kycuong.core.problems import LockedOut, RuleBroken
from kycuong.field.models import FieldAside, FieldDevice, FieldOp
from kycuong.field.queries import heads_of
from kycuong.inspections.models import Inspection, SealBreak, Visit
from kycuong.inspections.models.sealing import SealBreakQuerySet
from kycuong.inspections.rules.sealing import CONFIRM_WITHIN, ensure_asked_lately
from kycuong.notices.models import TickTurn
from kycuong.notices.queries import last_run
from kycuong.notices.rules import ASLEEP
from kycuong.notices.tasks import turns
from kycuong.notices.tasks.running import tick
from kycuong.signin.models import Guess
from kycuong.signin.proving import guesses
from kycuong.upkeep.queries import running
from tests.clocks import Jumping
from tests.desk import Desk
from tests.field.phone import Phone

YEAR, DAY, MINUTE, SECOND = timedelta(days=365), timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
JUMPS = [YEAR, -YEAR, -DAY, -SECOND, DAY]
QUARTER = timedelta(minutes=15)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Jumping:
    return Jumping(monkeypatch)


@pytest.fixture
def head(desk: Desk) -> Phone:
    return Phone(desk.people["team_head"])


def faults() -> list[str]:
    """What the product finds wrong with its log, its tables and what it signed."""
    witnesses, wrong = known_checkpoints()
    return [str(one) for one in (*wrong, *verify_log(witnesses=witnesses), *differences())]


def test_the_log_keeps_its_order_and_is_signed_after_each_jump(desk: Desk, clock: Jumping) -> None:
    desk.visit()
    take_checkpoint()
    told = []
    for jump in JUMPS:
        clock.by(jump)
        opened = desk.open(title=f"Sau khi chỉnh giờ {jump}")
        told.append((AuditEntry.objects.order_by("-seq").values_list("seq", flat=True)[0], opened.title))
        if abs(jump) > SECOND:
            assert take_checkpoint(due=True) is not None, f"{jump}: it waits for an hour that is far away"
    take_checkpoint()
    assert [seq for seq, _title in told] == sorted(seq for seq, _title in told)
    assert list(AuditEntry.objects.order_by("seq").values_list("seq", flat=True)) == list(
        range(AuditEntry.objects.count())
    )
    said = [json.loads(bytes(one))["ts"] for one in AuditEntry.objects.order_by("seq").values_list("meta", flat=True)]
    assert said != sorted(said), "the log tells the hours as the clock told them; its order does not hang on them"
    sizes = list(LogCheckpoint.objects.order_by("size").values_list("size", flat=True))
    assert len(sizes) >= len(JUMPS)
    assert sizes[-1] == AuditEntry.objects.count()
    assert faults() == []
    assert Inspection.objects.filter(title__startswith="Sau khi").count() == len(JUMPS)


def test_a_receipt_holds_over_a_jump(desk: Desk, clock: Jumping) -> None:
    clock.by(YEAR)
    opened = desk.open(title="Trước")
    clock.by(-YEAR)
    take_checkpoint()
    desk.open(title="Sau")
    receipt = receipt_of(opened, "inspection.open")
    assert receipt is not None
    assert receipt.checkpoint is not None
    assert json.loads(receipt.meta)["ts"] > f"{now():%Y-%m-%d}"
    assert faults() == []


def test_a_checkpoint_still_waits_for_its_hour(desk: Desk, clock: Jumping) -> None:
    desk.visit()
    assert take_checkpoint() is not None
    desk.open(title="Nửa giờ sau")
    clock.by(timedelta(minutes=30))
    assert take_checkpoint(due=True) is None
    clock.by(timedelta(minutes=-31))
    assert take_checkpoint(due=True) is None
    clock.by(timedelta(minutes=70))
    assert take_checkpoint(due=True) is not None


@pytest.mark.parametrize(
    ("jump", "stays"), [(YEAR, False), (-DAY, False), (-2 * MINUTE, False), (-SECOND, True), (SECOND, True)]
)
def test_a_session_outlives_no_jump(desk: Desk, clock: Jumping, jump: timedelta, stays: bool) -> None:
    client = Client()
    client.force_login(desk.people["aggregator"])
    assert client.get("/inspections/").status_code == 200
    clock.by(jump)
    assert client.get("/inspections/").status_code == (200 if stays else 302)


def test_who_sent_the_clock_ahead_gained_no_proof_that_lasts(clock: Jumping) -> None:
    clock.by(YEAR)
    presence = Presence(proved_at=now())
    assert presence.fresh
    clock.by(-SECOND)
    assert presence.fresh
    clock.by(-YEAR)
    assert not presence.fresh


@pytest.mark.django_db
def test_guesses_from_the_future_lock_nobody_out(clock: Jumping) -> None:
    clock.by(YEAR)
    for _each in range(guesses.MOST_GUESSES):
        guesses.begin_guess("truong.doan")
    AccessAttempt.objects.create(
        username="truong.doan", ip_address="127.0.0.1", failures_since_start=9, attempt_time=now()
    )
    clock.by(-SECOND)
    with pytest.raises(LockedOut):
        guesses.begin_guess("truong.doan")
    assert guesses.forget_old() == 0
    clock.by(-YEAR)
    guesses.begin_guess("truong.doan")
    assert guesses.forget_old() == guesses.MOST_GUESSES
    assert (Guess.objects.count(), AccessAttempt.objects.count()) == (1, 0)


@pytest.mark.django_db
def test_what_runs_by_itself_goes_on_when_the_clock_was_set_back(clock: Jumping) -> None:
    clock.by(YEAR)
    assert tick(today(), every=QUARTER)
    clock.by(-SECOND)
    assert not turns.is_due(QUARTER)
    assert turns.take(QUARTER) == ""
    clock.by(-YEAR)
    assert [one.state for one in running.tick()] == ["fault"], "an hour that has not come is no run"
    assert turns.is_due(QUARTER)
    assert tick(today(), every=QUARTER, hour_is_right=True)
    last = last_run()
    assert last is not None
    assert now() - ASLEEP < last <= now()
    assert [one.state for one in running.tick()] == ["good"]


@pytest.mark.django_db
def test_a_turn_that_was_taken_in_the_future_is_taken_over(clock: Jumping) -> None:
    clock.by(YEAR)
    assert turns.take()
    clock.by(-YEAR)
    assert turns.take(), "whoever held it died with the wrong clock"
    assert turns.take() == ""
    assert TickTurn.objects.count() == 1


def test_a_request_to_break_seals_stays_open_no_longer_than_its_day(desk: Desk, clock: Jumping) -> None:
    clock.by(YEAR)
    asked = SealBreak.objects.create(lead=desk.units["department"], reason="Thử", asked_by=desk.people["aggregator"])
    everywhere = SealBreak._base_manager.all()
    assert SealBreakQuerySet.waiting(everywhere).count() == 1
    clock.by(-YEAR)
    assert SealBreakQuerySet.waiting(everywhere).count() == 0
    with pytest.raises(RuleBroken):
        ensure_asked_lately(asked.asked_at, now=now())
    ensure_asked_lately(now() - CONFIRM_WITHIN / 2, now=now())


def test_phones_go_on_sending_whatever_the_clock_of_the_server_does(desk: Desk, head: Phone, clock: Jumping) -> None:
    visit = desk.visit()
    for jump in JUMPS:
        clock.by(jump)
        head.client = Client()  # the session before the jump is over
        head.client.force_login(head.person)
        head.say(visit, "t/strengths", f"Sau {jump}")
        first, second = head.sent(), head.sent()
        assert first == second
        assert {one["status"] for one in first} == {"applied"}
    visit.refresh_from_db()
    assert Visit.objects.get(pk=visit.pk).strengths == f"Sau {JUMPS[-1]}", (
        "what was said last holds, not what bears the latest hour"
    )
    assert heads_of(visit)["t/strengths"] == [head.said[-1]["op_id"]]
    assert FieldOp.objects.filter(device__uid=head.uid).count() == len(JUMPS)
    assert FieldAside.objects.count() == 0
    assert faults() == []


@pytest.mark.parametrize("off", [timedelta(days=3), timedelta(days=-3), YEAR])
def test_a_phone_whose_clock_is_days_off_says_what_holds_and_it_is_seen(
    desk: Desk, head: Phone, off: timedelta
) -> None:
    visit, member = desk.visit(), Phone(desk.people["team_head"])
    here = int(datetime.now(UTC).timestamp() * 1000)
    wall = here + off // timedelta(milliseconds=1)
    said = head.say(visit, "t/strengths", "máy lệch giờ", wall=wall)
    beat = {"sent_wall": wall, "queued": {"ops": 1, "media": 0, "oldest_wall": wall}}
    assert [one["status"] for one in head.send(**beat).json()["results"]] == ["applied"]
    member.say(visit, "t/strengths", "máy đúng giờ, nói sau", base=[said["op_id"]], wall=here)
    assert [one["status"] for one in member.sent()] == ["applied"]
    assert Visit.objects.get(pk=visit.pk).strengths == "máy đúng giờ, nói sau"
    offset = FieldDevice.objects.get(uid=head.uid).clock_offset
    assert abs(offset + off // timedelta(milliseconds=1)) < 60_000


def test_identifiers_sort_by_the_clock_and_are_never_the_same(clock: Jumping) -> None:
    before = [uuid7() for _each in range(50)]
    clock.by(-SECOND)
    after = [uuid7() for _each in range(50)]
    assert len({*before, *after}) == 100
    assert max(after) < min(before), (
        "they tell the hour that the clock told: nothing else may be taken from their order"
    )
