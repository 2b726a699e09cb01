"""What an insider does who owns the database and knows how the log is made: take the walls down, change, make it sound again."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from django.db import connection, transaction

from kycuong.audit.canonical import dumps
from kycuong.audit.documents import write_ledger
from kycuong.audit.log import commitment
from kycuong.audit.merkle import Frontier, leaf_hash
from kycuong.audit.models import AuditBody, AuditEntry, AuditHead
from kycuong.audit.walls import lower_walls, raise_walls

VERIFIER = Path(__file__).parents[2] / "verifier" / "verify.py"
Entry = dict[str, Any]
"""What an entry says, with its "body"."""


def rewrite(change: Callable[[list[Entry]], list[Entry]]) -> None:
    """Put the changed entries in the place of the log, with new numbers, commitments, tree and head: sound in itself."""
    told = [
        {**json.loads(bytes(one.meta)), "body": bytes(one.body.body), "salt": bytes(one.body.salt)}
        for one in AuditEntry.objects.select_related("body").order_by("seq")
    ]
    lower_walls(connection)
    AuditBody.objects.all().delete()
    AuditEntry.objects.all().delete()
    frontier = Frontier()
    for seq, entry in enumerate(map(dict, change(told))):
        body, salt = entry.pop("body"), entry.pop("salt")
        meta = dumps({**entry, "seq": seq, "c": commitment(salt, body)})
        row = AuditEntry.objects.create(seq=seq, model=entry["model"], key=entry["pk"], meta=meta)
        AuditBody.objects.create(entry=row, salt=salt, body=body)
        frontier.append(leaf_hash(meta))
    AuditHead.objects.update(size=frontier.size, frontier=frontier.to_bytes())
    raise_walls(connection)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back: the log that the product wrote is there again when the test ends."""
    mark = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def verifier() -> ModuleType:
    """The stand-alone program, as a module of its own."""
    spec = importlib.util.spec_from_file_location("verify", VERIFIER)
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def written(folder: Path, *, bodies: bool = True) -> Path:
    write_ledger(folder, bodies=bodies, progress=lambda _steps: None)
    return folder
