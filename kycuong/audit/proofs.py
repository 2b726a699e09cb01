"""Proofs of the tree: that an entry is in what was signed, and that a later log begins with an earlier one.

Roots of blocks of 1,024 entries are kept, so that a proof in a log of a million entries reads some thousands of hashes. Whoever
asks compares with what was signed: kept roots that do not lead there are not believed, and the entries are read instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .merkle import Span, beside, between, folded, leaf_hash, root_above, roots_between
from .models import AuditEntry, LogBlock, LogCheckpoint

BLOCK = 1024
Hashed = Callable[[int, int], bytes]


class NoProof(ValueError):
    """The entries do not lead to what was signed: the log was rewritten or cut."""


def inclusion(number: int, size: int, root: bytes) -> list[bytes]:
    """The way from an entry to the signed root of the first `size` entries, lowest first; NoProof when it does not lead there."""
    leaf = hashed(number, number + 1)
    return _leading(beside(number, size), lambda path: root_above(leaf, number, size, path) == root)


def consistency(old: int, new: int, old_root: bytes, root: bytes) -> list[bytes]:
    """That a log of `new` entries begins with the signed one of `old`; NoProof when it does not."""
    return _leading(between(old, new), lambda path: roots_between(old, new, old_root, path) == (old_root, root))


def grown(old: int, new: int) -> list[bytes]:
    """The same between two checkpoints that were kept, for whoever compares; nothing when it cannot be shown."""
    roots = dict(LogCheckpoint.objects.filter(size__in=(old, new)).values_list("size", "root"))
    if not 0 < old <= new or len(roots) != len({old, new}):
        return []
    try:
        return consistency(old, new, bytes.fromhex(roots[old]), bytes.fromhex(roots[new]))
    except NoProof:
        return []


def _leading(spans: Sequence[Span], leads: Callable[[list[bytes]], bool]) -> list[bytes]:
    for way in (hashed, from_entries):
        path = [way(first, last) for first, last in spans]
        if leads(path):
            return path
    raise NoProof("the entries do not lead to what was signed")


def hashed(first: int, last: int) -> bytes:
    """The root of one subtree of the tree, by the roots of blocks where they are kept."""
    if first % BLOCK or last - first < BLOCK:
        return from_entries(first, last)
    start, stop = first // BLOCK, last // BLOCK
    kept = LogBlock.objects.filter(number__range=(start, stop - 1)).order_by("number").values_list("root", flat=True)
    nodes = [bytes.fromhex(root) for root in kept]
    if len(nodes) != stop - start:
        return from_entries(first, last)
    return folded([*nodes, *([from_entries(stop * BLOCK, last)] if last % BLOCK else [])])


def from_entries(first: int, last: int) -> bytes:
    """The same from the entries themselves; NoProof when some are missing."""
    metas = AuditEntry.objects.order_by("seq").filter(seq__gte=first, seq__lt=last).values_list("meta", flat=True)
    leaves = [leaf_hash(bytes(meta)) for meta in metas.iterator(2000)]
    if len(leaves) != last - first:
        raise NoProof("entries are missing")
    return folded(leaves)


def keep_blocks(size: int) -> None:
    """Keep the roots of the blocks that were filled since, inside the transaction of a checkpoint."""
    there = LogBlock.objects.count()
    LogBlock.objects.bulk_create(
        LogBlock(number=number, root=from_entries(number * BLOCK, (number + 1) * BLOCK).hex())
        for number in range(there, size // BLOCK)
    )
