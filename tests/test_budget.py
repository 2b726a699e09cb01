"""What is left for --long is what was said, and it is counted; what is asked beside both databases is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import budget
from tests.beside import BOTH
from tests.everything import Suite, added_up, what_was_left

HERE = Path(__file__).parent


@pytest.mark.parametrize("place", BOTH)
def test_what_is_asked_beside_both_databases_is_there(place: str) -> None:
    assert list(HERE.glob(f"{place}*")), "it was renamed or taken away: so is its line in tests/beside.py"


def test_a_walk_takes_some_and_counts_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(budget.WAITING, str(tmp_path / "waiting"))
    monkeypatch.setattr(budget, "long_run", lambda: False)
    assert [budget.chosen("steps", "ab", "abcde"), budget.chosen("steps", "a", "ab")] == ["ab", "a"]
    budget.waits("nothing", 0)
    assert added_up(tmp_path / "waiting") == [("steps", 4)]
    monkeypatch.setattr(budget, "long_run", lambda: True)
    assert budget.chosen("steps", "ab", "abcde") == "abcde"
    assert added_up(tmp_path / "waiting") == [("steps", 4)]
    assert added_up(tmp_path / "no such file") == []


def test_the_end_of_a_run_says_what_was_left() -> None:
    assert what_was_left(Suite("SQLite", 1, 0, 0)) == "\nSQLite, left for --long: nothing."
    told = what_was_left(Suite("SQLite", 1, 0, 0, left=(("tests", 1200), ("requests", 3))))
    assert told == "\nSQLite, left for --long: 1,200 tests, 3 requests."


def test_the_first_parameters_are_tried_on_each_run() -> None:
    first, *others = budget.few([("a", 1), ("b", 2), ("c", 3)])
    assert first == ("a", 1)
    assert [one.values for one in others] == [("b", 2), ("c", 3)]
    assert {mark.name for one in others for mark in one.marks} == {"long"}
