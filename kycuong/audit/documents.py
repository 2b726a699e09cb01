"""The log as files that anybody can check without this program: verifier/verify.py reads them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from kycuong.core.moment import one_moment

from .bulk import Spans, spans_of
from .canonical import spelled
from .images import Image, scan
from .models import AuditEntry, LogCheckpoint
from .protected import protected_models
from .queries import log_keys
from .reconcile import last_entries

AT_ONCE = 2000
LOG, ROWS, NOTES, KEYS = "log.jsonl", "rows.jsonl", "checkpoints.txt", "keys.txt"
BETWEEN = "\n\f\n"
"""Between two notes of the file: a form feed stands in none of them."""


def write_ledger(folder: Path, *, bodies: bool, progress: Callable[[int], None]) -> int:
    """Write the log, with `bodies` also what each entry is bound to and what the tables hold now. Returns how many entries. The files
    are their owner's alone: bodies hold names. A log that was tampered with is written as it is.

    log.jsonl: {"meta", and with bodies "salt" (hexadecimal), "body"}; null when erased. rows.jsonl: {"model", "key", "row"}, the row as canonical JSON.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (LOG, ROWS, NOTES, KEYS):
        (folder / name).unlink(missing_ok=True)  # of an earlier export nothing goes out with this one
    with one_moment():  # what is recorded meanwhile would make rows and log tell different things
        return _write(folder, bodies, progress)


def _write(folder: Path, bodies: bool, progress: Callable[[int], None]) -> int:
    count = 0
    with _private(folder / LOG) as file:
        entries = AuditEntry.objects.order_by("seq").select_related("body")
        page = list(entries[:AT_ONCE])
        while page:
            file.writelines(_line(entry, bodies) for entry in page)
            count += len(page)
            progress(len(page))
            page = list(entries.filter(seq__gt=page[-1].seq)[:AT_ONCE])
    if bodies:
        _write_rows(folder / ROWS, progress)
    notes = LogCheckpoint.objects.order_by("size").values_list("note", flat=True)
    with _private(folder / NOTES) as file:
        file.write(BETWEEN.join(notes))
    with _private(folder / KEYS) as file:
        file.writelines(f"{key.vkey}\n" for key in log_keys())
    return count


def _private(path: Path) -> TextIO:
    return open(path, "w", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600))


def _line(entry: AuditEntry, bodies: bool) -> str:
    told: dict[str, str | None] = {"meta": bytes(entry.meta).decode(errors="replace")}
    if bodies:
        held = getattr(entry, "body", None)
        salt, body = (held.salt, held.body) if held else (None, None)
        told["salt"] = None if salt is None else bytes(salt).hex()
        told["body"] = None if body is None else bytes(body).decode(errors="replace")
    return json.dumps(told, ensure_ascii=False) + "\n"


def _write_rows(path: Path, progress: Callable[[int], None]) -> None:
    with _private(path) as file:
        for model in protected_models():
            spans = spans_of(model, using="default")
            for images in scan(model, using="default"):
                for image in _logged(model._meta.label, images, spans):
                    told = {"model": model._meta.label, "key": image.key, "row": spelled(dict(image.row))}
                    file.write(json.dumps(told, ensure_ascii=True) + "\n")
                progress(len(images))


def _logged(label: str, images: Sequence[Image], spans: Spans) -> Iterator[Image]:
    """Those of which the log tells one by one: generated rows that it knows by their numbers only prove nothing elsewhere."""
    if not spans:
        yield from images
        return
    known = last_entries(label, [image.key for image in images], using="default")
    yield from (image for image in images if image.key in known or not spans.hold(image.pk))
