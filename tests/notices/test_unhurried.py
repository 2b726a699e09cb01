"""Long work of a tick rests beside pages, ends before its turn is lost, and says what it left."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest

from kycuong.followup.tasks import each, remind_of_terms
from kycuong.notices.rules import DEAD, StepFailed
from kycuong.notices.tasks import background
from kycuong.notices.tasks import unhurried as work
from kycuong.notices.tasks.unhurried import LONGEST, beside_pages, unhurried
from tests.desk import Desk
from tests.followup.issued import recommended
from tests.followup.test_reminders import after, levels


@pytest.fixture
def rests(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds of each rest, which nobody waits for."""
    taken: list[float] = []
    monkeypatch.setattr(time, "sleep", taken.append)
    return taken


def worked(rows: int) -> list[float]:
    """Seconds that each of so many rows took."""
    took = []
    for _row in unhurried(range(rows)):
        begun = time.monotonic()
        while time.monotonic() - begun < 0.01:
            pass
        took.append(time.monotonic() - begun)
    return took


def test_beside_pages_each_record_is_followed_by_a_rest_as_long(rests: list[float]) -> None:
    worked(3)
    assert rests == [], "at the command line nobody waits"
    with beside_pages():
        took = worked(3)
    assert len(rests) == 3
    assert all(rest >= one for rest, one in zip(rests, took, strict=True))


def test_the_tick_of_a_server_rests_and_that_of_a_worker_does_not(
    rests: list[float], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TICK_MINUTES = 15
    monkeypatch.setattr(background, "forever", lambda: worked(3))
    thread = background.start()
    assert thread
    thread.join()
    assert len(rests) == 3
    background.forever()
    assert len(rests) == 3


def test_a_step_beside_pages_ends_before_its_turn_is_lost(rests: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    assert timedelta(seconds=LONGEST) < DEAD
    monkeypatch.setattr(work, "LONGEST", 0)
    assert len(worked(10)) == 10, "at the command line all is done"
    with beside_pages():
        assert len(worked(10)) == 1
        assert worked(0) == []
        reached = {next(unhurried([0, 1, 2, 3])) for _run in range(200)}
    assert reached == {0, 1, 2, 3}, "nobody waits for ever behind those for whom there is nothing to do"


def test_what_was_left_is_told_and_done_by_the_next_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _second = recommended(desk)
    day = after(first, 60)
    monkeypatch.setattr(work, "LONGEST", 0)
    with beside_pages():
        assert remind_of_terms(day) == "Nhắc 3 bước về kiến nghị đến hạn, quá hạn. Còn 1 hồ sơ chờ lần chạy sau."
        assert remind_of_terms(day) == "Nhắc 3 bước về kiến nghị đến hạn, quá hạn."
    assert len(levels()) == 6


def test_what_failed_and_what_was_left_are_told_together(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(row: int) -> None:
        raise ValueError(row)

    monkeypatch.setattr(work, "LONGEST", 0)
    told = r"1 hồ sơ không xong, 0 hồ sơ đã làm\. Còn 2 hồ sơ chờ lần chạy sau\."
    with beside_pages(), pytest.raises(StepFailed, match=told):
        each([1, 2, 3], breaks)
