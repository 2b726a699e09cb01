"""Proofs of the tree: that an entry is in what was signed, and that a later log begins with an earlier one.

Roots of blocks of 1,024 entries are kept, so that a proof in a log of a million entries reads some thousands of hashes. Whoever
asks compares with what was signed: kept roots that do not lead there are not believed, and the entries are read instead.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from .merkle import Span, beside, between, folded, leaf_hash, root_above, roots_between
from .models import AuditEntry, LogBlock, LogCheckpoint

BLOCK = 1024
AT_ONCE = 300
"""Blocks that are kept in one run of background work: a second or two."""
LONGEST = 2**62
"""What the columns of sizes can be asked for."""
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
    """The same for whoever keeps the root of the earlier one and compares: the row of that checkpoint may be missing after a
    restoration. Nothing when it cannot be shown."""
    if not 0 < old <= new <= LONGEST:
        return []
    roots = dict(LogCheckpoint.objects.filter(size__in=(old, new)).values_list("size", "root"))
    if new not in roots:
        return []
    root = bytes.fromhex(roots[new])
    with suppress(NoProof):
        before = bytes.fromhex(roots[old]) if old in roots else _root_before(old, new, root)
        return consistency(old, new, before, root)
    return []


def has_root(size: int, root: bytes) -> bool:
    """Whether the first `size` entries have this root: by the roots of blocks where these lead to it, else by the entries."""
    with suppress(NoProof):
        return any(way(0, size) == root for way in (hashed, from_entries))
    return False


def _root_before(old: int, new: int, root: bytes) -> bytes:
    return hashed(0, old) if hashed(0, new) == root else from_entries(0, old)


def _leading(spans: Sequence[Span], leads: Callable[[list[bytes]], bool]) -> list[bytes]:
    for way in (hashed, from_entries):
        path = [way(first, last) for first, last in spans]
        if leads(path):
            return path
    raise NoProof("the entries do not lead to what was signed")


def hashed(first: int, last: int) -> bytes:
    """The root of one subtree of the tree, by the roots of blocks where they are kept."""
    return _by_blocks(first, last) or from_entries(first, last)


def _by_blocks(first: int, last: int) -> bytes | None:
    """None where no block begins, or where not all of them are kept as roots."""
    if first % BLOCK or last - first < BLOCK:
        return None
    start, stop = first // BLOCK, last // BLOCK
    kept = LogBlock.objects.filter(number__range=(start, stop - 1)).order_by("number").values_list("root", flat=True)
    try:
        nodes = [bytes.fromhex(root) for root in kept]
    except ValueError:
        return None
    if len(nodes) != stop - start:
        return None
    return folded([*nodes, *([from_entries(stop * BLOCK, last)] if last % BLOCK else [])])


def from_entries(first: int, last: int) -> bytes:
    """The same from the entries themselves; NoProof when some are missing."""
    metas = AuditEntry.objects.order_by("seq").filter(seq__gte=first, seq__lt=last).values_list("meta", flat=True)
    leaves = [leaf_hash(bytes(meta)) for meta in metas.iterator(2000)]
    if len(leaves) != last - first:
        raise NoProof("entries are missing")
    return folded(leaves)


def keep_blocks(size: int) -> None:
    """Keep the roots of blocks that are full and not kept yet, some at a time: without them a proof is only slower. NoProof when entries
    are missing. Asks for no lock, as entries never change."""
    there = set(LogBlock.objects.values_list("number", flat=True))
    missing = [number for number in range(size // BLOCK) if number not in there][:AT_ONCE]
    made = [LogBlock(number=number, root=_block(number)) for number in missing]
    LogBlock.objects.bulk_create(made, ignore_conflicts=True)  # another process may be at it


def mend_blocks(size: int, root: bytes) -> None:
    """Write anew the kept roots that do not lead to the root that was just signed: somebody damaged them."""
    if LogBlock.objects.filter(number__lt=size // BLOCK).count() < size // BLOCK or _by_blocks(0, size) == root:
        return
    for kept in LogBlock.objects.filter(number__lt=size // BLOCK).iterator():
        if kept.root != (right := _block(kept.number)):
            LogBlock.objects.filter(pk=kept.pk).update(root=right)


def _block(number: int) -> str:
    return from_entries(number * BLOCK, (number + 1) * BLOCK).hex()
