"""A tick runs every step by itself, one run at a time; what it did and what failed stands on a page, without content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput
from kycuong.notices.models import Notice, TickRun, TickTurn
from kycuong.notices.rules import StepFailed
from kycuong.notices.tasks import background, turns
from kycuong.notices.tasks.running import in_pieces, tick
from kycuong.notices.telling import tell
from kycuong.orgs.models import Person
from tests.desk import Desk

HERE = __name__
SignIn = Callable[[Any], Client]


def fails(day: date) -> str:
    tell(Person.objects.all(), key="half", subject="Dở dang", url="/mine/")
    raise ValueError("Xã Bí Mật")


@in_pieces
def fails_in_pieces(day: date) -> str:
    tell(Person.objects.all(), key="kept", subject="Đã xong", url="/mine/")
    raise StepFailed("Máy chủ bên kia không trả lời.")


def works(day: date) -> str:
    return f"Đã nhắc việc ngày {day:%d/%m/%Y}."


def idles(day: date) -> str:
    return ""


@pytest.fixture
def steps(settings: Any) -> Callable[..., None]:
    def name(*functions: Callable[[date], str]) -> None:
        settings.TICKS = [f"{HERE}.{function.__name__}" for function in functions]

    return name


def test_a_step_that_fails_stops_no_other_and_is_seen(
    desk: Desk, steps: Any, as_person: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    steps(fails, fails_in_pieces, works, idles)
    with pytest.raises(SystemExit) as ended:
        call_command("tick")
    assert ended.value.code == 1
    told = capsys.readouterr()
    assert told.out.splitlines()[0].startswith("Đã nhắc việc")
    assert "ValueError" in told.err
    assert set(Notice.objects.values_list("key", flat=True)) == {"kept"}, "a step is undone whole, or says otherwise"
    page = as_person(desk.people["system_admin"]).get("/ticks/").content.decode()
    for words in ("Đã nhắc việc", "Lỗi ValueError", "bên kia không trả lời", "2 bước không xong"):
        assert words in page
    assert "Bí Mật" not in page
    assert "idles" not in page


def test_quiet_runs_of_a_day_are_one_row_and_old_ones_warn(desk: Desk, steps: Any, as_person: SignIn) -> None:
    steps(idles, works)
    client = as_person(desk.people["aggregator"])
    assert "Chưa có lần chạy nào xong" in client.get("/ticks/").content.decode()
    for _ in range(3):
        assert tick(today())
    assert set(TickRun.objects.values_list("step", "times")) == {("", 3), (f"{HERE}.works", 3)}
    assert "đang dừng" not in client.get("/ticks/").content.decode()
    TickRun.objects.update(ended_at=now() - timedelta(hours=27))
    assert "đã quá 26 giờ" in client.get("/ticks/").content.decode()


def test_one_run_at_a_time_and_a_dead_one_is_taken_over(db: None, steps: Any, settings: Any) -> None:
    steps(works)
    dead = turns.take()
    assert dead
    assert tick(today()) is None
    call_command("tick", stderr=StringIO())
    assert not TickRun.objects.exists()
    TickTurn.objects.update(seen_at=now() - timedelta(minutes=16))
    assert tick(today())
    assert not turns.still_ours(dead)
    settings.TICK_MINUTES = 15
    assert background.once() is None, "the last run began a moment ago"
    TickTurn.objects.update(begun_at=now() - timedelta(minutes=15))
    assert background.once() is not None
    settings.TICK_MINUTES = 0
    assert background.start() is None
    with pytest.raises(BadInput, match="tắt việc nền"):
        call_command("worker")


def test_what_is_old_and_read_goes_what_is_unread_stays(desk: Desk, settings: Any) -> None:
    head, old = desk.people["unit_head"], now() - timedelta(days=401)
    for key in ("read", "unread"):
        tell([head], key=key, subject="Việc", url="/mine/")
    Notice.objects.update(told_at=old)
    Notice.objects.filter(key="read").update(read_at=old)
    TickRun.objects.create(begun_at=old, ended_at=old, said="Cũ")
    told = tick(today(), hour_is_right=True)  # the last run is long ago
    assert told
    assert told.done == ["Đã bỏ 1 thông báo đã đọc từ lâu."]
    assert [notice.key for notice in Notice.objects.all()] == ["unread"]
    assert not TickRun.objects.filter(said="Cũ").exists()
