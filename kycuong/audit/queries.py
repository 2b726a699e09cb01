"""What is known of the log outside its entries: signed checkpoints, and what the signer remembers."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from django.conf import settings

from .merkle import Frontier, leaf_hash
from .models import AuditEntry, AuditHead, LogCheckpoint
from .notes import BadNote, Checkpoint, LogKey
from .store import last_signed
from .verification import Fault, Witness

COMPARED_HERE = 200_000
"""Entries that are hashed anew while somebody waits for a page: about a second."""


def log_keys() -> list[LogKey]:
    """The keys of this installation (settings.CHECKPOINT_KEY): the first signs, all of them are believed."""
    return _read(settings.CHECKPOINT_KEY)


@lru_cache(maxsize=2)
def _read(text: str) -> list[LogKey]:
    return [LogKey.read(one) for one in text.split()]


def opened(note: str) -> Checkpoint:
    """The checkpoint of a note that this log signed, now or under an earlier key; BadNote otherwise."""
    for key in log_keys():
        with suppress(BadNote):
            return key.open(note)
    raise BadNote("no signature of this log holds")


def known_checkpoints() -> tuple[list[Witness], list[Fault]]:
    """What the kept checkpoints and the signer's memory say, and which of them are not what they should be."""
    witnesses: list[Witness] = []
    faults: list[Fault] = []
    for row in LogCheckpoint.objects.order_by("size"):
        try:
            told = opened(row.note)
        except BadNote:
            told = None
        if told is None or (told.size, told.root.hex()) != (row.size, row.root):
            faults.append(
                Fault(
                    None,
                    f"mốc kiểm chứng {row.size} không mang chữ ký của nhật ký này",
                    f"checkpoint {row.size} is not signed by this log",
                )
            )
        else:
            witnesses.append(Witness(told.size, told.root, f"mốc kiểm chứng / checkpoint {told.size}"))
    try:
        last = last_signed()
    except ValueError:
        faults.append(Fault(None, "tệp ghi nhớ của người ký bị hỏng", "the signer's file is damaged"))
    else:
        source = "tệp của người ký / the signer's file"
        witnesses += [Witness(last.size, last.root(), source)] if last.size else []
    return witnesses, faults


def last_checkpoint() -> dict[str, str] | None:
    """The note that was signed last and the key to read it by, for whoever keeps it elsewhere; None before the first."""
    row = LogCheckpoint.objects.first()
    if row is None:
        return None
    return {"key": log_keys()[0].vkey, "note": row.note}


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
    """BadNote when this log did not sign it. A long log is compared with the checkpoint that was kept; the command compares entries."""
    told = opened(note)
    kept = LogCheckpoint.objects.filter(size=told.size).values_list("root", flat=True).first()
    there = AuditHead.objects.values_list("size", flat=True).first() or 0
    if told.size > there:
        return Compared(told, "lost")
    root = root_at(told.size) if told.size <= COMPARED_HERE else bytes.fromhex(kept or "")
    return Compared(told, "same" if root == told.root and kept == told.root.hex() else "other")
