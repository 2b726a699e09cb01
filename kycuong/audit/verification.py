"""Check the log by itself: numbers without a gap, every entry bound to its body, the tree equal to the head."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections

from .canonical import dumps
from .log import FORMAT, commitment
from .merkle import Frontier, leaf_hash
from .models import AuditBody, AuditEntry, AuditHead
from .reconcile import Progress
from .walls import missing_walls

ENTRIES_AT_ONCE = 1000
MEMBERS = {"v", "seq", "ts", "actor", "op", "verb", "model", "pk", "c"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in the log; `seq` is None when it is the log as a whole."""

    seq: int | None
    vi: str
    en: str

    def __str__(self) -> str:
        where = "nhật ký / log" if self.seq is None else f"mục / entry {self.seq}"
        return f"{where}: {self.vi} / {self.en}"


@dataclass(frozen=True, slots=True)
class Witness:
    """What somebody outside the database knows of the log: so many entries under this root. `source` says who, for people."""

    size: int
    root: bytes
    source: str


def verify_log(
    using: str = DEFAULT_DB_ALIAS, progress: Progress | None = None, witnesses: Iterable[Witness] = ()
) -> Iterator[Fault]:
    """Every fault, in order, reading the log once from its beginning. `witnesses`: what it must agree with."""
    asked: dict[int, list[Witness]] = {}
    for witness in witnesses:
        asked.setdefault(witness.size, []).append(witness)
    for wall in missing_walls(connections[using]):
        yield Fault(None, f"thiếu rào chắn {wall}", f"the wall {wall} is missing")
    frontier, expected = Frontier(), 0
    for bodies in _pages(using):
        for entry, body in bodies:
            if entry.seq != expected:
                yield Fault(entry.seq, f"thiếu các mục từ {expected}", f"the entries from {expected} on are missing")
            expected = entry.seq + 1
            frontier.append(leaf_hash(_bytes(entry.meta)))
            for witness in asked.pop(frontier.size, ()):
                yield from _against(witness, frontier.root())
            yield from _entry_faults(entry, body, using)
        if progress:
            progress(len(bodies))
    yield from _head_faults(frontier, using)
    yield from _cut(asked, frontier.size)


def _cut(asked: Mapping[int, Sequence[Witness]], there: int) -> Iterator[Fault]:
    """Witnesses of more than there is; that there was nothing at the beginning needs no witness."""
    for witness in (one for size in sorted(asked) if size for one in asked[size]):
        yield Fault(
            None,
            f"bị cắt: {witness.source} biết {witness.size} mục, ở đây còn {there}",
            f"it was cut: {witness.source} knows {witness.size} entries, here are {there}",
        )


def _against(witness: Witness, root: bytes) -> Iterator[Fault]:
    if not hmac.compare_digest(witness.root, root):
        yield Fault(
            None,
            f"bị viết lại: {witness.size} mục đầu không phải những mục mà {witness.source} biết",
            f"it was rewritten: its first {witness.size} entries are not those that {witness.source} knows",
        )


def _pages(using: str) -> Iterator[list[tuple[AuditEntry, AuditBody | None]]]:
    entries = AuditEntry.objects.using(using).order_by("seq").select_related("body")
    page = list(entries[:ENTRIES_AT_ONCE])
    while page:
        yield [(entry, getattr(entry, "body", None)) for entry in page]
        page = list(entries.filter(seq__gt=page[-1].seq)[:ENTRIES_AT_ONCE])


def _entry_faults(entry: AuditEntry, body: AuditBody | None, using: str) -> Iterator[Fault]:
    meta = _meta(entry)
    if meta is None:
        yield Fault(entry.seq, "dữ liệu không đúng dạng", "its data are not in the form of the log")
        return
    if (meta["seq"], meta["model"], meta["pk"]) != (entry.seq, entry.model, entry.key):
        yield Fault(entry.seq, "số hoặc đối tượng đã bị đổi", "its number or its row was changed")
    if body is None:
        yield Fault(entry.seq, "thiếu nội dung", "its body is missing")
    elif body.salt is None and body.body is None:
        if not _erasure_is_logged(entry, using):
            yield Fault(entry.seq, "nội dung bị xóa mà không ghi", "its body was erased and no later entry says so")
    elif body.salt is None or body.body is None:
        yield Fault(entry.seq, "nội dung bị xóa một phần", "only a part of its body was erased")
    elif not hmac.compare_digest(commitment(_bytes(body.salt), _bytes(body.body)), str(meta["c"])):
        yield Fault(entry.seq, "nội dung không khớp với cam kết", "its body is not the one it is bound to")


def _meta(entry: AuditEntry) -> dict[str, object] | None:
    """What the entry says, or None when that is not canonical JSON of the known form."""
    data = _bytes(entry.meta)
    try:
        meta = json.loads(data)
        canonical = dumps(meta)
    except (ValueError, TypeError):
        return None
    return (
        meta
        if canonical == data and isinstance(meta, dict) and meta.keys() == MEMBERS and meta["v"] == FORMAT
        else None
    )


def _erasure_is_logged(entry: AuditEntry, using: str) -> bool:
    later = AuditEntry.objects.using(using).filter(model=entry.model, key=entry.key, seq__gt=entry.seq)
    return any((meta := _meta(other)) is not None and meta["op"] == "erase" for other in later)


def _head_faults(frontier: Frontier, using: str) -> Iterator[Fault]:
    head = AuditHead.objects.using(using).first() or AuditHead()
    if head.size != frontier.size:
        yield Fault(
            None,
            f"đầu sổ ghi {head.size} mục nhưng có {frontier.size}",
            f"its head tells of {head.size} entries, there are {frontier.size}",
        )
    elif _bytes(head.frontier) != frontier.to_bytes():
        yield Fault(None, "gốc cây băm không khớp", "the root of its tree is not the one in its head")


def _bytes(value: object) -> bytes:
    """What a BLOB column holds, or something that fits nothing when another type was forced into it."""
    return bytes(value) if isinstance(value, bytes | bytearray | memoryview) else b""
