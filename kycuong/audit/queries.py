"""What is known of the log outside its entries: signed checkpoints, and what the signer remembers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Literal

from cryptography.x509 import Certificate
from django.conf import settings

from kycuong.core.problems import RuleBroken

from .merkle import Frontier, leaf_hash
from .models import AuditEntry, AuditHead, CheckpointStamp, LogCheckpoint
from .notes import BadNote, Checkpoint, LogKey
from .proofs import has_root
from .proving import APART, BadStamp, NoCertificate, Stamped, are_apart, believed, stamped
from .store import last_signed
from .verification import Fault, Witness

AT_ONCE = 500
"""Checkpoints whose time-stamps are read together."""
COMPARED_HERE = 200_000
"""Entries that are hashed anew while somebody waits for a page: about a second."""


def public_key() -> str:
    """Of the first key, for whoever verifies elsewhere. RuleBroken in words where the key broke while the server runs."""
    return _working_keys()[0].vkey


def _working_keys() -> list[LogKey]:
    """Those of `log_keys`, for people: `./run prepare` refuses to start with one that is broken, a running server says it."""
    try:
        return log_keys()
    except ValueError:
        raise RuleBroken(
            "Khóa ký mốc kiểm chứng của máy chủ bị hỏng nên chưa xem và so mốc được. Hãy báo quản trị hệ thống: lấy lại tệp `checkpoint-key` "
            "từ bản sao lưu rồi khởi động lại.",
            en="The key that signs checkpoints is damaged: nothing can be shown or compared. Tell the administrator to bring `checkpoint-key` "
            "back from a backup and start again.",
        ) from None


def log_keys() -> list[LogKey]:
    """The keys of this installation (settings.CHECKPOINT_KEY): the first signs, all of them are believed. ValueError when they are none."""
    return _read(settings.CHECKPOINT_KEY)


@lru_cache(maxsize=2)
def _read(text: str) -> list[LogKey]:
    if not text.strip():
        raise ValueError("log key: there is none")
    return [LogKey.read(one) for one in text.split()]


def opened(note: str) -> Checkpoint:
    """The checkpoint of a note that this log signed, now or under an earlier key; BadNote otherwise, RuleBroken where the keys
    themselves cannot be read."""
    for key in _working_keys():
        with suppress(BadNote):
            return key.open(note)
    raise BadNote("no signature of this log holds")


def is_signed(row: LogCheckpoint) -> bool:
    """Whether the note of a kept checkpoint is signed by this log and says what its row says."""
    try:
        told = opened(row.note)
    except BadNote:
        return False
    return (told.size, told.root.hex()) == (row.size, row.root)


def known_checkpoints() -> tuple[list[Witness], list[Fault]]:
    """What the kept checkpoints and the signer's memory say, and which of them are not what they should be."""
    witnesses: list[Witness] = []
    faults: list[Fault] = []
    for row in LogCheckpoint.objects.order_by("size"):
        if not is_signed(row):
            faults.append(
                Fault(
                    None,
                    f"mốc kiểm chứng {row.size} không mang chữ ký của nhật ký này",
                    f"checkpoint {row.size} is not signed by this log",
                )
            )
        else:
            witnesses.append(Witness(row.size, bytes.fromhex(row.root), f"mốc kiểm chứng / checkpoint {row.size}"))
    try:
        last = last_signed()
    except ValueError:
        faults.append(Fault(None, "tệp ghi nhớ của người ký bị hỏng", "the signer's file is damaged"))
    else:
        source = "tệp của người ký / the signer's file"
        witnesses += [Witness(last.size, last.root(), source)] if last.size else []
    return witnesses, faults


def stamps_of(rows: Iterable[LogCheckpoint]) -> dict[int, Stamped | BadStamp]:
    """Size of each checkpoint that has a time-stamp → what the first that holds proves, checked now, or why none proves anything."""
    found: dict[int, Stamped | BadStamp] = {}
    try:
        certificates = believed()
    except NoCertificate as none:
        return {row.size: none for _stamp, row in _with_stamps(rows)}
    for stamp, row in _with_stamps(rows):
        if not isinstance(found.get(row.size), Stamped):
            found[row.size] = proved(stamp, row, certificates)
    return found


def _with_stamps(rows: Iterable[LogCheckpoint]) -> Iterator[tuple[CheckpointStamp, LogCheckpoint]]:
    """Each stamp with its checkpoint, some hundred at a time: a log of years has tens of thousands."""
    waiting = iter(rows)
    while part := {one.size: one for one in islice(waiting, AT_ONCE)}:
        for stamp in CheckpointStamp.objects.filter(size__in=part).order_by("size", "pk"):
            yield stamp, part[stamp.size]


def proved(
    stamp: CheckpointStamp, row: LogCheckpoint, certificates: Sequence[Certificate] | None = None
) -> Stamped | BadStamp:
    """What one time-stamp proves of a checkpoint: nothing of one that this log did not sign, whatever somebody wrote beside it."""
    if not is_signed(row):
        return BadStamp("mốc này không mang chữ ký của nhật ký này", "the checkpoint is not signed by this log")
    try:
        found = stamped(bytes(stamp.reply), row.note, believed() if certificates is None else certificates)
    except BadStamp as bad:
        return bad
    return found._replace(apart=are_apart(found.at, stamp.received_at) or row.made_at - found.at > APART)


def first_stamp(size: int, since: datetime) -> tuple[int, Stamped] | None:
    """The first time-stamp of this or a later checkpoint: all that these cover was there by then. None when none holds. One from before
    `since`, when what it covers was recorded, is of something else."""
    later = LogCheckpoint.objects.filter(size__gte=size, size__in=CheckpointStamp.objects.values("size"))
    for row in later.order_by("size")[:10]:
        found = stamps_of([row]).get(row.size)
        if isinstance(found, Stamped) and since - found.at <= APART:
            return row.size, found
    return None


@dataclass(frozen=True, slots=True)
class Stamps:
    """How many hold, the sizes at which clocks were apart, how many cannot be checked here; and what is wrong."""

    holding: int
    apart: tuple[int, ...]
    unchecked: int
    faults: tuple[Fault, ...]


def all_stamps() -> Stamps:
    """Each checkpoint with a time-stamp, and time-stamps of no checkpoint."""
    there = LogCheckpoint.objects.filter(size__in=CheckpointStamp.objects.values("size"))
    found = stamps_of(there.iterator(500))
    faults = [
        Fault(None, f"dấu thời gian của mốc {size}: {one.vi}", f"the time-stamp of checkpoint {size}: {one.en}")
        for size, one in sorted(found.items())
        if isinstance(one, BadStamp) and not isinstance(one, NoCertificate)
    ]
    alone = CheckpointStamp.objects.exclude(size__in=LogCheckpoint.objects.values("size"))
    faults += [
        Fault(None, f"dấu thời gian {size} không còn mốc của nó", f"time-stamp {size} has lost its checkpoint")
        for size in sorted(set(alone.values_list("size", flat=True)))
    ]
    holding = {size: one for size, one in sorted(found.items()) if isinstance(one, Stamped)}
    apart = tuple(size for size, one in holding.items() if one.apart)
    unchecked = sum(isinstance(one, NoCertificate) for one in found.values())
    return Stamps(len(holding), apart, unchecked, tuple(faults))


def last_checkpoint() -> dict[str, str] | None:
    """The note that was signed last and the key that signed it, for whoever keeps it elsewhere; None before the first. A note that no
    key opens goes out beside the first key: whoever reads it shall see that it does not hold."""
    row = LogCheckpoint.objects.first()
    if row is None:
        return None
    keys = _working_keys()
    return {"key": next((key for key in keys if _opens(key, row.note)), keys[0]).vkey, "note": row.note}


def _opens(key: LogKey, note: str) -> bool:
    with suppress(BadNote):
        return bool(key.open(note))
    return False


def root_at(size: int) -> bytes | None:
    """The root of the first so many entries as they are now; None when there are fewer."""
    if size > (AuditHead.objects.values_list("size", flat=True).first() or 0):
        return None
    frontier = Frontier()
    for meta in AuditEntry.objects.order_by("seq").filter(seq__lt=size).values_list("meta", flat=True).iterator(2000):
        frontier.append(leaf_hash(bytes(meta)))
    return frontier.root() if frontier.size == size else None


@dataclass(frozen=True, slots=True)
class Compared:
    """A checkpoint from outside beside the log as it is now: `same`, `other` or `lost`."""

    told: Checkpoint
    outcome: Literal["same", "other", "lost"]


def compared(note: str) -> Compared:
    """BadNote when this log did not sign it. The root of the entries decides, whatever is kept beside them: a backup taken before the
    checkpoint was made lacks its row, and is the same log. A long log is compared by the kept roots of its blocks first; the command
    compares entries."""
    told = opened(note)
    there = AuditHead.objects.values_list("size", flat=True).first() or 0
    if told.size > there:
        return Compared(told, "lost")
    short = told.size <= COMPARED_HERE
    same = root_at(told.size) == told.root if short else has_root(told.size, told.root)
    return Compared(told, "same" if same else "other")
