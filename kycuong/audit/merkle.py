"""The Merkle tree of RFC 9162 §2.1 (as in RFC 6962): leaf and node hashes, and a frontier that grows with log n state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry; the prefix keeps a leaf from ever passing for a node."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the perfect subtrees of a log, largest first: all that is needed to append and to tell the root."""

    __slots__ = ("_peaks", "size")

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)
        if size < 0 or len(self._peaks) != size.bit_count() or any(len(peak) != HASH_SIZE for peak in self._peaks):
            raise ValueError(f"{len(self._peaks)} peaks do not make a frontier of {size} entries")

    def append(self, leaf: bytes) -> None:
        """Add one leaf hash; two equal subtrees at the end become one, as a binary counter carries."""
        if len(leaf) != HASH_SIZE:
            raise ValueError("append() takes the hash of a leaf, not the entry itself")
        carried, size = leaf, self.size
        while size & 1:
            carried = node_hash(self._peaks.pop(), carried)
            size >>= 1
        self._peaks.append(carried)
        self.size += 1

    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY_ROOT
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def to_bytes(self) -> bytes:
        """The peaks, one after the other; the size is kept beside them."""
        return b"".join(self._peaks)

    @classmethod
    def from_bytes(cls, size: int, state: bytes) -> Frontier:
        """The frontier that `to_bytes` wrote; ValueError when the bytes cannot belong to that size."""
        if len(state) % HASH_SIZE:
            raise ValueError(f"a frontier is a multiple of {HASH_SIZE} bytes, not {len(state)}")
        return cls(size, (state[start : start + HASH_SIZE] for start in range(0, len(state), HASH_SIZE)))


Span = tuple[int, int]
"""Entries from the first up to, without, the second: one subtree of the tree."""


def folded(nodes: Sequence[bytes]) -> bytes:
    """The root over nodes of one height, of which the last may be lower: an odd one goes up as it is."""
    level = list(nodes)
    while len(level) > 1:
        level = [node_hash(*level[at : at + 2]) if at + 1 < len(level) else level[at] for at in range(0, len(level), 2)]
    return level[0] if level else EMPTY_ROOT


def beside(number: int, size: int) -> list[Span]:
    """The subtrees whose roots lead from an entry to the root, lowest first (RFC 9162 §2.1.3.1)."""
    first, last, found = 0, size, list[Span]()
    while last - first > 1:
        middle = _middle(first, last)
        if number < middle:
            found.append((middle, last))
            last = middle
        else:
            found.append((first, middle))
            first = middle
    return found[::-1]


def between(old: int, new: int) -> list[Span]:
    """The subtrees whose roots show that a log of `new` entries begins with one of `old` (RFC 9162 §2.1.4.1)."""
    first, last, found = 0, new, list[Span]()
    while old < last:
        middle = _middle(first, last)
        if old <= middle:
            found.append((middle, last))
            last = middle
        else:
            found.append((first, middle))
            first = middle
    return [*([(first, last)] if first else []), *found[::-1]]


def _middle(first: int, last: int) -> int:
    """Where the left half ends: as many entries as the largest power of two that leaves something for the right one."""
    return int(first + (1 << (last - first - 1).bit_length() - 1))


def root_above(leaf: bytes, number: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which the path leads from a leaf (RFC 9162 §2.1.3.2); None when it is no path of that tree."""
    spans = beside(number, size) if 0 <= number < size else []
    if len(spans) != len(path) or not 0 <= number < size:
        return None
    found = leaf
    for (first, _last), one in zip(spans, path, strict=True):
        found = node_hash(one, found) if first < number else node_hash(found, one)
    return found


def roots_between(old: int, new: int, old_root: bytes, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots to which a consistency proof leads (RFC 9162 §2.1.4.2); None when it is none of those sizes."""
    spans = between(old, new) if 0 < old <= new else []
    if len(spans) != len(path) or not 0 < old <= new:
        return None
    whole = old == new or old & (old - 1) == 0  # the old tree is itself a subtree of the new one, no hash tells it
    before = after = old_root if whole else path[0]
    for (first, _last), one in list(zip(spans, path, strict=True))[0 if whole else 1 :]:
        before = node_hash(one, before) if first < old else before
        after = node_hash(one, after) if first < old else node_hash(after, one)
    return before, after
