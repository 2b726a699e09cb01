"""Long work of a tick rests beside pages, ends before its turn is lost, and says what it left."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest

from kycuong.followup.tasks import each, remind_of_terms
from kycuong.notices.rules import DEAD, StepFailed
from kycuong.notices.tasks import unhurried as work
from kycuong.notices.tasks.unhurried import LONGEST, beside_pages, unhurried
from tests.desk import Desk
from tests.followup.issued import recommended
from tests.followup.test_reminders import after, levels

STEP = 0.02


def worked(rows: int) -> float:
    """Seconds that so many rows of a hundredth take."""
    begun = time.monotonic()
    for _row in unhurried(range(rows)):
        time.sleep(STEP)
    return time.monotonic() - begun


def test_beside_pages_each_record_is_followed_by_a_rest_as_long() -> None:
    with beside_pages():
        assert worked(5) >= 10 * STEP
    busy, before = 0, time.monotonic()
    for row in unhurried([1, 2, 3]):
        busy += row
    assert busy == 6
    assert time.monotonic() - before < STEP, "at the command line nobody waits"


def test_a_step_ends_before_its_turn_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    assert timedelta(seconds=LONGEST) < DEAD
    monkeypatch.setattr(work, "LONGEST", STEP / 2)
    seen = []
    for row in unhurried(range(10)):
        seen.append(row)
        time.sleep(STEP)
    assert seen == [0]


def test_what_was_left_is_told_and_done_by_the_next_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _second = recommended(desk)
    day = after(first, 60)
    with monkeypatch.context() as hurried:
        hurried.setattr(work, "LONGEST", 0)
        assert remind_of_terms(day) == "Nhắc 3 bước về kiến nghị đến hạn, quá hạn. Còn 1 hồ sơ chờ lần chạy sau."
    assert remind_of_terms(day) == "Nhắc 3 bước về kiến nghị đến hạn, quá hạn."
    assert len(levels()) == 6


def test_what_failed_and_what_was_left_are_told_together(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(row: int) -> None:
        raise ValueError(row)

    monkeypatch.setattr(work, "LONGEST", 0)
    with pytest.raises(StepFailed, match=r"1 hồ sơ không xong, 0 hồ sơ đã làm\. Còn 2 hồ sơ chờ lần chạy sau\."):
        each([1, 2, 3], breaks)
