"""The algorithm and the rules of draws, without a database."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kycuong.core.problems import BadInput, Problem, RuleBroken
from kycuong.draws import rules
from kycuong.draws.rules import DrawState, Line, Record, parts_of
from tests.budget import examples

DAY = date(2026, 11, 25)
LINES = st.lists(
    st.builds(Line, st.text(min_size=1, max_size=8), st.sampled_from("abc"), st.integers(1, 12)),
    unique_by=lambda line: line.id,
    max_size=25,
)
SIZES = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 30))


@given(lines=LINES, sizes=SIZES, seed=st.binary(min_size=32, max_size=32), out=st.sets(st.integers(0, 24)))
@settings(max_examples=examples(80, long=4000))
def test_as_many_as_asked_or_as_there_are_win_and_nobody_excluded(
    lines: list[Line], sizes: dict[str, int], seed: bytes, out: set[int]
) -> None:
    excluded = {line.id: "hồi tị" for place, line in enumerate(lines) if place in out}
    frame = rules.frame_of([line for line in lines if line.id not in excluded], excluded)
    won = rules.draw(frame, sizes, seed)
    assert not {one.id for one in won} & set(excluded)
    assert len({one.id for one in won}) == len(won)
    there = Counter(line.stratum for line in lines if line.id not in excluded)
    assert Counter(one.stratum for one in won) == Counter({name: min(n, there[name]) for name, n in sizes.items()})


@given(lines=LINES, sizes=SIZES, seed=st.binary(min_size=32, max_size=32))
@settings(max_examples=examples(40, long=2000))
def test_the_order_of_the_list_changes_nothing(lines: list[Line], sizes: dict[str, int], seed: bytes) -> None:
    shuffled = random.Random(0).sample(lines, len(lines))
    assert rules.draw(rules.frame_of(lines, {}), sizes, seed) == rules.draw(rules.frame_of(shuffled, {}), sizes, seed)


def test_units_are_drawn_in_proportion_to_their_tickets() -> None:
    """χ² over the first draw from 15 units of weights 1, 2, 3: 2 degrees of freedom, p > 0.01 below 9.21."""
    lines = [Line(f"u{number:02d}", "a", number % 3 + 1) for number in range(15)]
    frame, trials = rules.frame_of(lines, {}), 4000
    won: Counter[int] = Counter()
    weight = {line.id: line.weight for line in lines}
    for trial in range(trials):
        [one] = rules.draw(frame, {"a": 1}, rules.seed_of(b"n" * 32, f"{trial:05d}"))
        won[weight[one.id]] += 1
    expected = {tickets: trials * tickets * 5 / 30 for tickets in (1, 2, 3)}
    assert sum((won[tickets] - expected[tickets]) ** 2 / expected[tickets] for tickets in expected) < 9.21


def test_a_commitment_binds_nonce_frame_and_spec() -> None:
    frame, spec = rules.frame_of([Line("u", "a", 2)], {"v": "mới thanh tra"}), {"sizes": {"a": 1}}
    committed = rules.commitment(b"n" * 32, frame, spec)
    assert committed != rules.commitment(b"m" * 32, frame, spec)
    assert committed != rules.commitment(b"n" * 32, rules.frame_of([Line("u", "a", 3)], {"v": "mới thanh tra"}), spec)
    assert committed != rules.commitment(b"n" * 32, rules.frame_of([Line("u", "a", 2)], {"v": "khác"}), spec)
    assert committed != rules.commitment(b"n" * 32, frame, {"sizes": {"a": 2}})


@pytest.mark.parametrize(
    ("record", "weight"),
    [
        (Record(months=0), 1),
        (Record(months=6), 2),
        (Record(months=23), 3),
        (Record(months=24), 4),
        (Record(months=None), 5),
        (Record(months=0, open_findings=2), 3),
        (Record(months=0, open_findings=9), 4),
        (Record(months=0, repeated_findings=1), 3),
        (Record(months=None, open_findings=9, repeated_findings=9), 12),
    ],
)
def test_tickets_follow_the_table(record: Record, weight: int) -> None:
    assert sum(parts_of(record).values()) == weight


def test_the_source_must_still_be_silent_and_then_have_spoken() -> None:
    rules.ensure_source("Giải đặc biệt miền Bắc", DAY + timedelta(days=1), today=DAY)
    for source, on in (("Giải đặc biệt miền Bắc", DAY), ("xổ số", DAY + timedelta(days=1))):
        with pytest.raises(Problem):
            rules.ensure_source(source, on, today=DAY)
    rules.ensure_source_has_spoken(DAY, today=DAY)
    with pytest.raises(RuleBroken, match="25/11/2026"):
        rules.ensure_source_has_spoken(DAY, today=DAY - timedelta(days=1))


@pytest.mark.parametrize("days", [0, -1, 400])
def test_the_deadline_comes_after_the_source_within_a_year(days: int) -> None:
    with pytest.raises(RuleBroken):
        rules.ensure_deadline(DAY + timedelta(days=days), source_on=DAY)


@pytest.mark.parametrize("sizes", [{}, {"a": 0}, {"a": -1}, {"x": 1}, {"a": 1001}])
def test_sizes_are_whole_and_of_known_kinds(sizes: dict[str, int]) -> None:
    with pytest.raises(BadInput):
        rules.ensure_sizes(sizes, ["a", "b"])


def test_a_quota_that_cannot_be_filled_is_told_before() -> None:
    with pytest.raises(RuleBroken, match="chỉ còn 2"):
        rules.ensure_enough({"a": 3}, {"a": 2}, {"a": "Xã"})


def test_the_beacon_is_typed_twice_alike() -> None:
    assert rules.checked_beacon(" 48 213 ", "48 213") == "48 213"
    for beacon, again in (("48213", "48214"), ("", ""), ("\u202e48213", "\u202e48213"), ("x" * 300, "x" * 300)):
        with pytest.raises(BadInput):
            rules.checked_beacon(beacon, again)


def test_nothing_is_revealed_while_somebody_would_be_warned() -> None:
    rules.ensure_may_reveal(all_signed=True, reveal_by=DAY, today=DAY)
    rules.ensure_may_reveal(all_signed=False, reveal_by=DAY, today=DAY + timedelta(days=1))
    with pytest.raises(RuleBroken, match="báo trước"):
        rules.ensure_may_reveal(all_signed=False, reveal_by=DAY, today=DAY)


def test_every_state_is_left_as_the_table_says() -> None:
    assert set(rules.DRAW_TRANSITIONS) == set(DrawState)
    assert not rules.DRAW_TRANSITIONS[DrawState.REVEALED] | rules.DRAW_TRANSITIONS[DrawState.ABANDONED]
    assert rules.is_overdue("drawn", DAY, today=DAY + timedelta(days=1))
    assert not rules.is_overdue("abandoned", DAY, today=DAY + timedelta(days=1))
