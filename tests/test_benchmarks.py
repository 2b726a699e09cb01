"""How measurements are judged: against their target, and against the last time. The measurements themselves are no tests."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import __main__ as every
from benchmarks.curve import curve
from benchmarks.numbers import NUMBERS, Number, note, noted

pytestmark = pytest.mark.look


def number(value: float, *, limit: float | None = 1.5, floor: bool = False, target: str = "P1") -> Number:
    return Number(target, "coverage 2024", 1000, value, limit, floor, "sqlite")


def test_a_number_is_good_on_its_side_of_the_limit() -> None:
    assert [number(value).mark for value in (1.4, 1.5, 1.6)] == ["✓", "✓", "✗"]
    assert [number(value, floor=True).mark for value in (1.4, 1.5, 1.6)] == ["✗", "✓", "✓"]
    assert number(99, limit=None).mark == ""


def test_numbers_are_kept_for_whoever_runs_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NUMBERS, str(tmp_path / "numbers"))
    kept = [note("P1", "coverage", 1000, 1.2, 1.5), note("P7", "visits", 40, 0.03, 0.02, floor=True)]
    assert list(noted(tmp_path / "numbers")) == kept
    assert list(noted(tmp_path / "nothing")) == []


def test_the_table_of_targets_shows_the_worst_of_each() -> None:
    text = "\n".join(every.report([number(1.2), number(1.9), number(5, floor=True, target="P9", limit=3)], [], []))
    assert "| P1 | 2 | 1 | coverage 2024 sqlite | 1.9 | ≤ 1.5 | ✗ |" in text
    assert "| P9 | 1 | 0 | coverage 2024 sqlite | 5 | ≥ 3 | ✓ |" in text
    assert "Worse than" not in text


@pytest.mark.parametrize("floor", [False, True])
def test_what_became_worse_by_more_than_a_quarter_is_told(floor: bool) -> None:
    before, a_little, much = (
        number(value, floor=floor) for value in ((1.0, 1.2, 1.3) if not floor else (1.3, 1.1, 1.0))
    )
    assert list(every.slower([a_little], [before])) == []
    assert "| P1 | coverage 2024 | 1,000 | sqlite |" in "\n".join(every.slower([much], [before]))
    assert list(every.slower([before], [much])) == []
    assert list(every.slower([number(9, limit=None)], [number(1, limit=None)])) == []


def test_a_benchmark_that_broke_is_named() -> None:
    assert "**intake broke" in "\n".join(every.report([], ["intake"], []))


def test_what_was_not_measured_again_is_remembered() -> None:
    old, new = number(1.0), number(1.1)
    assert every.merged([old, number(1, target="P9")], [new]) == [new, number(1, target="P9")]


def test_the_picture_has_a_line_for_each_cost_and_is_sound() -> None:
    sizes = (1_000, 100_000)
    costs = [
        Number("cost", f"GET /{way}, ms", size, 3.0 * size, None, False, "sqlite") for way in "ab" for size in sizes
    ]
    drawn = ElementTree.fromstring(curve([*costs, number(1.2)]))
    kinds = [one.tag.rpartition("}")[2] for one in drawn.iter()]
    assert (kinds.count("polyline"), kinds.count("circle")) == (2, 4)
    assert ElementTree.fromstring(curve([])) is not None


def test_some_benchmarks_run_with_arguments_of_their_own() -> None:
    runs = every.wanted(every.asked(["--run", "nation --visits 5 --only sqlite", "--run", "soak"]))
    assert runs == [("nation", ["--visits", "5", "--only", "sqlite"]), ("soak", [])]
    assert [name for name, _ in every.wanted(every.asked(["--sizes", "1", "2", "--without", *every.WHOLE]))] == [
        "figures"
    ] * 2


def test_what_is_published_says_the_day_of_each_number() -> None:
    old, new = (Number("P3", f"a nation {day}", 1, 1.0, 1.3, day=day) for day in ("2026-11-26", "2026-11-27"))
    text = "\n".join(every.report(every.merged([old], [new]), [], []))
    assert "| P3 | a nation 2026-11-26 | 1 |  | 1 | ≤ 1.3 | ✓ | 2026-11-26 |" in text
    assert "| 2026-11-27 |" in text
