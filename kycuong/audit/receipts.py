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
from .models import AuditBody, AuditEntry, AuditHead, LogCheckpoint
from .notes import LONGEST, SIZE, BadNote, Checkpoint
from .proofs import NoProof, inclusion
from .protected import PROTECTED
from .queries import is_signed, opened
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
    """The checkpoint that first covers an act on a row (or the last of several, between blanks): the same each time, as long as no restoration loses it. None when there is
    none yet, or when what is kept in its place is not signed by this log."""
    entry = _entry(row, verb)
    with suppress(NoProof):
        return None if entry is None else _covering(entry.seq)
    return None


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
    return next((one for one in entries if _tells(one, verb.split())), None)


def _tells(entry: AuditEntry, verbs: list[str]) -> bool:
    meta = json.loads(bytes(entry.meta))
    return _is_about(entry, meta) and meta["verb"] in verbs


def _is_about(entry: AuditEntry, meta: Mapping[str, Any]) -> bool:
    """The columns by which an entry is found are not signed: what its text says is."""
    return (meta["model"], meta["pk"]) == (entry.model, entry.key)


def _covering(seq: int) -> LogCheckpoint | None:
    """NoProof when the row is not what was signed: it is in the database, where everything can be written."""
    found = LogCheckpoint.objects.filter(size__gt=seq).order_by("size").first()
    if found is not None and not is_signed(found):
        raise NoProof("the kept checkpoint is not signed by this log")
    return found


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
    """BadNote when this log never gave such a receipt: text, signature or way to the root are not sound in themselves, or another
    entry than that of a scanned code leads to the root that was signed."""
    number, leaf, note = _read(text)
    told = opened(note)
    if number >= told.size:
        raise BadNote("the checkpoint does not cover the entry")
    there = AuditHead.objects.values_list("size", flat=True).first() or 0
    entry = AuditEntry.objects.filter(seq=number).select_related("body").first()
    if told.size > there or entry is None:
        return Examined(number, told, "lost")
    try:
        inclusion(number, told.size, told.root)
    except NoProof:
        return Examined(number, told, "other")
    if leaf_hash(bytes(entry.meta)) != leaf:
        raise BadNote("this log never gave it: what was signed holds another entry there")
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
    if not _is_about(entry, meta):
        return Examined(number, told, "other")
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
    told = [(one, json.loads(bytes(one.meta))) for one in later]
    return any(_is_about(one, meta) and meta["op"] == "erase" for one, meta in told)
