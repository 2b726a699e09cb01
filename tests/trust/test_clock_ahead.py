"""A wrong hour does nothing that stays. What a clock that was ahead has dated, once it is right again: codes, proofs and requests end, files and mail go on, alarms ring."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings as settings_of_the_product
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from kycuong.audit.signer import take_checkpoint
from kycuong.core.clock import now, today
from kycuong.core.presence import Presence
from kycuong.core.problems import RuleBroken
from kycuong.core.remembering import afresh
from kycuong.exports.actions import ask_for_file
from kycuong.exports.models import ListExport
from kycuong.exports.rules import DEAD, State
from kycuong.exports.tasks import make_next
from kycuong.field.models import FieldDevice, KeyRequest
from kycuong.inspections.models import SealBreak
from kycuong.inspections.models.sealing import SealBreakQuerySet
from kycuong.inspections.rules.sealing import ensure_asked_lately
from kycuong.notices.models import Notice
from kycuong.notices.tasks import turns
from kycuong.notices.tasks.digests import send_digests
from kycuong.notices.tasks.running import Told, at_any_hour, tick
from kycuong.notices.telling import tell
from kycuong.signin.models import TotpSecret
from kycuong.signin.proving import totp
from kycuong.site.mine import waiting
from kycuong.upkeep.measuring import exposition
from kycuong.upkeep.queries import running
from tests.clocks import Jumping
from tests.desk import Desk
from tests.field.phone import Phone
from tests.notices import post
from tests.signin.conftest import PASSWORD

YEAR, MINUTES, SECOND = timedelta(days=365), timedelta(minutes=2), timedelta(seconds=1)
QUARTER = timedelta(minutes=15)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Jumping:
    return Jumping(monkeypatch)


def code_now(secret: str) -> str:
    return totp.code_at(secret, int(now().timestamp()) // totp.PERIOD)


@pytest.mark.parametrize("ahead", [YEAR, timedelta(minutes=5)])
def test_codes_of_an_app_are_taken_again_after_the_clock_was_ahead(
    desk: Desk, clock: Jumping, ahead: timedelta
) -> None:
    person, secret = desk.people["aggregator"], totp.new_secret()
    TotpSecret.objects.create(person=person, sealed=totp.sealed(secret, person), last_step=0)
    clock.by(ahead)
    assert totp.taken(person, code_now(secret))
    clock.by(-ahead)
    code = code_now(secret)
    assert totp.taken(person, code), "it would be refused until the hour that the wrong clock told"
    assert not totp.taken(person, code), "and none is taken twice"


def test_no_code_is_taken_twice_where_clocks_differ_a_little(desk: Desk, clock: Jumping) -> None:
    person, secret = desk.people["aggregator"], totp.new_secret()
    TotpSecret.objects.create(person=person, sealed=totp.sealed(secret, person), last_step=0)
    codes = [totp.code_at(secret, int(now().timestamp()) // totp.PERIOD + step) for step in (-1, 0, 1)]
    assert totp.taken(person, codes[2])
    for _each in range(3):
        assert not any(totp.taken(person, code) for code in codes)
        clock.by(-timedelta(seconds=totp.PERIOD))


def test_a_proof_that_lies_minutes_ahead_is_none(clock: Jumping) -> None:
    presence = Presence(proved_at=now())
    clock.by(-MINUTES)
    assert not presence.fresh, "it would last twice as long"


def test_requests_from_minutes_ahead_are_void(desk: Desk, clock: Jumping) -> None:
    people = desk.people
    asked = SealBreak.objects.create(lead=desk.units["department"], reason="Thử", asked_by=people["aggregator"])
    head = Phone(people["team_head"])
    key = KeyRequest.objects.create(
        device=FieldDevice.objects.get(uid=head.uid), reason="Quên", asked_by=head.person,
        approved_at=now(), approved_by=people["system_admin"],
    )  # fmt: skip
    waiting = SealBreakQuerySet.waiting(SealBreak._base_manager.all())
    assert (waiting.count(), KeyRequest.objects.good().get()) == (1, key)
    clock.by(-MINUTES)
    assert SealBreakQuerySet.waiting(SealBreak._base_manager.all()).count() == 0
    assert KeyRequest.objects.good().count() == 0
    with pytest.raises(RuleBroken):
        ensure_asked_lately(asked.asked_at, now=now())


def test_the_list_of_requests_says_what_is_void(desk: Desk, clock: Jumping) -> None:
    leader = desk.people["leader"]
    clock.by(YEAR)
    SealBreak.objects.create(lead=desk.units["department"], reason="Thử", asked_by=leader)
    told = []
    for jump in (timedelta(), -YEAR):
        clock.by(jump)
        client = Client()
        client.force_login(leader)
        page = client.get(reverse("inspections:seal_breaks")).content.decode()
        told.append(("Chờ xác nhận" in page, "Hết hạn" in page))
    assert told == [(True, False), (False, True)]


@pytest.mark.django_db
def test_a_run_that_lives_is_not_taken_over_when_the_clock_is_put_right(clock: Jumping) -> None:
    assert turns.take()
    clock.by(-MINUTES)
    assert turns.is_due(QUARTER)
    assert turns.take() == "", "two at once would do things twice"


@pytest.mark.parametrize("running", [False, True])
def test_files_are_made_though_they_were_asked_for_ahead(desk: Desk, clock: Jumping, running: bool) -> None:
    clock.by(YEAR)
    asked = ask_for_file("inspections", by=desk.people["aggregator"], form="csv", asked={})
    if running:  # whoever made it died with the wrong clock
        ListExport.objects.update(state=State.RUNNING, holder="x", seen_at=now(), tries=1)
    clock.by(-YEAR)
    assert make_next(waiting_for=timedelta(minutes=5))
    asked.refresh_from_db()
    assert asked.state == State.READY


def test_a_file_that_is_being_made_stays_with_whoever_makes_it(desk: Desk, clock: Jumping) -> None:
    ask_for_file("inspections", by=desk.people["aggregator"], form="csv", asked={})
    ListExport.objects.update(state=State.RUNNING, holder="x", seen_at=now(), tries=1)
    clock.by(-DEAD / 2)
    assert not make_next()


def ages() -> dict[str, float]:
    lines = exposition()[0].decode().splitlines()
    found = [line.split() for line in lines if line.startswith("kycuong_age_seconds{")]
    return {name.split('"')[1]: float(age) for name, age in found}


def test_alarms_for_what_grew_old_ring_when_nobody_knows_how_old_it_is(desk: Desk, clock: Jumping) -> None:
    clock.by(YEAR)
    desk.open()
    assert tick(today())
    take_checkpoint()
    assert 0 <= ages()["tick"] < 60
    clock.by(-SECOND)
    assert ages()["tick"] == 0, "-1 says never"
    clock.by(SECOND - YEAR)
    told = ages()
    assert (told["tick"] > 26 * 3600, told["checkpoint"] > 26 * 3600, told["backup"]) == (True, True, -1)


def test_mail_tells_what_was_dated_ahead(desk: Desk, settings: Any, clock: Jumping) -> None:
    person = desk.people["leader"]
    person.email = "leader@langson.example"
    person.save()
    clock.by(YEAR)
    tell([person], key="ahead", subject="Kết luận mới", url="/conclusions/")
    clock.by(-YEAR)
    with post.served(post.Office(), settings) as office:
        assert send_digests(today()) == "Đã gửi 1 thư."
        assert send_digests(today()) == ""
    assert len(office.letters) == 1
    assert Notice.objects.get(key="ahead").mailed_at is not None


def late_step(day: date) -> str:
    return "Đã xóa."


@at_any_hour
def step_at_any_hour(day: date) -> str:
    return "Đã ký."


NEW, OLD = timedelta(days=13), timedelta(days=9)


@pytest.mark.parametrize(("jump", "held"), [(NEW, True), (-NEW, True), (YEAR, True), (OLD, False), (-OLD, False)])
@pytest.mark.django_db
def test_an_hour_days_away_does_only_what_can_be_undone(
    clock: Jumping, settings: Any, jump: timedelta, held: bool
) -> None:
    settings.TICKS = [f"{__name__}.late_step", f"{__name__}.step_at_any_hour"]
    assert tick(today()) == Told(done=["Đã xóa.", "Đã ký."]), "a new installation has nothing to compare with"
    clock.by(jump)
    for _each in range(2):  # what was not whole is no measure for the next one
        told = tick(today())
        assert told is not None
        assert (told.done, len(told.faults)) == (["Đã ký."] if held else ["Đã xóa.", "Đã ký."], int(held))
    clock.by(-jump)
    assert tick(today()) == Told(done=["Đã xóa.", "Đã ký."]), "whoever puts the clock right need say nothing"


def test_a_person_says_that_the_hour_is_right(
    desk: Desk, clock: Jumping, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.TICKS = [f"{__name__}.late_step"]
    assert tick(today())
    clock.by(YEAR)
    with pytest.raises(SystemExit):
        call_command("tick")
    assert "--hour-is-right" in capsys.readouterr().err
    client = Client()
    client.force_login(desk.people["system_admin"])
    address = reverse("notices:ticks")
    assert "./run tick --hour-is-right" in client.get(address).content.decode()
    assert [(one.state, "hour-is-right" in str(one)) for one in running.tick()] == [("fault", True)]
    call_command("tick", "--hour-is-right")
    assert capsys.readouterr().out == "Đã xóa.\n"
    assert [one.state for one in running.tick()] == ["good"]
    assert tick(today()) == Told(done=["Đã xóa."])
    client.force_login(desk.people["system_admin"])
    assert "Giờ máy chủ cách lần chạy trước nhiều ngày</" not in client.get(address).content.decode()


@pytest.mark.parametrize("jump", [YEAR, -4 * YEAR])
def test_who_runs_the_system_is_told_once_and_no_longer_when_it_is_settled(
    desk: Desk, clock: Jumping, settings: Any, jump: timedelta
) -> None:
    """Also by an hour at which nobody seems to hold a role yet; and nothing of it is left for the mail."""
    settings.TICKS = ["kycuong.notices.tasks.doubt.tell_of_the_hour"]
    assert tick(today()) == Told()
    desk.people["system_admin"].assignments.update(valid_from=today() - YEAR)
    clock.by(jump)
    admin = desk.people["system_admin"]
    for _each in range(3):
        assert tick(today())
    told = Notice.objects.filter(key__startswith="hour:")
    assert [(one.person, one.url) for one in told.filter(person=admin)] == [(admin, reverse("notices:ticks"))]
    assert not told.filter(person=desk.people["unit_head"]).exists(), "it is for who runs the system"
    assert told.count() == len({one.person_id for one in told})
    with afresh():
        seen = "Xem lại giờ máy chủ" in [line.what for line in waiting(admin, today())]
    assert seen is (jump > timedelta()), "a role that has not begun opens no page"
    assert tick(today(), hour_is_right=True) == Told()
    assert not told.all().exists()
    with afresh():
        assert "Xem lại giờ máy chủ" not in [line.what for line in waiting(admin, today())]
    clock.by(-jump)
    assert tick(today())
    assert told.filter(person=admin).count() == 1, "another doubt is told again"


def test_names_are_not_erased_at_an_hour_that_nobody_looked_at() -> None:
    """What is registered: the steps that run whatever the hour are those named here, whoever adds one."""
    free = {path for path in settings_of_the_product.TICKS if getattr(import_string(path), "at_any_hour", False)}
    assert free == {
        "kycuong.notices.tasks.doubt.tell_of_the_hour",
        "kycuong.field.tasks.finish_photos",
        "kycuong.checkpoints.tasks.take_due_checkpoint",
        "kycuong.checkpoints.tasks.stamp_checkpoint",
        "kycuong.backups.tasks.take_due_backup",
        "kycuong.reports.tasks.warm_cells",
    }


def test_axes_locks_nobody_out_who_signs_in_after_the_clock_was_ahead(desk: Desk) -> None:
    person = desk.people["team_head"]
    person.set_password(PASSWORD)
    person.save()
    address = "/sign-in/"
    for _each in range(5):
        answer = Client().post(address, {"login": person.username, "password": "sai"})
    assert answer.status_code == 429
    assert Client().post(address, {"login": person.username, "password": PASSWORD}).status_code == 429
    assert AccessAttempt.objects.update(attempt_time=now() + YEAR) == 1
    assert Client().post(address, {"login": person.username, "password": PASSWORD}).status_code == 302


def test_a_server_with_a_slow_clock_wipes_no_failures_that_another_counted(desk: Desk) -> None:
    person = desk.people["team_head"]
    person.set_password(PASSWORD)
    person.save()
    for _each in range(4):
        assert Client().post("/sign-in/", {"login": person.username, "password": "sai"}).status_code == 200
    AccessAttempt.objects.update(attempt_time=now() + timedelta(minutes=3))  # as the fast one wrote it
    assert Client().post("/sign-in/", {"login": person.username, "password": "sai"}).status_code == 429
    assert Client().post("/sign-in/", {"login": person.username, "password": PASSWORD}).status_code == 429
