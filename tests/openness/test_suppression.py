"""No hidden number can be computed from what is published: somebody who knows all the rules tries every world there may be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kycuong.openness.rules.suppression import Hidden, Sums, added, told

Parts = dict[str, list[int]]
LEAST = 3


def worlds(parts: Parts, least: int) -> Iterator[tuple[int, ...]]:
    """Every way in which the hidden numbers of the list, and those of the sums, may be: the same rule tells the same of it."""
    sums = added(parts, least)
    shown = {name: [told(number, least) for number in numbers] for name, numbers in parts.items()}
    hidden = [(name, place) for name, row in shown.items() for place, one in enumerate(row) if isinstance(one, Hidden)]
    for guess in product(range(least), repeat=len(hidden)):
        whole = {name: list(numbers) for name, numbers in parts.items()}
        for (name, place), number in zip(hidden, guess, strict=True):
            whole[name][place] = number
        if added(whole, least) == sums:
            of = {name: sum(numbers) for name, numbers in whole.items()}
            held = [of[name] for name, sum_ in sums.groups.items() if isinstance(sum_, Hidden)]
            yield (*guess, *held, *([sum(of.values())] if isinstance(sums.total, Hidden) else []))


def derived(parts: Parts, least: int) -> bool:
    """Whether one number that is hidden, of a visit, of a kind or of all, is the same in every world."""
    seen: list[set[int]] = []
    for world in worlds(parts, least):
        seen = seen or [set() for _number in world]
        for values, number in zip(seen, world, strict=True):
            values.add(number)
        if all(len(values) > 1 for values in seen):
            return False
    return bool(seen)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(0, 7), min_size=1, max_size=3), min_size=1),
    st.integers(2, 4),
)
@example({"a": [0, 1], "b": [1]}, 2)
@example({"a": [0, 0, 4], "b": [2]}, 3)
@example({"a": [2, 2]}, 3)
@example({"a": [1, 1]}, 2)
@example({"a": [3, 5]}, 5)
def test_nothing_that_is_hidden_can_be_computed(parts: Parts, least: int) -> None:
    assert not derived(parts, least)


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(0, 9), max_size=4)))
def test_what_is_told_is_true_and_never_small(parts: Parts) -> None:
    sums = added(parts, LEAST)
    for name, numbers in parts.items():
        assert sums.groups[name] in (sum(numbers), Hidden.SMALL, Hidden.HELD)
    assert sums.total in (sum(map(sum, parts.values())), Hidden.SMALL, Hidden.HELD)
    assert all(
        not isinstance(number, int) or number >= LEAST for number in (*sums.groups.values(), sums.total) if number
    )


def test_sums_are_told_where_they_give_nothing_away() -> None:
    sums = added({"a": [1, 1, 2], "b": [5, 3], "c": [4, 1]}, LEAST)
    assert sums.groups == {"a": 4, "b": 8, "c": Hidden.HELD}, "of c only one number is hidden: 5 − 4 would tell it"
    assert sums.total is Hidden.HELD, "and so would 17 − 4 − 8"
    assert added({"a": [0, 0, 4], "b": [2]}, LEAST).total is Hidden.HELD, "6 would tell that a holds 4: so 0, 0 and 2"
    assert added({"a": [0, 0, 3], "b": [2, 2, 5]}, LEAST).groups == {"a": Hidden.HELD, "b": Hidden.HELD}
    assert added({"a": [1, 1, 2], "b": [5, 3], "none": []}, LEAST) == Sums({"a": 4, "b": 8, "none": 0}, 12)


def test_after_a_visit_was_taken_back_no_sum_is_told() -> None:
    sums = added({"a": [5, 6], "b": [7]}, LEAST, held=True)
    assert (sums.groups, sums.total) == ({"a": Hidden.HELD, "b": Hidden.HELD}, Hidden.HELD)
