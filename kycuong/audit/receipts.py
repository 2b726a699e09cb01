"""Receipts: what an act left in the log, proved by a signed checkpoint (C2SP tlog-proof), and whether one that somebody kept still holds."""

from __future__ import annotations

import hmac
import json
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.apps import apps
from django.db.models import Model

from .canonical import key_of
from .log import commitment
from .merkle import HASH_SIZE, leaf_hash, root_above
from .models import AuditBody, AuditEntry, LogCheckpoint
from .notes import LONGEST, SIZE, BadNote, Checkpoint
from .proofs import inclusion
from .protected import PROTECTED
from .queries import compared, opened
from .reconcile import GONE, difference_of

PROOF, SCANNED = "c2sp.org/tlog-proof@v1", "kycuong-receipt@v1"
LONGEST_RECEIPT = 8000
"""Letters: an entry, forty hashes and a checkpoint."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Of what there is a receipt: the row, the act on it (or several, between blanks), what people call it, and its page."""

    row: Model
    verb: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The entry of an act (`meta`, its number and hash), with the way to the first checkpoint that covers it, if there is one yet."""

    number: int
    meta: bytes
    checkpoint: LogCheckpoint | None
    path: tuple[bytes, ...] = ()

    @property
    def leaf(self) -> bytes:
        return leaf_hash(self.meta)

    @property
    def told(self) -> Mapping[str, Any]:
        """What the entry says: nothing of the content, and nobody's name."""
        return dict(json.loads(self.meta))

    @property
    def recorded_at(self) -> datetime:
        return datetime.fromisoformat(self.told["ts"])

    @property
    def text(self) -> str:
        """The file: enough to be checked without this program; empty before there is a checkpoint."""
        if self.checkpoint is None:
            return ""
        path = "".join(f"{_encoded(one)}\n" for one in self.path)
        return f"{PROOF}\nextra {_encoded(self.meta)}\nindex {self.number}\n{path}\n{self.checkpoint.note}"

    @property
    def scanned(self) -> str:
        """What a square code has room for: number, hash and checkpoint, to be checked beside the log."""
        if self.checkpoint is None:
            return ""
        return f"{SCANNED}\nleaf {_encoded(self.leaf)}\nindex {self.number}\n\n{self.checkpoint.note}"


def first_checkpoint(row: Model, verb: str) -> LogCheckpoint | None:
    """The checkpoint that first covers an act on a row (or the last of several, between blanks): once there, it is that one for ever."""
    entry = _entry(row, verb)
    return None if entry is None else _covering(entry.seq)


def receipt_of(row: Model, verb: str) -> Receipt | None:
    """The receipt of the last such act on a row; None when the log knows none. NoProof when the log no longer leads to what was signed."""
    entry = _entry(row, verb)
    if entry is None:
        return None
    meta, checkpoint = bytes(entry.meta), _covering(entry.seq)
    if checkpoint is None:
        return Receipt(entry.seq, meta, None)
    path = inclusion(entry.seq, checkpoint.size, bytes.fromhex(checkpoint.root))
    return Receipt(entry.seq, meta, checkpoint, tuple(path))


def _entry(row: Model, verb: str) -> AuditEntry | None:
    entries = AuditEntry.objects.filter(model=row._meta.label, key=key_of(row)).order_by("-seq")
    return next((one for one in entries if json.loads(bytes(one.meta))["verb"] in verb.split()), None)


def _covering(seq: int) -> LogCheckpoint | None:
    return LogCheckpoint.objects.filter(size__gt=seq).order_by("size").first()


def _encoded(data: bytes) -> str:
    return b64encode(data).decode()


Outcome = Literal["same", "other", "lost", "unbound", "changed", "gone"]


@dataclass(frozen=True, slots=True)
class Examined:
    """A receipt beside the log and the tables as they are now. `moment` is when the act was recorded, None when the entry is lost;
    `erased`: its content was taken away by law, with an entry that says so; `deleted`: its row was deleted by a later act."""

    number: int
    checkpoint: Checkpoint
    outcome: Outcome
    moment: datetime | None = None
    erased: bool = False
    deleted: bool = False


def examined(text: str) -> Examined:
    """BadNote when this log never gave such a receipt: text, signature or way to the root are not sound in themselves."""
    number, leaf, note = _read(text)
    told = opened(note)
    if number >= told.size:
        raise BadNote("the checkpoint does not cover the entry")
    if (beside := compared(note).outcome) == "lost":
        return Examined(number, told, "lost")
    entry = AuditEntry.objects.filter(seq=number).select_related("body").first()
    if entry is None or leaf_hash(bytes(entry.meta)) != leaf or beside == "other":
        return Examined(number, told, "lost" if entry is None else "other")
    return _beside_tables(number, told, entry)


def _read(text: str) -> tuple[int, bytes, str]:
    """Number and hash of the entry, and the note; of a file only when its path leads to the root that the note tells."""
    given = text.replace("\r\n", "\n").strip()
    proof, _, note = given.partition("\n\n")
    kind, *lines = proof.split("\n")
    named = {PROOF: "extra ", SCANNED: "leaf "}.get(kind, "")
    if len(given) > LONGEST_RECEIPT or len(note) > LONGEST or not named or len(lines) < 2:
        raise BadNote("no receipt")
    data, index = _decoded(lines[0].removeprefix(named)), lines[1].removeprefix("index ")
    if not SIZE.fullmatch(index) or (kind == SCANNED and (len(lines) != 2 or len(data) != HASH_SIZE)):
        raise BadNote("no receipt")
    number, leaf = int(index), data if kind == SCANNED else leaf_hash(data)
    if kind == PROOF:
        told = opened(note)
        if root_above(leaf, number, told.size, [_decoded(one) for one in lines[2:]]) != told.root:
            raise BadNote("its path does not lead to what was signed")
    return number, leaf, note


def _decoded(text: str) -> bytes:
    with suppress(ValueError, NoBase64):
        data = b64decode(text, validate=True)
        if _encoded(data) == text:
            return data
    raise BadNote("not base64")


def _beside_tables(number: int, told: Checkpoint, entry: AuditEntry) -> Examined:
    meta = json.loads(bytes(entry.meta))
    moment, body = datetime.fromisoformat(meta["ts"]), getattr(entry, "body", None)
    erased = body is None or body.body is None
    sound = _erased_by_law(entry) if erased else _bound(body, meta["c"])
    if not sound:
        return Examined(number, told, "unbound", moment)
    if entry.model not in PROTECTED:
        return Examined(number, told, "same", moment, erased)
    kind, deleted = difference_of(apps.get_model(entry.model), entry.key)
    outcome: Outcome = "gone" if kind == GONE else "changed" if kind else "same"
    return Examined(number, told, outcome, moment, erased, deleted)


def _bound(body: AuditBody | None, promised: str) -> bool:
    return body is not None and hmac.compare_digest(
        commitment(bytes(body.salt or b""), bytes(body.body or b"")), promised
    )


def _erased_by_law(entry: AuditEntry) -> bool:
    later = AuditEntry.objects.filter(model=entry.model, key=entry.key, seq__gt=entry.seq)
    return any(json.loads(bytes(one.meta))["op"] == "erase" for one in later)
