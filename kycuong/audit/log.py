"""Write into the log, inside the transaction of the act: what was done, by whom, and what the rows then held."""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model
from django.utils.module_loading import import_string

from kycuong.core.clock import now
from kycuong.core.presence import ensure_fresh
from kycuong.core.remembering import afresh
from kycuong.core.speaking import in_vietnamese
from kycuong.core.standing_in import lent_to, one_act

from .canonical import Json, dumps, key_of, plain
from .images import ROWS_AT_ONCE, Image, image_of, read_images
from .merkle import Frontier, leaf_hash
from .models import AuditBody, AuditEntry, AuditHead

FORMAT = 1
SALT_SIZE = 32
OPERATIONS = frozenset({"save", "delete", "read", "erase", "migrate"})
VERB = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


Given = ParamSpec("Given")
Result = TypeVar("Result")


def act(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """An act: one transaction, and one act after another, so that what was checked still holds when it is written.

    SQLite lets one writer in at a time anyway; PostgreSQL would let two people check side by side, and both write.
    What it writes is Vietnamese, in whatever language the page was.
    """

    @wraps(function)
    def one_at_a_time(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        with in_vietnamese(), afresh(), one_act(), transaction.atomic():
            take_turns()
            return function(*args, **kwargs)

    return one_at_a_time


def take_turns() -> None:
    """Wait until no other act is under way; from here to the end of the transaction nobody else can record."""
    if connections[DEFAULT_DB_ALIAS].features.has_select_for_update:
        lock_head(DEFAULT_DB_ALIAS)


def record(verb: str, target: Model, *, by: Model | None, op: str = "save", **details: object) -> AuditEntry:
    """Note one act on one row. Call it after the row is written; with op="delete" before it is deleted."""
    return record_many(verb, [target], by=by, op=op, **details)[0]


def record_many(
    verb: str, targets: Iterable[Model], *, by: Model | None, op: str = "save", **details: object
) -> list[AuditEntry]:
    """Note one act on many rows, one entry a row, in the order given. Done by a role that was lent, each says whose (`for`).

    Write every row of the act first: from here to the end of the transaction nobody else can record.
    """
    ensure_fresh(verb)
    rows = list(targets)
    if not rows:
        return []
    using = rows[0]._state.db or DEFAULT_DB_ALIAS
    if not connections[using].in_atomic_block:
        raise transaction.TransactionManagementError(f"{verb}: record inside transaction.atomic, together with the act")
    lent = lent_to(by.pk) if by is not None else []
    if lent:
        details["for"] = [one.uid for one in lent]
    with transaction.atomic(using=using, savepoint=False):  # whatever fails here undoes the act, even if it is caught
        act = _Act(verb, op, None if by is None else key_of(by), plain(details))
        images = _images(rows, using)
        entries = _append(act, [(row, image_of(row, images[type(row)], using=using)) for row in rows], using)
        for path in settings.RECORDED if op == "save" else ():
            import_string(path)(verb, rows, using)
        for path in settings.RECORDED_FOR if lent else ():
            import_string(path)(verb, entries, lent, using)
    return entries


def erase_before(erasure: AuditEntry) -> int:
    """Erase the bodies of the earlier entries about the row of an entry with op="erase", which is their record. The
    entries stay, with the commitments to what is gone. Returns how many."""
    meta = json.loads(bytes(erasure.meta))
    if meta["op"] != "erase":
        raise ValueError(f"#{erasure.seq} is no erasure: record one first")
    earlier = AuditBody.objects.filter(entry__model=erasure.model, entry__key=erasure.key, entry__lt=erasure.seq)
    return earlier.filter(body__isnull=False).update(salt=None, body=None)


@dataclass(frozen=True, slots=True)
class _Act:
    verb: str
    op: str
    actor: str | None
    details: Json

    def __post_init__(self) -> None:
        if self.op not in OPERATIONS:
            raise ValueError(f"{self.op!r} is not an operation of the log: {', '.join(sorted(OPERATIONS))}")
        if not VERB.fullmatch(self.verb):
            raise ValueError(f"{self.verb!r} is not a verb: write it as noun.verb")


def commitment(salt: bytes, body: bytes) -> str:
    """What binds an entry to its body, and says nothing of it once the salt is gone."""
    return hmac.digest(salt, body, "sha256").hex()


def lock_head(using: str) -> AuditHead:
    """The head, locked until the transaction ends. It is missing only in a database that was just emptied."""
    heads = AuditHead.objects.using(using)
    head = heads.select_for_update().first()
    if head is None:
        heads.bulk_create([AuditHead()], ignore_conflicts=True)
        head = heads.select_for_update().get()
    return head


def _images(rows: Sequence[Model], using: str) -> dict[type[Model], dict[Any, Image]]:
    pks: dict[type[Model], list[Any]] = {}
    for row in rows:
        pks.setdefault(type(row), []).append(row.pk)
    return {model: read_images(model, keys, using=using) for model, keys in pks.items()}


def _append(act: _Act, rows: Sequence[tuple[Model, Image]], using: str) -> list[AuditEntry]:
    head = lock_head(using)
    frontier = Frontier.from_bytes(head.size, bytes(head.frontier))
    moment = now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    entries, bodies = [], []
    for row, image in rows:
        salt = secrets.token_bytes(SALT_SIZE)
        body = dumps({"details": act.details, "row": dict(image.row)})
        entry = AuditEntry(seq=frontier.size, model=row._meta.label, key=key_of(row))
        entry.meta = dumps(
            {"v": FORMAT, "seq": entry.seq, "ts": moment, "actor": act.actor, "op": act.op, "verb": act.verb,
             "model": entry.model, "pk": entry.key, "c": commitment(salt, body)}
        )  # fmt: skip
        frontier.append(leaf_hash(entry.meta))
        entries.append(entry)
        bodies.append(AuditBody(entry=entry, salt=salt, body=body))
    AuditEntry.objects.using(using).bulk_create(entries, batch_size=ROWS_AT_ONCE)
    AuditBody.objects.using(using).bulk_create(bodies, batch_size=ROWS_AT_ONCE)
    AuditHead.objects.using(using).filter(pk=head.pk).update(size=frontier.size, frontier=frontier.to_bytes())
    return entries
