"""The tree is the one of RFC 9162: known values, another implementation, and a frontier that survives its storage."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from kycuong.audit.merkle import EMPTY_ROOT, Frontier, leaf_hash, node_hash


def tree(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162 §2.1.1, word by word."""
    if len(leaves) <= 1:
        return leaf_hash(leaves[0]) if leaves else sha256(b"").digest()
    left = 1
    while left * 2 < len(leaves):
        left *= 2
    return node_hash(tree(leaves[:left]), tree(leaves[left:]))


def test_empty_root_is_the_hash_of_nothing() -> None:
    assert Frontier().root() == EMPTY_ROOT
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_leaf_hash_has_the_prefix_of_the_standard() -> None:
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(b"\x01" + b"a" * 32 + b"b" * 32) != node_hash(b"a" * 32, b"b" * 32)


def test_roots_equal_pymerkle_for_every_size() -> None:
    frontier, other = Frontier(), InmemoryTree(algorithm="sha256")
    for number in range(600):
        entry = f"mục {number}".encode()
        frontier.append(leaf_hash(entry))
        other.append_entry(entry)
        assert frontier.root() == other.get_root(), number


@given(st.lists(st.binary(max_size=40), max_size=80), st.data())
def test_frontier_restored_at_any_point_ends_at_the_same_root(leaves: list[bytes], data: st.DataObject) -> None:
    stop = data.draw(st.integers(0, len(leaves)))
    frontier = Frontier()
    for leaf in leaves[:stop]:
        frontier.append(leaf_hash(leaf))
    frontier = Frontier.from_bytes(frontier.size, frontier.to_bytes())
    for leaf in leaves[stop:]:
        frontier.append(leaf_hash(leaf))
    assert frontier.root() == tree(leaves)
    assert frontier.size == len(leaves)


def test_state_is_logarithmic() -> None:
    frontier = Frontier()
    for _ in range(1023):
        frontier.append(bytes(32))
    assert len(frontier.to_bytes()) == 10 * 32


@pytest.mark.parametrize(("size", "state"), [(1, b""), (0, bytes(32)), (3, bytes(32)), (1, bytes(33)), (-1, b"")])
def test_state_that_does_not_fit_its_size_is_refused(size: int, state: bytes) -> None:
    with pytest.raises(ValueError, match="frontier"):
        Frontier.from_bytes(size, state)


def test_append_takes_hashes_only() -> None:
    with pytest.raises(ValueError, match="hash of a leaf"):
        Frontier().append(b"an entry")
