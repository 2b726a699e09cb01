"""No hidden number can be computed from what is published: somebody who knows all the rules tries every world there may be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kycuong.openness.rules.suppression import Hidden, Sums, Told, added, told

Parts = dict[str, list[int]]
LEAST = 3


def worlds(parts: Parts, sums: Sums[str], least: int) -> Iterator[tuple[int, ...]]:
    """Every way in which the hidden numbers of the list may be, given all that is told: numbers, sums, and which are small."""
    shown = [(name, told(number, least)) for name, numbers in parts.items() for number in numbers]
    hidden = [place for place, (_name, number) in enumerate(shown) if isinstance(number, Hidden)]
    for guess in product(range(least), repeat=len(hidden)):
        whole = [number if isinstance(number, int) else 0 for _name, number in shown]
        for place, number in zip(hidden, guess, strict=True):
            whole[place] = number
        of = {name: sum(n for (group, _), n in zip(shown, whole, strict=True) if group == name) for name in parts}
        if all(fits(of[name], sums.groups[name], least) for name in parts) and fits(sum(whole), sums.total, least):
            yield (*guess, *(of[name] for name, sum_ in sums.groups.items() if isinstance(sum_, Hidden)))


def fits(number: int, said: Told, least: int) -> bool:
    if isinstance(said, int):
        return number == said
    return number < least if said is Hidden.SMALL else True


def derived(parts: Parts, sums: Sums[str], least: int) -> bool:
    """Whether one number that is hidden, of a visit or of a kind, is the same in every world."""
    possible = list(worlds(parts, sums, least))
    return any(len(set(values)) == 1 for values in zip(*possible, strict=True))


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(0, 7), min_size=1, max_size=3), min_size=1),
    st.integers(2, 4),
)
@example({"a": [0, 1], "b": [1]}, 2)
def test_nothing_that_is_hidden_can_be_computed(parts: Parts, least: int) -> None:
    assert not derived(parts, added(parts, least), least)


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
    assert added({"a": [0, 0, 3], "b": [2, 2, 5]}, LEAST).groups == {"a": Hidden.HELD, "b": Hidden.HELD}
    assert added({"a": [1, 1, 2], "b": [5, 3], "none": []}, LEAST) == Sums({"a": 4, "b": 8, "none": 0}, 12)


def test_after_a_visit_was_taken_back_no_sum_is_told() -> None:
    sums = added({"a": [5, 6], "b": [7]}, LEAST, held=True)
    assert (sums.groups, sums.total) == ({"a": Hidden.HELD, "b": Hidden.HELD}, Hidden.HELD)
