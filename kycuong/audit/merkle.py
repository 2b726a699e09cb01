"""The Merkle tree of RFC 9162 §2.1 (as in RFC 6962): leaf and node hashes, and a frontier that grows with log n state."""

from __future__ import annotations

from collections.abc import Iterable
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
